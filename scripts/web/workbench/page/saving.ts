import { batch } from '@preact/signals';
import { count } from '../../../base/text.ts';
import type { RecordContent, RecordMessage, SaveMessage } from '../messages.ts';
import { ask } from './api.ts';
import { checkLatest, checkNow, lookedForAlike } from './checking.ts';
import { dropEmptyEntries } from './emptyEntries.ts';
import { edited, keep, stopKeeping } from './keeping.ts';
import { tableTitle } from './formFields.ts';
import { attempt, notice, say, sayWhile } from './notice.ts';
import { refreshDrafts } from './openRecords.ts';
import { refreshMarks } from './openSource.ts';
import { renamePromised } from './promised.ts';
import { saveWaitingFirst } from './saveFirst.ts';
import { saveInTurn } from './saveUnderWay.ts';
import { type Open, checked, citations, conflict, dialog, isChanged, open, source } from './state.ts';
import { takeTyped } from './takeTyped.ts';
import { left, sentenceOf, warnings } from './toDo.ts';
import { unreviewed } from './unreviewed.ts';

/** Saves the record. Returns whether it was saved. */
export function save(): Promise<boolean> {
  return saveInTurn(saveNow);
}

async function saveNow(isSecond: boolean): Promise<boolean> {
  takeTyped();
  const dropped = await dropEmptyEntries();
  const now = open.value;
  const record = edited();
  if (now === undefined || record === undefined) return false;
  if (!isChanged.value) {
    if (!isSecond) say('There are no changes to save.');
    return true;
  }
  stopKeeping();
  say('Saving…');
  const first = await saveWaitingFirst();
  if (first !== undefined) {
    if (await keep()) say(saveThatFirst(first), true);
    return false;
  }
  const answer = await attempt(() => ask('save', record));
  if (answer === undefined) return false;
  if ('refused' in answer) {
    await checkLatest();
    // last, so that keys pressed after it count
    if (await keep()) complain();
    return false;
  }
  if (!('saved' in answer)) {
    conflict.value = answer.conflict;
    if (await keep()) say('Not saved: the file has changed since you opened it. Choose what to keep.', true);
    dialog.value = 'conflict';
    return false;
  }
  settle(now, record, answer);
  if (dropped.length > 0) say(`${notice.value?.text ?? ''} · Left out, since empty: ${dropped.join(', ')}.`);
  return true;
}

/** Says that the record has errors, until they are fixed. Those that only the server knows are not seen to be. */
function complain(): void {
  const words = `Not saved: the record has errors.${firstFault()} It is kept as a draft. Alt+J goes to what is left.`;
  if (hasErrors()) sayWhile(words, hasErrors, true);
  else say(words, true);
}

/** Whether something is left to fix in the open record, as far as it has been checked. */
function hasErrors(): boolean {
  return left.value.length > 0 || checked.value?.problems.some(({ severity }) => severity === 'error') !== false;
}

/** The message if the record refers to one that waits for it and has errors. */
function saveThatFirst({ table }: RecordMessage): string {
  const name = `the new record in ${tableTitle(table)}`;
  return `Not saved: it refers to ${name}, which has errors. Press “Open its draft” and save that first.`;
}

/** The first thing to fix, in a sentence. */
function firstFault(): string {
  const [first] = left.value;
  return first === undefined ? '' : ` ${sentenceOf(first).replace(/(?<![.?!])$/, '.')}`;
}

type Settled = Extract<SaveMessage, { readonly saved: RecordMessage }>;

/** Adopts the saved version. Text typed since the save began stays an unsaved change. */
function settle(before: Open, sent: RecordContent, { saved, unreviewed: sources }: Settled): void {
  const after = open.value;
  if (after === undefined || after.record !== before.record) return;
  const isSame = after.history.now.value === sent.value && after.history.now.spans === sent.spans;
  const plain = { value: saved.value, spans: saved.spans };
  batch(() => {
    open.value = {
      ...after,
      record: saved,
      history: isSame ? { ...after.history, now: plain, last: undefined } : after.history,
    };
    renamePromised(before.record, saved);
    say(`${savedSentence(saved)}${unreviewed(sources)}`);
  });
  stopKeeping();
  void refreshMarks();
  void moveDraft(before.record, saved, isSame);
  void mentionWarnings();
}

/** Keeps unsaved changes under the current name of the record. */
async function moveDraft(before: RecordMessage, { draftName }: RecordMessage, isSame: boolean): Promise<void> {
  if (!isSame) await keep();
  // what was typed during the save and undone again may have been kept
  if (isSame || before.draftName !== draftName)
    await attempt(() => ask('discard', { table: before.table, draftName: before.draftName }));
  await refreshDrafts();
}

/** The message after a save, and the next step after a source. */
function savedSentence({ shown, id }: RecordMessage): string {
  const isFirst = source.value?.id === id && (citations.value?.records ?? []).every((record) => record.id === id);
  return `Saved: ${shown}${isFirst ? ' · Now select words in the text and press Alt+N to make a record of them.' : ''}`;
}

async function mentionWarnings(): Promise<void> {
  const before = notice.value;
  await checkNow();
  await lookedForAlike();
  const { length } = warnings.value;
  if (length > 0 && before !== undefined && notice.value === before)
    say(`${before.text} · ${count(length, 'warning')}: press Alt+J to see.`);
}
