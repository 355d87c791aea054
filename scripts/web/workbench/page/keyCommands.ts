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
import { beginAnother } from './openRecords.ts';
import { content, dialog, start } from './state.ts';
import { keepTyped } from './typedAhead.ts';

/** Every key of the page, as its foot shows them. */
export const keys: readonly Key[] = [
  alt('I', 'take in a text', () => (dialog.value = 'take in')),
  alt('N', 'new record', () => (dialog.value = 'new')),
  alt('A', 'add a field', () => (dialog.value = content.value === undefined ? undefined : 'add')),
  alt('D', 'another like this', () => void beginAnother()),
  alt('E', 'evidence for the field', citeFocused),
  alt('E', 'evidence for all that lack it', () => void citeAllLeft(), true),
  alt('W', 'cite as you fill in', citeAsYouFillIn),
  alt('J', 'next thing to do', () => void next()),
  alt('T', 'text or form', otherSide),
  alt('F', 'find in the text', () => (dialog.value = 'find')),
  alt('U', 'next sentence without a record', nextUncovered),
  alt('O', 'needs no record', () => (dialog.value = 'no record')),
  alt('Y', 'suggestions', () => void toggleSuggestions()),
  alt('V', 'reviewed', () => (dialog.value = 'review')),
  alt('Q', 'all sources', showQueue),
  alt('R', 'go to a record', () => (dialog.value = 'records')),
  alt('C', 'compare codings', showDifferences),
  alt('G', 'changes and commit', () => (dialog.value = start.value?.git === true ? 'changes' : undefined)),
  alt('H', 'help', () => (dialog.value = 'help')),
  control('S', 'save', () => void saveAndReturn()),
  { ...control('Enter', 'save, and next', () => void saveAndNext()), shown: 'Ctrl+Enter' },
  control('Z', 'undo', undo),
  control('Z', 'redo', redo, true),
];

/** Runs what a key is for. */
export function onKeyDown(event: KeyboardEvent): void {
  if (keepTyped(event)) return event.preventDefault();
  const key = keys.find((each) => each.matches(event));
  if (key !== undefined) {
    event.preventDefault();
    key.run();
  } else if (event.key === 'Escape') dialog.value = undefined;
}
