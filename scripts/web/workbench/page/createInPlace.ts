import { batch } from '@preact/signals';
import { type Json, below, pointerSteps } from '../../../json/json.ts';
import { ask } from './api.ts';
import { appendTo, citing, isBlank, parentOf, valueAt } from '../edit.ts';
import { focusField } from './focus.ts';
import { checkLatest } from './checking.ts';
import { edit, fillInWritten, isCited, setField } from './editing.ts';
import type { DraftSummary, RecordContent, RecordMessage } from '../messages.ts';
import { isEvidence, isInForm, isList, needsEvidence, tableNamed, tableTitle, titleOf } from './formFields.ts';
import { focusFirst } from './next.ts';
import { attempt, notice, remark, say } from './notice.ts';
import { beginGoing, beginRecord, goTo, leave, openDraft, refreshDrafts, seekRepeated } from './openRecords.ts';
import { notePresses } from './pressing.ts';
import { type Promised, notePromises, reopen, takePromise } from './promised.ts';
import { save } from './saving.ts';
import { dropWordsOfOthers, isUsedIn } from './selecting.ts';
import {
  type ToMake,
  type Waiting,
  type Words,
  areSelectedFor,
  checked,
  content,
  focused,
  inHand,
  inView,
  open,
  opened,
  recordNow,
  selection,
  spansNow,
  waiting,
} from './state.ts';
import { left, namesakes } from './toDo.ts';
import { withoutStop } from './withoutStop.ts';
import { holds, nearestIn } from './wordsInText.ts';
import { referTo } from './sameInRecord.ts';
import { isInOtherLetters, withNameOfText } from './writtenName.ts';

/** What is known of a record that is made in place. */
interface NewRecord {
  readonly words?: string;
  readonly id?: string;
  readonly toMake?: readonly ToMake[];
}

/**
 * Starts the record that a field refers to. Saving it returns to the field, with its identifier filled in. Returns
 * whether it is open.
 */
export async function createFor(
  pointer: string,
  name: string,
  { words = '', id, toMake = [] }: NewRecord,
): Promise<boolean> {
  const field = titleOf(pointer);
  const isElsewhere = notePresses();
  if (!(await beginRecord(name, wordsAbout(words, pointer), pointer))) return false;
  waiting.value = waiting.value.map((each, i, { length }) => (i === length - 1 ? { ...each, toMake } : each));
  const of = tableNamed(name);
  const label = of?.label.pointers[0];
  const isOther = label !== undefined && (await isInOtherLetters(words, name));
  if (words !== '' && label !== undefined) setField(label, words);
  if (isOther) edit((before) => withNameOfText(before, words));
  if (id !== undefined && of?.key !== undefined) setField(below('', of.key), id);
  // the by-line says what kind of author it names
  const [spot] = toMake.length > 0 && !isOther ? spansNow.value : [];
  if (inHand.value === undefined && spot !== undefined)
    inHand.value = inView({ source: spot.source, start: spot.start, end: spot.end });
  const written = inHand.value === undefined ? undefined : await fillInWritten(inHand.value);
  await checkLatest();
  // another field can have the focus by now, since the one that had it is gone
  if (!isElsewhere()) focusField((isOther ? undefined : left.value[0]?.pointer) ?? label ?? '');
  const which = words === '' ? '' : `: “${withoutStop(words)}”`;
  const hint = isOther ? otherLetters : words !== '' && spansNow.value.length === 0 ? unnamed : '';
  say(`New record in ${tableTitle(name)}${which}. ${written ?? hint}Save it to return to ${field} and fill it in.`);
  return true;
}

/** What to do about a name in the letters of the text. */
const otherLetters = 'The other names of this table have Latin letters: write this one so. ';

/** What to do about a name that the text does not have. */
const unnamed = 'The text has no such name: select the words that mean it and press Alt+E. ';

/**
 * The words that a record which is made in place for a field should cite: the selected ones, or else those in hand, if
 * they have its name; or selected ones that were selected at the field, and that no open record cites or has in hand.
 */
function wordsAbout(name: string, pointer: string): Words | undefined {
  const words = selection.value;
  if (name === '') return words;
  const naming = [words, inHand.value].find((each) => each !== undefined && holds(each, name));
  if (words === undefined || naming !== undefined) return naming;
  const others = [{ open: open.value, inHand: inHand.value }, ...waiting.value];
  const isOfOther = others.some(({ open: of, inHand: held }) => isUsedIn(of, held, words));
  return isOfOther || !areSelectedFor(pointer) ? undefined : words;
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
  notePromises();
  waiting.value = waiting.value.slice(0, at + 1);
  await fillInWaiting();
  return true;
}

/** Saves the record, and returns to the record that waits for it, if any. Returns whether it was saved. */
export async function saveAndReturn(): Promise<boolean> {
  const [before, waits] = [recordNow.value, waiting.value];
  if (!(await save())) return false;
  const remarks = notice.value?.remarks ?? '';
  const id = open.value?.record.id ?? '';
  if (before === undefined || id === '') return true;
  const promised = takePromise(before);
  const [warning] = namesakes();
  const first = waiting.value.map(({ open: { record } }) => record).filter((_, i) => waits[i]?.open.record.id === '');
  const names = first.flatMap((record) => (record.id === '' ? [] : [record.id]));
  if (waiting.value.length > 0) await fillInWaiting(id, names);
  else if (promised !== undefined) await keepPromise(promised, id);
  else return true;
  remark(`${remarks}${warning === undefined ? '' : ` · Warning: ${warning.words}.`}`);
  return true;
}

/** Returns to the waiting record. It is noted what it waits for. */
export async function goBack(): Promise<void> {
  notePromises();
  await fillInWaiting();
}

/** Returns to the waiting record without the one that it waited for, and goes on with the others that it needs. */
export async function goOnWithout(): Promise<void> {
  const others = waiting.value.at(-1)?.toMake.slice(1) ?? [];
  await goBack();
  await makeFor(others);
}

/** Returns to the waiting record, and fills in its field with the identifier, if given. `first` were saved before. */
async function fillInWaiting(id?: string, first: readonly string[] = []): Promise<void> {
  const back = waiting.value.at(-1);
  if (back === undefined || !(await leave())) return;
  beginGoing();
  void refreshDrafts();
  batch(() => {
    open.value = back.open;
    checked.value = undefined;
    opened.value = back.opened;
    inHand.value = inView(back.inHand);
    focused.value = back.pointer;
    waiting.value = waiting.value.slice(0, -1);
    dropWordsOfOthers();
  });
  seekRepeated();
  await fillIn(back, id, first);
}

/** Returns to a record that waited when the saved one was left, unless its field has a value by now. */
async function keepPromise(promised: Promised, id: string): Promise<void> {
  const { by, pointer } = promised;
  const here = recordNow.value;
  const record = await attempt(() => ask('draft', { table: by.table, draftName: by.draftName }));
  // the user may have gone elsewhere meanwhile
  if (record === undefined || recordNow.value !== here) return;
  // it was discarded or deleted
  if (record.id === '' && record.draft === undefined) return;
  const { value } = record.draft ?? record;
  if (!isBlank(valueAt(value, pointer)) || !hasPlace(value, pointer)) return;
  if (!(await goTo(() => Promise.resolve(record)))) return;
  batch(() => {
    reopen(promised);
    focused.value = pointer;
  });
  await fillIn(promised, id, []);
}

/** Whether the list element that a field is in still exists, or was left out by a save, as the only one. */
function hasPlace(value: Json, pointer: string): boolean {
  const steps = pointerSteps(pointer) ?? [];
  const at = (count: number): Json | undefined => valueAt(value, pointerOf(steps.slice(0, count)));
  return steps.every(
    (step, i) => !/^\d+$/.test(step) || at(i + 1) !== undefined || (step === '0' && at(i) === undefined),
  );
}

function pointerOf(steps: readonly string[]): string {
  return steps.reduce(below, '');
}

/** Starts the first of some records, unless its field has a value by now; the next one follows when it is saved. */
export async function makeFor(records: readonly ToMake[]): Promise<void> {
  const now = content.value?.value ?? {};
  const toMake = records.filter(({ pointer }) => isBlank(valueAt(now, pointer)));
  const [first] = toMake;
  if (first !== undefined) await createFor(first.pointer, first.table, { words: first.name, toMake });
}

/** Fills in what is still empty beside a field that has its record by now, and cites the name that the text has. */
function fillInBeside({ pointer, name, beside }: ToMake): void {
  for (const [at, value] of beside) if (isBlank(valueAt(content.value?.value ?? {}, at))) setField(at, value);
  const spot = needsEvidence(pointer) ? nearestIn(name, 0) : undefined;
  if (spot !== undefined) edit((before) => (isCited(before, pointer) ? before : citing(before, spot, [pointer])));
}

/** The record with the element of a list that a field is in, if the list has none yet. */
function withPlace(before: RecordContent, pointer: string): RecordContent {
  const steps = pointerSteps(pointer) ?? [];
  const lists = steps.map((_, i) => pointerOf(steps.slice(0, i))).filter((at) => at !== '' && isList(at));
  const missing = lists.find((at) => valueAt(before.value, at) === undefined);
  return missing === undefined ? before : appendTo(before, missing, missing === parentOf(pointer) ? '' : {});
}

/** Fills in a field of the record that was returned to, in one step, and goes there. */
async function fillIn(
  { pointer, toMake }: Pick<Waiting, 'pointer' | 'toMake'>,
  id: string | undefined,
  first: readonly string[],
): Promise<void> {
  const isElsewhere = notePresses();
  // spans have their sources already, and no field
  const isField = isInForm(pointer) && !isEvidence(pointer);
  const [made, ...others] = toMake;
  const fill = (own: string) => (): void => {
    edit((before) => withPlace(before, pointer));
    setField(pointer, own);
    if (made !== undefined) fillInBeside(made);
  };
  const besides = id !== undefined && isField ? await referTo(pointer, id, { work: fill(id) }) : '';
  await checkLatest();
  if (!isElsewhere()) {
    if (isField) focusField(pointer);
    else focusFirst();
  }
  const saved = [...first.map((each) => `${each} first, then `), id].join('');
  if (id === undefined) return;
  const isComplete = left.value.length === 0 && others.length === 0;
  const filled = isField ? ` and filled in ${titleOf(pointer)}` : '';
  const complete = isComplete ? 'This record is complete: press Ctrl+S to save it.' : '';
  say([`Saved ${saved}${filled}.`, besides, complete].filter((sentence) => sentence !== '').join(' '));
  await makeFor(others);
}
