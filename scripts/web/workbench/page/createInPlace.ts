import { batch } from '@preact/signals';
import { below } from '../../../json/json.ts';
import { focusField } from './focus.ts';
import { checkLatest } from './checking.ts';
import { setField } from './editing.ts';
import type { DraftSummary, RecordMessage } from '../messages.ts';
import { isEvidence, isInForm, titleOf } from './formFields.ts';
import { focusFirst } from './next.ts';
import { say } from './notice.ts';
import { beginGoing, beginRecord, leave, openDraft, refreshDrafts } from './openRecords.ts';
import { save } from './saving.ts';
import { type Words, checked, focused, inHand, open, opened, selection, start, waiting } from './state.ts';
import { namesakes, nextLeft } from './toDo.ts';
import { holds, isSameWords } from './wordsInText.ts';

/**
 * Starts the record that a field refers to. Saving it returns to the field, with its identifier filled in. Returns
 * whether it is open.
 */
export async function createFor(
  pointer: string,
  name: string,
  { words = '', id }: { readonly words?: string; readonly id?: string },
): Promise<boolean> {
  const field = titleOf(pointer);
  const about = wordsAbout(words);
  if (!(await beginRecord(name, pointer))) return false;
  inHand.value = about;
  const of = start.value?.tables.find((table) => table.name === name);
  if (words !== '' && of?.label !== undefined) setField(below('', of.label), words);
  if (id !== undefined && of?.key !== undefined) setField(below('', of.key), id);
  await checkLatest();
  focusField(nextLeft()?.pointer ?? below('', of?.label ?? ''));
  const which = words === '' ? '' : `: “${words}”`;
  say(`New record in ${of?.title ?? name}${which}. Save it to return to ${field} and fill it in.`);
  return true;
}

/**
 * The selected words, if a record that is made in place should cite them: they have its name, or were selected for it,
 * since no open record cites them or has them in hand.
 */
function wordsAbout(name: string): Words | undefined {
  const words = selection.value;
  if (words === undefined || (name !== '' && holds(words, name))) return words;
  const others = [{ open: open.value, inHand: inHand.value }, ...waiting.value];
  const isOfOther = others.some(
    ({ open: of, inHand: held }) =>
      isSameWords(held, words) || of?.history.now.spans.some((span) => isSameWords(span, words)) === true,
  );
  return isOfOther ? undefined : words;
}

/**
 * Opens the draft of the record that a field refers to. Saving it returns to the field. Returns whether it is open.
 */
export async function openFor(pointer: string, draft: DraftSummary): Promise<boolean> {
  const isDraft = ({ table, draftName }: RecordMessage): boolean =>
    table === draft.table && draftName === draft.draftName;
  const at = waiting.value.findIndex(({ open: { record } }) => isDraft(record));
  if (at < 0) return openDraft(draft, pointer);
  // the draft waits for a record that needs the draft itself
  waiting.value = waiting.value.slice(0, at + 1);
  await goBack();
  return true;
}

/** Saves the record, and returns to the record that waits for it, if any. Returns whether it was saved. */
export async function saveAndReturn(): Promise<boolean> {
  if (!(await save())) return false;
  const id = open.value?.record.id ?? '';
  const [warning] = namesakes();
  if (waiting.value.length > 0 && id !== '') await goBack(id, warning?.words);
  return true;
}

/** Returns to the waiting record, and fills in its field with the identifier, if given. */
export async function goBack(id?: string, warning?: string): Promise<void> {
  const back = waiting.value.at(-1);
  if (back === undefined || !(await leave())) return;
  beginGoing();
  void refreshDrafts();
  batch(() => {
    open.value = back.open;
    checked.value = undefined;
    opened.value = back.opened;
    inHand.value = back.inHand;
    focused.value = back.pointer;
    waiting.value = waiting.value.slice(0, -1);
  });
  // spans have their sources already, and no field
  const isField = isInForm(back.pointer) && !isEvidence(back.pointer);
  if (id !== undefined && isField) setField(back.pointer, id);
  await checkLatest();
  if (isField) focusField(back.pointer);
  else focusFirst();
  const mentioned = warning === undefined ? '' : ` · Warning: ${warning}.`;
  if (id !== undefined) say(`Saved ${id}${isField ? ` and filled in ${titleOf(back.pointer)}` : ''}.${mentioned}`);
}
