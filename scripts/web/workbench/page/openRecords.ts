import { batch } from '@preact/signals';
import { below } from '../../../json/json.ts';
import type { DraftSummary, RecordContent, RecordMessage } from '../messages.ts';
import { ask } from './api.ts';
import { checkNow } from './checking.ts';
import { edit } from './editing.ts';
import { focusDrawn } from './focus.ts';
import { type History, begun, stepped } from './history.ts';
import { keepNow, stopKeeping } from './keeping.ts';
import { goToFirst } from './next.ts';
import { newest } from './newest.ts';
import { attempt, notice, say } from './notice.ts';
import { openCited, openCitedFirst, sourceKept } from './openSource.ts';
import { notePromises } from './promised.ts';
import { saved } from './saveUnderWay.ts';
import { isSelectionUnused, passOnWords, takeInHand } from './selecting.ts';
import { noteSourceLabel } from './sourceLabel.ts';
import {
  type Words,
  alike,
  checked,
  comparing,
  conflict,
  content,
  copied,
  draftCount,
  drafts,
  fields,
  focused,
  inHand,
  isChanged,
  leftDraft,
  open,
  opened,
  otherDrafts,
  recordNow,
  repeated,
  selection,
  source,
  table,
  waiting,
} from './state.ts';
import { codesFollowed } from './sameInRecord.ts';
import { takeTyped } from './takeTyped.ts';

let forms = 0;

/** Begins to show something else in the form. */
export const beginGoing = newest();

/** Shows a record in the form. If it is there already, the user stays at the same field. */
export function show(record: RecordMessage): void {
  beginGoing();
  notePromises();
  const before = recordNow.value;
  const { draft } = record;
  const isSame = before?.table === record.table && before.draftName === record.draftName;
  batch(() => {
    open.value = {
      record,
      history: historyOf(record),
      form: isSame ? (open.value?.form ?? forms) : ++forms,
    };
    comparing.value = undefined;
    checked.value = undefined;
    alike.value = [];
    if (!isSame) opened.value = new Set(draft?.opened);
    if (!isSame) focused.value = undefined;
    conflict.value = undefined;
    inHand.value = undefined;
    repeated.value = [];
    waiting.value = [];
    if (leftDraft.value?.table === record.table && leftDraft.value.draftName === record.draftName)
      leftDraft.value = undefined;
  });
  if (draft !== undefined) say(`This is your unsaved draft.${record.id === '' ? '' : ' Undo shows the saved record.'}`);
  void checkNow();
}

/** The history of a record: that of a draft begins with the saved record, or with the draft if there is none. */
function historyOf({ id, value, spans, draft }: RecordMessage): History<RecordContent> {
  const history = begun<RecordContent>({ value, spans });
  if (draft === undefined) return history;
  const kept = { value: draft.value, spans: draft.spans };
  return id === '' ? begun<RecordContent>(kept) : stepped(history, kept);
}

/** Opens a record. Returns whether it is open. */
export function openRecord(name: string, id: string): Promise<boolean> {
  return goTo(() => ask('record', { table: name, id }));
}

/** Opens a record at the first thing to do. Returns whether it is open. */
export async function goToRecord(name: string, id: string): Promise<boolean> {
  const isOpen = await openRecord(name, id);
  if (isOpen) await goToFirst();
  return isOpen;
}

/**
 * Leaves the record in the form, and shows another one. If a field of it is given, it waits for the other one to fill
 * in that field. Returns whether the other one is shown: not if the user has gone somewhere else since.
 */
export async function goTo(find: () => Promise<RecordMessage>, pointer?: string): Promise<boolean> {
  const isLast = beginGoing();
  const isSourceKept = sourceKept();
  if (!(await leave())) return false;
  const before = content.value;
  void refreshDrafts();
  const record = await attempt(find);
  if (record === undefined || !isLast()) return false;
  // the user may have clicked in the form meanwhile, or saved it
  takeTyped();
  if (!(await saved()) || (content.value !== before && !(await leave()))) return false;
  if (!isLast()) return false;
  const [now, others] = [open.value, waiting.value];
  const here = { opened: opened.value, inHand: inHand.value };
  show(record);
  // a source that was chosen meanwhile stays, and so does that of the record that waits
  if (pointer === undefined && isSourceKept()) openCited(record);
  else openCitedFirst(record);
  seekRepeated();
  if (pointer === undefined || now === undefined) {
    passOnWords(now, here.inHand);
    return true;
  }
  waiting.value = [...others, { ...here, open: now, pointer, toMake: [] }];
  // it waits; a button leads back to it
  leftDraft.value = undefined;
  return true;
}

/** Empties the form. */
export function closeRecord(): void {
  beginGoing();
  stopKeeping();
  batch(() => {
    open.value = undefined;
    leftDraft.value = undefined;
    checked.value = undefined;
    alike.value = [];
    focused.value = undefined;
    inHand.value = undefined;
  });
}

/** Empties the form, whose record was left: Alt+B leads back to it, and its save to what waits for it. */
export function leaveForm(): void {
  const left = leftDraft.value;
  notePromises();
  batch(() => {
    closeRecord();
    waiting.value = [];
    leftDraft.value = left;
  });
  void refreshDrafts();
}

/**
 * Starts a record of a table, for a field of the open one if given. Fields that are filled in next cite the words.
 * Returns whether it is open.
 */
export async function beginRecord(name: string, words: Words | undefined, pointer?: string): Promise<boolean> {
  if (!(await goTo(() => ask('fresh', { table: name }), pointer))) return false;
  takeInHand(words);
  return true;
}

const beginDrafts = newest();

/** Reloads the list of drafts. */
export async function refreshDrafts(): Promise<void> {
  const isLast = beginDrafts();
  const found = await attempt(() => ask('drafts', {}));
  if (found !== undefined && isLast()) drafts.value = found;
}

/**
 * Keeps unsaved changes as a draft before something else is shown, and says so there. Returns whether the record can be
 * left: if it is being saved and has errors, or its draft cannot be kept, it stays.
 */
export async function leave(): Promise<boolean> {
  takeTyped();
  await codesFollowed();
  // the message of a save must not be lost, and what it writes is not a draft
  if (!(await saved())) return false;
  const now = recordNow.value;
  batch(() => {
    notice.value = undefined;
    // without a form, the draft that was left last stays it
    if (now !== undefined) leftDraft.value = undefined;
  });
  noteSourceLabel();
  const isLeft = isChanged.value;
  // a save can begin while the draft is on its way
  if (!(await keepNow()) || !(await saved())) return false;
  if (now === undefined || !isLeft || !isChanged.value) return true;
  const { table: of, id, draftName } = now;
  leftDraft.value = { table: of, id, draftName, label: id, inHand: inHand.value };
  return true;
}

/** The search for values that the other records repeat. */
let looking: Promise<void> = Promise.resolve();

/** Waits for the values that the other records of the source repeat. */
export function lookedForRepeated(): Promise<void> {
  return looking;
}

/** Seeks the values that the other records of the source repeat, if the record in the form is new. */
export function seekRepeated(): void {
  if (recordNow.value?.id === '') looking = lookForRepeated();
}

/** Finds the values that the other records of the source repeat, to offer them. */
async function lookForRepeated(): Promise<void> {
  const [shown, of, now] = [source.value, table.value, recordNow.value];
  if (shown === undefined || of?.spansAt === undefined) return;
  const found = await attempt(() => ask('repeated', { source: shown.id, table: of.name }));
  if (found !== undefined && recordNow.value === now) repeated.value = found;
}

/**
 * Opens a draft, whether its record has a file or not, at the first thing to do; for a field of the open record if
 * given. Returns whether it is open.
 */
export async function openDraft({ table: of, id, draftName }: DraftSummary, pointer?: string): Promise<boolean> {
  // the selection in the text belongs to another record: the fields of a draft do not cite it
  const isOpen = await goTo(() => ask('draft', { table: of, draftName }), pointer);
  if (isOpen && id !== '' && recordNow.value?.id === '')
    say(
      `${id} was deleted or renamed. This is your unsaved draft of it: save it as a new record, or discard it.`,
      true,
    );
  if (isOpen) await goToFirst();
  return isOpen;
}

/** Opens the draft that was left last, with the words that its fields cited, or else the first one. */
export async function openLastDraft(): Promise<boolean> {
  const left = leftDraft.value;
  const draft = left ?? otherDrafts.value[0];
  if (draft !== undefined) {
    const isOpen = await openDraft(draft);
    if (isOpen) takeInHand(left?.inHand);
    return isOpen;
  }
  say(draftCount.value === 0 ? 'There are no drafts.' : 'The only draft is the record in the form.');
  return false;
}

/** Duplicates the open record without its identifier and evidence. */
export async function beginAnother(): Promise<boolean> {
  takeTyped();
  const value = content.value?.value;
  const of = table.value;
  // words that the record cites are those of it alone
  const words = isSelectionUnused() ? selection.value : undefined;
  if (value === undefined || of === undefined || !(await beginRecord(of.name, words))) return false;
  const key = of.key ?? '';
  const values = Object.fromEntries(
    Object.entries(value).filter(([name]) => name !== key && !of.hidden.includes(name)),
  );
  edit((before) => ({ ...before, value: { ...before.value, ...values } }));
  copied.value = { form: open.value?.form, value: values };
  const first = fields.value[of.field]?.properties.find(({ name }) => name !== key && !of.hidden.includes(name));
  // once the values are drawn, so that typing replaces them
  if (first !== undefined) await focusDrawn(below('', first.name));
  say(
    of.spansAt === undefined
      ? 'Copied without identifier. Change what differs.'
      : 'Copied without identifier and evidence. Change what differs, then cite the rest with Alt+Shift+E.',
  );
  return true;
}
