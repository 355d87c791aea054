import type { Json } from '../../../json/json.ts';
import { count } from '../../../base/text.ts';
import { checkLatest } from './checking.ts';
import { citing, setAt, valueAt } from './edit.ts';
import { edit } from './editing.ts';
import { fillsFromText, titleOf } from './formFields.ts';
import { say } from './notice.ts';
import { wordsOf } from './sourceText.ts';
import { content, focused, open, selection } from './state.ts';
import { left } from './toDo.ts';

/** Makes the selected words evidence for the field in focus. */
export function citeFocused(): void {
  const words = selection.value;
  const pointer = focused.value;
  if (open.value === undefined) return say('Open a record first.');
  if (words === undefined) return say('Select words in the text first.');
  if (pointer === undefined) return say('No field is chosen: click one, then press Alt+E.');
  const now = content.value;
  if (now !== undefined && isEmpty(valueAt(now.value, pointer))) {
    const text = fillsFromText(pointer) ? wordsOf(words) : undefined;
    if (text === undefined) return say('Fill in the field first, then cite words for it.');
    edit((before) => citing(setAt(before, pointer, text.replace(/\s+/gu, ' ')), words, [pointer]));
    return say(`Filled in and cited: ${titleOf(pointer)}.`);
  }
  edit((before) => citing(before, words, [pointer]));
  say(`Cited for ${titleOf(pointer)}.`);
}

/** Makes the selected words evidence for every field that needs some and has none. */
export async function citeAllLeft(): Promise<void> {
  const words = selection.value;
  if (open.value === undefined) return say('Open a record first.');
  if (words === undefined) return say('Select words in the text first.');
  await checkLatest();
  const pointers = left.value.filter(({ what }) => what === 'cite').map(({ pointer }) => pointer);
  if (pointers.length === 0) return say('Every field has the evidence that it needs.');
  edit((before) => citing(before, words, pointers));
  say(`Cited for ${count(pointers.length, 'field')}. Press Ctrl+Z to undo.`);
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === '';
}
