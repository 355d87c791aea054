import { computed } from '@preact/signals';
import { citeAllLeft, citeAsYouFillIn, citeFocused } from './cite.ts';
import {
  goToSuggestion,
  nextUncovered,
  otherSide,
  saveAndNext,
  showChanges,
  showQueue,
  toggleDateHelp,
  toggleSuggestions,
} from './commands.ts';
import { closeCodings, comparingNow, showDifferences } from './comparing.ts';
import { saveAndReturn } from './createInPlace.ts';
import { discardOrDelete } from './discard.ts';
import { redo, undo } from './editing.ts';
import { type Key, alt, control, needing, ofSources, opens } from './keys.ts';
import { next } from './next.ts';
import { say } from './notice.ts';
import { submit } from './pressKey.ts';
import { focusList } from './recordList.ts';
import { beginAnother, openLastDraft } from './openRecords.ts';
import { leadsBack } from './promised.ts';
import { removeField, removeSpan } from './removing.ts';
import { showOffers } from './repeats.ts';
import { dialog, hasSources, open, showsAllKeys, source, start } from './state.ts';
import { goingOn } from './typedAhead.ts';

const noRecord = 'Open a record first, or make one with Alt+N.';

/** Saves the record in the form, or what is decided in the comparison that is there instead. */
function saveOrDecide(save: () => void): void {
  if (comparingNow.value !== undefined) return submit(document.querySelector('#decision'));
  if (open.value === undefined) return say(noRecord);
  save();
}

function compare(): void {
  dialog.value = undefined;
  void goingOn(showDifferences);
}

/** The keys that most records need. They are always in view: two lines of the footer at most. */
const main: readonly Key[] = [
  ...ofSources(
    opens('I', 'Add a source', () => (dialog.value = 'add source')),
    alt('T', 'Text or form', otherSide),
    needing(
      'source',
      opens('F', 'Find in the text', () => (dialog.value = 'find')),
    ),
  ),
  opens('N', 'New record', () => (dialog.value = 'new')),
  { ...opens('R', 'List of records', focusList), sources: false },
  needing(
    'record',
    alt('J', 'Next thing to do', () => void next()),
  ),
  needing(
    'record',
    opens('A', 'Add a field', () => (dialog.value = 'add')),
  ),
  ...ofSources(alt('E', 'Cite for this field', citeFocused), alt('W', 'Cite as you fill in', citeAsYouFillIn)),
  control('S', 'Save', () => saveOrDecide(() => void goingOn(saveAndReturn, !leadsBack.value))),
  control('Z', 'Undo', undo),
  opens('G', 'Commit changes', showChanges),
  opens('H', 'Help', () => (dialog.value = 'help')),
];

/** The others: the footer shows them on request, the help always. */
const others: readonly Key[] = [
  needing(
    'record',
    alt('D', 'Duplicate the record', () => void goingOn(beginAnother)),
  ),
  needing('record', alt('D', 'Discard or delete', discardOrDelete, true)),
  ...ofSources(
    needing(
      'record',
      opens('P', 'Repeated values', () => void goingOn(showOffers)),
    ),
    alt('E', 'Cite for all without evidence', () => void goingOn(citeAllLeft), true),
    alt('Delete', 'Remove evidence', removeSpan),
  ),
  alt('Delete', 'Remove a field', removeField, true),
  {
    ...control('Enter', 'Save, open the next', () => saveOrDecide(() => void goingOn(saveAndNext))),
    shown: 'Ctrl+Enter',
  },
  control('Z', 'Redo', redo, true),
  alt('B', 'Back to a draft', () => void goingOn(openLastDraft)),
  alt('X', 'How to write dates', toggleDateHelp),
  ...ofSources(
    opens('R', 'Go to a record', () => (dialog.value = 'records')),
    needing('source', alt('U', 'Next sentence without a record', nextUncovered)),
    needing(
      'source',
      opens('O', 'No record needed', () => (dialog.value = 'no record')),
    ),
    alt('Y', 'Suggestions', () => void toggleSuggestions()),
    alt('Y', 'Next suggestion', () => void goToSuggestion(), true),
    needing(
      'source',
      opens('V', 'Review', () => (dialog.value = 'review')),
    ),
    opens('Q', 'All sources', showQueue),
    opens('C', 'Compare codings', compare),
  ),
];

function isOffered({ sources }: Key): boolean {
  return sources === undefined || sources === hasSources.value;
}

/** Without sources, there is room for all keys. */
export const mainKeys = computed(() => (hasSources.value ? main : [...main, ...others]).filter(isOffered));

export const otherKeys = computed(() => (hasSources.value ? others.filter(isOffered) : []));

/** The key that shows or hides the others, if there are any. */
export const moreKeys = computed(() =>
  otherKeys.value.length === 0 ? [] : [opens('K', 'All keys', () => (showsAllKeys.value = !showsAllKeys.value))],
);

/** The keys that work now. */
const keys = computed<readonly Key[]>(() =>
  start.value === undefined ? [] : [...mainKeys.value, ...otherKeys.value, ...moreKeys.value],
);

/** Runs the command of a key, or says what has to be open first. */
export function run({ needs, run: command }: Key): void {
  if (needs === 'record' && open.value === undefined) return say(noRecord);
  if (needs === 'source' && source.value === undefined) return say('Open a source first.');
  command();
}

export function isCommand(event: KeyboardEvent): boolean {
  return keys.value.some((each) => each.matches(event));
}

/** Runs the command of a key. */
export function onKeyDown(event: KeyboardEvent): void {
  // an input method has its own keys
  if (event.isComposing) return;
  const key = keys.value.find((each) => each.matches(event));
  const covering = document.querySelector('dialog[open]');
  if (key !== undefined && covering !== null && key.inDialogs !== true) return pressInDialog(covering, event);
  if (key !== undefined) {
    event.preventDefault();
    run(key);
  } else if (event.key === 'Escape') goBack();
}

/** Closes the dialog, or else goes back in the comparison. */
function goBack(): void {
  if (dialog.value !== undefined) dialog.value = undefined;
  else if (comparingNow.value !== undefined) closeCodings();
}

/** A dialog covers the page: keys do not change the record behind it. Ctrl+Enter submits its form. */
function pressInDialog(covering: Element, event: KeyboardEvent): void {
  // the browser undoes what was typed in a field of the dialog
  if (event.key.toLowerCase() === 'z') return;
  event.preventDefault();
  if (event.key === 'Enter') submit(covering.querySelector('form'));
}
