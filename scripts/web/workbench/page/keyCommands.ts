import { citeAllLeft, citeFocused } from './cite.ts';
import {
  citeAsYouFillIn,
  nextUncovered,
  otherSide,
  saveAndNext,
  showDifferences,
  showQueue,
  toggleSuggestions,
} from './commands.ts';
import { saveAndReturn } from './createInPlace.ts';
import { redo, undo } from './editing.ts';
import { type Key, alt, control } from './keys.ts';
import { next } from './next.ts';
import { beginAnother, openLastDraft } from './openRecords.ts';
import { offers, takeOver } from './repeats.ts';
import { content, dialog, start, waiting } from './state.ts';
import { goingOn } from './typedAhead.ts';

/** Every key of the page, in the order of the footer. */
export const keys: readonly Key[] = [
  alt('I', 'Add a source', () => (dialog.value = 'add source')),
  alt('N', 'New record', () => (dialog.value = 'new')),
  alt('A', 'Add a field', () => (dialog.value = content.value === undefined ? undefined : 'add')),
  alt('D', 'Duplicate the record', () => void goingOn(beginAnother)),
  alt('E', 'Cite for this field', citeFocused),
  alt('E', 'Cite for all without evidence', () => void citeAllLeft(), true),
  alt('W', 'Cite as you fill in', citeAsYouFillIn),
  alt('P', 'Use repeated values', () => takeOver(offers.value)),
  alt('J', 'Next thing to do', () => void next()),
  alt('T', 'Text or form', otherSide),
  alt('F', 'Find in the text', () => (dialog.value = 'find')),
  alt('U', 'Next sentence without a record', nextUncovered),
  alt('O', 'No record needed', () => (dialog.value = 'no record')),
  alt('Y', 'Suggestions', () => void toggleSuggestions()),
  alt('V', 'Review', () => (dialog.value = 'review')),
  alt('Q', 'All sources', showQueue),
  alt('B', 'Back to a draft', () => void goingOn(openLastDraft)),
  alt('R', 'Go to a record', () => (dialog.value = 'records')),
  alt('C', 'Compare codings', showDifferences),
  alt('G', 'Commit changes', () => (dialog.value = start.value?.git === true ? 'changes' : undefined)),
  alt('H', 'Help', () => (dialog.value = 'help')),
  control('S', 'Save', () => void goingOn(saveAndReturn, waiting.value.length === 0)),
  { ...control('Enter', 'Save, open the next', () => void goingOn(saveAndNext)), shown: 'Ctrl+Enter' },
  control('Z', 'Undo', undo),
  control('Z', 'Redo', redo, true),
];

export function isCommand(event: KeyboardEvent): boolean {
  return keys.some((each) => each.matches(event));
}

/** Runs what a key is for. */
export function onKeyDown(event: KeyboardEvent): void {
  // an input method has keys of its own
  if (event.isComposing) return;
  const key = keys.find((each) => each.matches(event));
  if (key !== undefined) {
    event.preventDefault();
    key.run();
  } else if (event.key === 'Escape') dialog.value = undefined;
}
