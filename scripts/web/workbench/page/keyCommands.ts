import { citeAllLeft, citeAsYouFillIn, citeFocused } from './cite.ts';
import {
  nextUncovered,
  otherSide,
  saveAndNext,
  showChanges,
  showDifferences,
  showQueue,
  toggleDateHelp,
  toggleSuggestions,
} from './commands.ts';
import { saveAndReturn } from './createInPlace.ts';
import { redo, undo } from './editing.ts';
import { type Key, alt, control, opens } from './keys.ts';
import { next } from './next.ts';
import { submit } from './pressKey.ts';
import { beginAnother, openLastDraft } from './openRecords.ts';
import { leadsBack } from './promised.ts';
import { showOffers } from './repeats.ts';
import { content, dialog, showsAllKeys } from './state.ts';
import { goingOn } from './typedAhead.ts';

/** The keys that most records need. They are always in view: two lines of the footer at most. */
export const mainKeys: readonly Key[] = [
  opens('I', 'Add a source', () => (dialog.value = 'add source')),
  alt('T', 'Text or form', otherSide),
  opens('F', 'Find in the text', () => (dialog.value = 'find')),
  opens('N', 'New record', () => (dialog.value = 'new')),
  alt('J', 'Next thing to do', () => void next()),
  opens('A', 'Add a field', () => (dialog.value = content.value === undefined ? undefined : 'add')),
  alt('E', 'Cite for this field', citeFocused),
  alt('W', 'Cite as you fill in', citeAsYouFillIn),
  control('S', 'Save', () => void goingOn(saveAndReturn, !leadsBack.value)),
  control('Z', 'Undo', undo),
  opens('G', 'Commit changes', showChanges),
  opens('H', 'Help', () => (dialog.value = 'help')),
];

/** The others: the footer shows them on request, the help always. */
export const otherKeys: readonly Key[] = [
  alt('D', 'Duplicate the record', () => void goingOn(beginAnother)),
  opens('P', 'Repeated values', () => void goingOn(showOffers)),
  alt('E', 'Cite for all without evidence', () => void citeAllLeft(), true),
  { ...control('Enter', 'Save, open the next', () => void goingOn(saveAndNext)), shown: 'Ctrl+Enter' },
  control('Z', 'Redo', redo, true),
  alt('B', 'Back to a draft', () => void goingOn(openLastDraft)),
  opens('R', 'Go to a record', () => (dialog.value = 'records')),
  alt('U', 'Next sentence without a record', nextUncovered),
  opens('O', 'No record needed', () => (dialog.value = 'no record')),
  alt('Y', 'Suggestions', () => void toggleSuggestions()),
  alt('X', 'How to write dates', toggleDateHelp),
  opens('V', 'Review', () => (dialog.value = 'review')),
  opens('Q', 'All sources', showQueue),
  opens('C', 'Compare codings', showDifferences),
];

/** The key that shows or hides the others. */
export const moreKeys = opens('K', 'All keys', () => (showsAllKeys.value = !showsAllKeys.value));

const keys: readonly Key[] = [...mainKeys, ...otherKeys, moreKeys];

export function isCommand(event: KeyboardEvent): boolean {
  return keys.some((each) => each.matches(event));
}

/** Runs the command of a key. */
export function onKeyDown(event: KeyboardEvent): void {
  // an input method has its own keys
  if (event.isComposing) return;
  const key = keys.find((each) => each.matches(event));
  const covering = document.querySelector('dialog[open]');
  if (key !== undefined && covering !== null && key.inDialogs !== true) return pressInDialog(covering, event);
  if (key !== undefined) {
    event.preventDefault();
    key.run();
  } else if (event.key === 'Escape') dialog.value = undefined;
}

/** A dialog covers the page: keys do not change the record behind it. Ctrl+Enter submits its form. */
function pressInDialog(covering: Element, event: KeyboardEvent): void {
  // the browser undoes what was typed in a field of the dialog
  if (event.key.toLowerCase() === 'z') return;
  event.preventDefault();
  if (event.key === 'Enter') submit(covering.querySelector('form'));
}
