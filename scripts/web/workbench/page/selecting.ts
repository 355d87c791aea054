import { type Open, type Words, focused, inHand, inView, open, lastSelected, selectedFor, selection } from './state.ts';
import { isSameWords } from './sameWords.ts';

/** Selects words for the field in focus. */
export function selectWords(words: Words | undefined): void {
  selection.value = words;
  lastSelected.value = words ?? lastSelected.value;
  selectedFor.value = { form: open.value?.form, field: focused.value };
}

/** Gives words to a new record: the fields that are filled in next cite them. */
export function takeInHand(words: Words | undefined): void {
  inHand.value = inView(words);
  if (inHand.value === undefined) return;
  selection.value ??= inHand.value;
  selectedFor.value = { form: open.value?.form, field: undefined };
}

/** Another record replaces one in the form. Words that this one cites or had in hand are no longer selected. */
export function passOnWords(before: Open | undefined, held: Words | undefined): void {
  const [words, form] = [selection.value, open.value?.form];
  if (words === undefined || before?.form === form) return;
  if (isUsedIn(before, held, words)) deselect();
  else selectedFor.value = { form, field: undefined };
}

/** Whether a record cites words or has them in hand. */
export function isUsedIn(record: Open | undefined, held: Words | undefined, words: Words): boolean {
  return isSameWords(held, words) || record?.history.now.spans.some((span) => isSameWords(span, words)) === true;
}

/** Whether words are selected that the record in the form neither cites nor has in hand. */
export function isSelectionUnused(): boolean {
  const words = selection.value;
  return words !== undefined && !isUsedIn(open.value, inHand.value, words);
}

/** A record that waited is in the form again. Words that were selected for another one are no longer selected. */
export function dropWordsOfOthers(): void {
  if (selectedFor.value?.form !== open.value?.form) deselect();
}

/** The place in the text stays: the arrow keys and searches go on from there. */
function deselect(): void {
  selection.value = undefined;
  const own = getSelection();
  if (document.querySelector('#text')?.contains(own?.anchorNode ?? null) === true) own?.removeAllRanges();
}
