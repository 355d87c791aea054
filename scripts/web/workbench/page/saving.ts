import { batch } from '@preact/signals';
import { count, list } from '../../../base/text.ts';
import type { RecordContent, RecordMessage, SaveMessage } from '../messages.ts';
import { ask } from './api.ts';
import { checkLatest, checkNow, lookedForAlike } from './checking.ts';
import { dropEmptyEntries } from './emptyEntries.ts';
import { edited, keep, stopKeeping } from './keeping.ts';
import { tableTitle } from './formFields.ts';
import { identifiedIn } from './identified.ts';
import { closeUnused } from './reveal.ts';
import { forgetNames } from './namesKnown.ts';
import { attempt, notice, remark, say, sayWhile } from './notice.ts';
import { refreshDrafts } from './openRecords.ts';
import { refreshMarks } from './openSource.ts';
import { alsoPassedOver } from './passedOver.ts';
import { renamePromised } from './promised.ts';
import { saveWaitingFirst } from './saveFirst.ts';
import { saveInTurn } from './saveUnderWay.ts';
import { type Open, citations, conflict, dialog, isChanged, open, recordNow, source, waiting } from './state.ts';
import { codesFollowed } from './sameInRecord.ts';
import { takeTyped } from './takeTyped.ts';
import { isSameTask, left, sentenceOf, warnings } from './toDo.ts';
import { unreviewed } from './unreviewed.ts';

/** Saves the record. Returns whether it was saved. */
export function save(): Promise<boolean> {
  return saveInTurn(saveNow);
}

async function saveNow(isSecond: boolean): Promise<boolean> {
  takeTyped();
  await codesFollowed();
  const omitted = leftOut(await dropEmptyEntries());
  const now = open.value;
  const record = edited();
  if (now === undefined || record === undefined) return false;
  if (!isChanged.value) {
    if (!isSecond) say('There are no changes to save.');
    remark(omitted);
    return true;
  }
  stopKeeping();
  say('Saving…');
  const { left: first, remarks } = await saveWaitingFirst();
  const besides = `${omitted}${remarks}`;
  if (first !== undefined) {
    const waits = (): boolean => waiting.value.some(({ open: { record: of } }) => of === first);
    if (await keep()) sayWhile(saveThatFirst(first), waits, true);
    remark(besides);
    return false;
  }
  const answer = await attempt(() => ask('save', record));
  if (answer === undefined) {
    remark(besides);
    return false;
  }
  if ('refused' in answer) {
    await checkLatest();
    // last, so that keys pressed after it count
    if (await keep()) sayFaults(now.record);
    remark(besides);
    return false;
  }
  if (!('saved' in answer)) {
    conflict.value = answer.conflict ?? 'gone';
    if (await keep())
      sayWhile('Not saved: the file has changed since you opened it.', () => conflict.value !== undefined, true);
    remark(besides);
    dialog.value = 'conflict';
    return false;
  }
  settle({ before: now, sent: record, besides }, answer);
  return true;
}

/** A sentence about empty entries that were left out, to add to a message; empty if there are none. */
function leftOut(titles: readonly string[]): string {
  return titles.length === 0 ? '' : ` Left out, since empty: ${list(titles, 'and')}.`;
}

/** The message if the record refers to one that waits for it and has errors. */
function saveThatFirst({ table: of }: RecordMessage): string {
  const name = `the new record in ${tableTitle(of)}`;
  return `Not saved: it refers to ${name}, which has errors. Press “Open its draft” and save that first.`;
}

/** Says the first thing to fix, until that is done. What only the server knows is not seen to be. */
function sayFaults(of: RecordMessage): void {
  const [first] = left.value;
  const fault = first === undefined ? '' : ` ${sentenceOf(first).replace(/(?<![.?!])$/, '.')}`;
  const words = `Not saved: the record has errors.${fault} It is kept as a draft. Alt+J goes to what is left.`;
  if (first === undefined) return say(words, true);
  sayWhile(words, () => recordNow.value === of && left.value.some((each) => isSameTask(each, first)), true);
}

type Settled = Extract<SaveMessage, { readonly saved: RecordMessage }>;

interface Sent {
  readonly before: Open;
  readonly sent: RecordContent;
  /** What to say besides. */
  readonly besides: string;
}

/** Adopts the saved version. Text typed since the save began stays an unsaved change. */
function settle({ before, sent, besides }: Sent, { saved, unreviewed: sources, passedOver }: Settled): void {
  const after = open.value;
  if (after === undefined || after.record !== before.record) return;
  const isSame = after.history.now.value === sent.value && after.history.now.spans === sent.spans;
  const plain = { value: saved.value, spans: saved.spans };
  const history = before.record.digest === undefined ? identifiedIn(after.history, saved) : after.history;
  batch(() => {
    open.value = {
      ...after,
      record: saved,
      history: isSame ? { ...history, now: plain, last: undefined } : history,
    };
    if (isSame) closeUnused();
    renamePromised(before.record, saved);
    say(savedSentence(saved));
    const remarks = `${besides}${unreviewed(sources)}${alsoPassedOver(passedOver)}`;
    remark(remarks === '' ? '' : ` ·${remarks}`);
  });
  forgetNames();
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
    notice.value = { ...before, text: `${before.text} · ${count(length, 'warning')}: press Alt+J to see.` };
}
