import { batch, computed, signal } from '@preact/signals';
import { type Json, below, isArray, isObject, member, pointerSteps } from '../../../json/json.ts';
import type {
  AlikeRecord,
  Checked,
  DraftSummary,
  Field,
  MarkedSpan,
  MarksMessage,
  Suggestion,
  RecordContent,
  RecordMessage,
  SourceMessage,
  Start,
  TableMessage,
} from '../messages.ts';
import { ask } from './api.ts';
import { uncoveredOf } from './coverage.ts';
import { citing, isIn, removeAt, setAt, valueAt } from './edit.ts';
import { type History, begun, redone, stepped, undone } from './history.ts';
import { type Left, fieldAt, leftIn, missingLeaves, spansOfField } from './left.ts';
import { type Offsets, offsetsOf, sentencesOf } from './offsets.ts';

/** Words of the source in view, in code points of its file. */
export interface Words {
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

/** A record that is being edited. */
export interface Open {
  readonly record: RecordMessage;
  readonly history: History<RecordContent>;
}

/** A record that waits until the one that it refers to is made, and the field that gets its identifier. */
export interface Waiting {
  readonly open: Open;
  readonly opened: ReadonlySet<string>;
  readonly inHand: Words | undefined;
  readonly pointer: string;
}

export const start = signal<Start | undefined>(undefined);
export const source = signal<SourceMessage | undefined>(undefined);
/** Whether the first source is still looked for. */
export const opening = signal(true);
/** The records that cite the source; undefined while they are still looked for. */
export const citations = signal<MarksMessage | undefined>(undefined);
export const open = signal<Open | undefined>(undefined);
export const checked = signal<Checked | undefined>(undefined);
/** What happened last, for everybody to read. */
export const notice = signal<{ readonly text: string; readonly isFault: boolean } | undefined>(undefined);
/** Pointer of the field that had the focus last. */
export const focused = signal<string | undefined>(undefined);
/** Fields that were asked for and are empty yet. */
export const opened = signal<ReadonlySet<string>>(new Set());
export const selection = signal<Words | undefined>(undefined);
/** Words that each field which is filled in now is cited with. */
export const inHand = signal<Words | undefined>(undefined);
/** The dialog that is open. */
export const dialog = signal<string | undefined>(undefined);
/** The records that others are made for, the last one last. */
export const waiting = signal<readonly Waiting[]>([]);
/** The records without a file that are not saved. */
export const drafts = signal<readonly DraftSummary[]>([]);
/** What is on the disk, where it is not what was read. */
export const conflict = signal<RecordMessage | undefined>(undefined);

export const content = computed<RecordContent | undefined>(() => open.value?.history.now);
// what does not change while somebody types must not be worked out anew with each letter
export const recordNow = computed(() => open.value?.record);
export const spansNow = computed(() => content.value?.spans ?? []);
const openTable = computed(() => open.value?.record.table);
export const table = computed<TableMessage | undefined>(() =>
  start.value?.tables.find(({ name }) => name === openTable.value),
);
export const fields = computed<readonly Field[]>(() => start.value?.fields ?? []);
function isHidden(key: string): boolean {
  return table.value?.hidden.includes(key) === true;
}

/** Whether there is something to save. */
export const isChanged = computed(() => {
  const now = open.value;
  if (now === undefined) return false;
  const { record, history } = now;
  if (record.digest === undefined) return Object.keys(history.now.value).some((key) => !isHidden(key));
  return JSON.stringify([record.value, record.spans]) !== JSON.stringify([history.now.value, history.now.spans]);
});

/** Suggestions for the source; undefined while they are off, as they are at first. */
export const suggestions = signal<readonly Suggestion[] | undefined>(undefined);
/** Records that the one in the form may repeat; none while suggestions are off. */
export const alike = signal<readonly AlikeRecord[]>([]);
/** Whether sentences that no record is about are marked. */
export const showsCoverage = signal(false);

export const offsets = computed<Offsets>(() => offsetsOf(source.value?.text ?? ''));

/** The marks of the source; those of the record in the form are as they are there. */
export const marks = computed<readonly MarkedSpan[]>(() => {
  const shown = source.value;
  const now = recordNow.value;
  if (shown === undefined) return [];
  const known = citations.value?.marks ?? [];
  if (now === undefined) return known;
  const others = known.filter((mark) => mark.table !== now.table || mark.id !== now.id);
  const own = spansNow.value.filter((span) => span.source === shown.id);
  return [...others, ...own.map((span) => ({ table: now.table, id: now.id, ...span }))];
});

/** The sentences of the source, in code points of its file. */
const sentences = computed(() => {
  const shown = source.value;
  if (shown?.text === undefined) return [];
  const { toPoint } = offsets.value;
  return sentencesOf(shown.text).map(({ start: from, end: to }) => ({
    start: shown.first + toPoint(from),
    end: shown.first + toPoint(to),
  }));
});

/** The sentences that no span touches. */
export const uncovered = computed(() => uncoveredOf(sentences.value, marks.value));
/** How many sentences the source has. */
export const sentenceCount = computed(() => sentences.value.length);

/** Words in the source's text, from code points of its file. */
export function wordsOf({ source: id, start: from, end: to }: Words): string | undefined {
  const shown = source.value;
  if (shown?.text === undefined || shown.id !== id) return undefined;
  const { toUnit } = offsets.value;
  return shown.text.slice(toUnit(from - shown.first), toUnit(to - shown.first));
}

export function say(text: string): void {
  notice.value = { text, isFault: false };
}

/** Runs what can fail; the sentence of a failure is shown. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    notice.value = { text: error instanceof Error ? error.message : String(error), isFault: true };
    return undefined;
  }
}

export async function openSource(id: string): Promise<void> {
  const found = await attempt(() => ask('source', { id }));
  if (found === undefined) return;
  batch(() => {
    const isSame = source.value?.id === found.id && source.value.text === found.text;
    source.value = found;
    if (!isSame) selection.value = undefined;
    if (!isSame) suggestions.value = undefined;
    if (!isSame) citations.value = undefined;
    document.title = `${found.label ?? found.id} · ${start.value?.title ?? ''}`;
  });
  await refreshMarks();
}

/** Looks again for the records that cite the source. */
async function refreshMarks(): Promise<void> {
  const shown = source.value;
  if (shown === undefined) return;
  const found = await attempt(() => ask('marks', { id: shown.id }));
  if (found !== undefined && source.value?.id === shown.id) citations.value = found;
}

/** Takes a record into the form. */
export function show(record: RecordMessage): void {
  batch(() => {
    const plain = { value: record.value, spans: record.spans };
    const history = begun<RecordContent>(plain);
    open.value = { record, history: record.draft === undefined ? history : stepped(history, record.draft) };
    checked.value = undefined;
    alike.value = [];
    opened.value = new Set();
    focused.value = undefined;
    conflict.value = undefined;
    inHand.value = undefined;
    waiting.value = [];
  });
  if (record.draft !== undefined) say('This is your draft: it was not saved yet. Undo shows the record without it.');
  void checkNow();
}

export async function openRecord(name: string, id: string): Promise<void> {
  await leave();
  void refreshDrafts();
  const record = await attempt(() => ask('record', { table: name, id }));
  if (record !== undefined) show(record);
}

/** Begins a record of a table; selected words become its first evidence. */
export async function beginRecord(name: string, draftName?: string): Promise<void> {
  await leave();
  void refreshDrafts();
  const words = selection.value;
  const record = await attempt(() => ask('fresh', { table: name, ...(draftName === undefined ? {} : { draftName }) }));
  if (record === undefined) return;
  show(record);
  inHand.value = words;
}

/** Lists again what is not saved. */
async function refreshDrafts(): Promise<void> {
  drafts.value = (await attempt(() => ask('drafts', {}))) ?? drafts.value;
}

/** Keeps what is not saved before something else is shown. */
export async function leave(): Promise<void> {
  notice.value = undefined;
  if (isChanged.value) await keep();
}

function edited(): (RecordContent & { table: string; id: string; draftName: string }) | undefined {
  const now = open.value;
  if (now === undefined) return undefined;
  const { table: name, id, draftName } = now.record;
  return { table: name, id, draftName, ...now.history.now };
}

async function keep(): Promise<void> {
  const now = edited();
  if (now !== undefined) await attempt(() => ask('keep', now));
}

let asked = 0;
let checkTimer: ReturnType<typeof setTimeout> | undefined;
let keepTimer: ReturnType<typeof setTimeout> | undefined;

/** Milliseconds from the last change to the check, and to the draft. */
const checkPause = 30;
const keepPause = 400;

/** What the last check was about. */
let contentChecked: RecordContent | undefined;

/** Checks the record, unless the last check was about what it is now: then nothing has to be waited for. */
export async function checkLatest(): Promise<void> {
  if (content.value !== contentChecked) await checkNow();
}

export async function checkNow(): Promise<void> {
  const [of, now] = [open.value, edited()];
  if (of === undefined || now === undefined) return;
  // the check that waits would ask the same again, and this answer would be too old
  clearTimeout(checkTimer);
  const number = ++asked;
  const found = await attempt(() => ask('check', now));
  // an older answer than the last question is of no use
  if (found === undefined || number !== asked) return;
  contentChecked = of.history.now;
  // the same findings are no reason to draw the form again
  if (JSON.stringify(found) !== JSON.stringify(checked.value)) checked.value = found;
  await lookForAlike(now, number);
}

/** Looks for records that this one may repeat, where suggestions are wanted. */
async function lookForAlike(now: NonNullable<ReturnType<typeof edited>>, number: number): Promise<void> {
  const found = suggestions.value === undefined ? [] : ((await attempt(() => ask('alike', now))) ?? []);
  if (number === asked && JSON.stringify(found) !== JSON.stringify(alike.value)) alike.value = found;
}

function changed(): void {
  clearTimeout(checkTimer);
  clearTimeout(keepTimer);
  checkTimer = setTimeout(() => void checkNow(), checkPause);
  keepTimer = setTimeout(() => void (isChanged.value ? keep() : drop()), keepPause);
}

async function drop(): Promise<void> {
  const now = open.value;
  if (now !== undefined)
    await attempt(() => ask('discard', { table: now.record.table, draftName: now.record.draftName }));
}

/** Changes the record in one step of its history; steps of one name in a row are one. */
export function edit(change: (before: RecordContent) => RecordContent, name?: string): void {
  const now = open.value;
  if (now === undefined) return;
  const next = change(now.history.now);
  if (next === now.history.now) return;
  open.value = { ...now, history: stepped(now.history, next, name) };
  changed();
}

export function undo(): void {
  const now = open.value;
  if (now === undefined) return;
  open.value = { ...now, history: undone(now.history) };
  changed();
}

export function redo(): void {
  const now = open.value;
  if (now === undefined) return;
  open.value = { ...now, history: redone(now.history) };
  changed();
}

/** Sets a field; undefined takes it out. Words in hand become its evidence. */
export function setField(pointer: string, value: Json | undefined): void {
  edit((before) => {
    if (value === undefined) return removeAt(before, pointer, isKept);
    const after = setAt(before, pointer, value);
    const words = inHand.value;
    return words !== undefined && needsEvidence(pointer) && !isCited(after, pointer)
      ? citing(after, words, [pointer])
      : after;
  }, pointer);
}

/** Whether what is empty stays: an object or list that the schema requires is shown anyway, and is missed where absent. */
function isKept(): boolean {
  return false;
}

/** Whether the schema asks for evidence of a field: its own mark, or that of something it is in. */
export function needsEvidence(pointer: string): boolean {
  const root = table.value?.field;
  const steps = pointerSteps(pointer) ?? [];
  if (root === undefined || table.value?.spansAt === undefined) return false;
  return steps.some((_, i) => fieldAt(fields.value, root, steps.slice(0, i + 1))?.evidence === true);
}

export function isCited(of: Pick<RecordContent, 'spans'>, pointer: string): boolean {
  const { own, above } = spansOfField(of, pointer);
  return own.length + above.length > 0;
}

/** Makes the selected words evidence for the field in focus. */
export function citeFocused(): void {
  const words = selection.value;
  const pointer = focused.value;
  if (open.value === undefined) return say('Open a record first.');
  if (words === undefined) return say('Select words in the text first.');
  if (pointer === undefined) return say('Go to a field first: the words become its evidence.');
  const now = content.value;
  if (now !== undefined && isEmpty(valueAt(now.value, pointer))) {
    const text = fillsFromText(pointer) ? wordsOf(words) : undefined;
    if (text === undefined) return say('Fill in the field first: words can support only what is there.');
    edit((before) => citing(setAt(before, pointer, text.replace(/\s+/gu, ' ')), words, [pointer]));
    return say(`The words are written into ${titleOf(pointer)}, and are its evidence.`);
  }
  edit((before) => citing(before, words, [pointer]));
  say(`The words are evidence for ${titleOf(pointer)}.`);
}

/** Makes the selected words evidence for every field that needs some and has none. */
export async function citeAllLeft(): Promise<void> {
  const words = selection.value;
  if (open.value === undefined) return say('Open a record first.');
  if (words === undefined) return say('Select words in the text first.');
  await checkLatest();
  const pointers = left.value.filter(({ what }) => what === 'cite').map(({ pointer }) => pointer);
  if (pointers.length === 0) return say('No field lacks evidence.');
  edit((before) => citing(before, words, pointers));
  say(`The words are evidence for ${pointers.length} fields. Undo takes that back.`);
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === '';
}

/** Whether a field holds a code: what else is required may follow from it. */
export function isCode(pointer: string | undefined): boolean {
  const steps = pointer === undefined ? [] : (pointerSteps(pointer) ?? []);
  return fieldAt(fields.value, table.value?.field ?? 0, steps)?.kind === 'code';
}

/** Whether a field holds words of the source as they are. */
function fillsFromText(pointer: string): boolean {
  const field = fieldAt(fields.value, table.value?.field ?? 0, pointerSteps(pointer) ?? []);
  return field?.verbatim === true;
}

/** Begins a record like the one that is open: its values without identifier and evidence. */
export async function beginAnother(): Promise<void> {
  const now = open.value;
  const of = table.value;
  if (now === undefined || of === undefined) return;
  const { value } = now.history.now;
  await beginRecord(of.name);
  const key = of.key ?? '';
  const copied = Object.fromEntries(
    Object.entries(value).filter(([name]) => name !== key && !of.hidden.includes(name)),
  );
  edit((before) => ({ ...before, value: { ...before.value, ...copied } }));
  say('A copy without identifier and evidence: change what differs.');
}

/** The title of a field, as the schema gives it. */
export function titleOf(pointer: string): string {
  const steps = pointerSteps(pointer) ?? [];
  const root = table.value?.field ?? 0;
  return steps
    .map((step, i) =>
      /^\d+$/.test(step)
        ? String(Number(step) + 1)
        : (fieldAt(fields.value, root, steps.slice(0, i + 1))?.title ?? step),
    )
    .join(' › ');
}

/** Whether a field is the identifier of the record. */
export function isKeyOf(pointer: string): boolean {
  return pointer === below('', table.value?.key ?? '/');
}

/** Whether a field is the identifier of a record that is saved: it never changes. */
export function isFixed(pointer: string, value: Json | undefined): boolean {
  const id = open.value?.record.id ?? '';
  return isKeyOf(pointer) && id !== '' && (value === id || value === Number(id));
}

/** Names of the fields that say which record this is, and not what it says. */
export function hiddenNames(): readonly string[] {
  const key = table.value?.key;
  return [...(table.value?.hidden ?? []), ...(key === undefined ? [] : [key])];
}

/** Goes on from what is on the disk now, with another content. */
export function rebase(onto: RecordMessage, next: RecordContent): void {
  const now = open.value;
  if (now === undefined) return;
  // the indices of spans are those of the file as it was: nothing may be taken for one of its own
  const spans = next.spans.map((span) => ({ ...span, origin: undefined }));
  open.value = { record: onto, history: stepped(now.history, { ...next, spans }) };
  conflict.value = undefined;
  changed();
}

/** Saves the record. Gives whether it was saved. */
export async function save(): Promise<boolean> {
  const now = open.value;
  const record = edited();
  if (now === undefined || record === undefined) return false;
  if (!isChanged.value) {
    say('Nothing has changed.');
    return true;
  }
  clearTimeout(keepTimer);
  const { digest } = now.record;
  const answer = await attempt(() => ask('save', { ...record, ...(digest === undefined ? {} : { digest }) }));
  if (answer === undefined) return false;
  if ('refused' in answer) {
    notice.value = {
      text: 'Not saved: Alt+J goes to what is wrong or missing. The record is kept as a draft.',
      isFault: true,
    };
    await keep();
    return false;
  }
  if (!('saved' in answer)) {
    conflict.value = answer.conflict;
    notice.value = { text: 'Not saved: the file has changed since you opened it. Compare the two.', isFault: true };
    dialog.value = 'conflict';
    await keep();
    return false;
  }
  settle(now, record, answer.saved);
  return true;
}

/** Takes over what is on the disk now; what was typed since the save was asked for stays a change. */
function settle(before: Open, sent: RecordContent, saved: RecordMessage): void {
  const after = open.value;
  if (after === undefined || after.record !== before.record) return;
  const isSame = after.history.now.value === sent.value && after.history.now.spans === sent.spans;
  const plain = { value: saved.value, spans: saved.spans };
  batch(() => {
    open.value = { record: saved, history: isSame ? { ...after.history, now: plain, last: undefined } : after.history };
    say(`Saved: ${saved.shown}`);
  });
  void refreshMarks();
  void refreshDrafts();
  void checkNow();
}

/** What is known of a record before its first check: the fields that the schema always requires can be filled in. */
const nothingFound: Checked = { problems: [], missing: [], id: undefined };

/** What is left to do in the record, in the order of the form. */
export const left = computed(() => {
  const [of, now, found] = [table.value, content.value, checked.value ?? nothingFound];
  if (of === undefined || now === undefined) return [];
  const id = of.key === undefined ? [] : [of.key];
  const leaves = missingLeaves(fields.value, of.field, now.value, [...of.hidden, ...id]);
  // that there is no evidence yet is said at the fields that need it
  const missing = found.missing.filter((pointer) => pointer !== of.spansAt);
  return leftIn(found, missing, leaves, orderOf(of));
});

/** What is left behind the field that had the focus last; from the start again behind the last one. */
export function nextLeft(): Left | undefined {
  const of = table.value;
  const list = left.value;
  if (of === undefined) return undefined;
  const order = orderOf(of);
  const at = focused.value === undefined ? -1 : order(focused.value);
  return list.find(({ pointer }) => order(pointer) > at) ?? list[0];
}

/** Where a field stands in the form: fields by the schema, elements by their index. */
function orderOf({ field, spansAt }: TableMessage): (pointer: string) => number {
  return (pointer) => {
    // what is wrong with the evidence itself has no field
    if (spansAt !== undefined && isIn(pointer, spansAt)) return Infinity;
    const steps = pointerSteps(pointer) ?? [];
    return steps.reduce((sum, step, i) => {
      const above = fieldAt(fields.value, field, steps.slice(0, i));
      const at = above?.properties.findIndex(({ name }) => name === step) ?? -1;
      return sum + ((at < 0 ? Number(step) || 0 : at) + 1) / 100 ** (i + 1);
    }, 0);
  };
}

/** A field that can be added to the record. */
interface Addable {
  readonly pointer: string;
  /** The list that it is the next element of. */
  readonly list?: string;
  readonly title: string;
  readonly description: string | undefined;
}

/** The fields that the record can have and has not: its own, and those of the objects in it. */
export const addable = computed<readonly Addable[]>(() => {
  const [of, now] = [table.value, content.value];
  if (of === undefined || now === undefined) return [];
  const found: Addable[] = [];
  const visit = (field: Field | undefined, value: Json | undefined, pointer: string): void => {
    if (isArray(value) && field?.element !== undefined) {
      const element = fields.value[field.element];
      for (const [i, each] of value.entries()) visit(element, each, below(pointer, i));
      const next = { pointer: below(pointer, value.length), list: pointer };
      found.push({ ...next, title: titleOf(next.pointer), description: element?.description });
      return;
    }
    for (const { name, required, field: inner } of field?.kind === 'object' ? field.properties : []) {
      const at = below(pointer, name);
      const own = isObject(value) ? member(value, name) : undefined;
      if (own !== undefined || required) visit(fields.value[inner], own, at);
      else if (!(pointer === '' && of.hidden.includes(name)))
        found.push({ pointer: at, title: titleOf(at), description: fields.value[inner]?.description });
    }
  };
  visit(fields.value[of.field], now.value, '');
  return found.toSorted((a, b) => a.pointer.split('/').length - b.pointer.split('/').length);
});

/** Opens the fields on the way to a pointer, so that it can take the focus. */
export function reveal(pointer: string): void {
  const steps = pointerSteps(pointer) ?? [];
  const all = steps.map((_, i) => steps.slice(0, i + 1).reduce(below, ''));
  opened.value = new Set([...opened.value, ...all]);
}

/** Closes fields that were opened and are not wanted. */
export function unreveal(pointer: string): void {
  opened.value = new Set([...opened.value].filter((each) => !isIn(each, pointer)));
}
