import { type Json, below, codeName, isObject, member, pointerSteps } from '../../../json/json.ts';
import { list } from '../../../base/text.ts';
import type { Field, RecordContent } from '../messages.ts';
import { ask } from './api.ts';
import { briefly } from './briefly.ts';
import { citing, isBlank, removeAt, unciting, valueAt } from '../edit.ts';
import { edit, inOneStep, isCited, setField } from './editing.ts';
import { fieldOf, needsEvidence, tableNamed, titleOf } from './formFields.ts';
import { spansOfField } from './left.ts';
import { wordsOf } from './sourceText.ts';
import { withValue } from './setValue.ts';
import { tablesAt, unnamedIn } from './unnamed.ts';
import { groundsBeside, namingFor } from './statedBeside.ts';
import { type Words, content, fields, open, otherDrafts } from './state.ts';

/** How a record is chosen. */
interface Choice {
  /** What the choice itself changes; by default, the field. */
  readonly work?: () => void;
  /** Words that another record cites for the same, if those that the field cites do not have the name. */
  readonly support?: readonly Words[] | undefined;
}

/** A required code beside a reference, which records of the other table have as well. */
interface Shared {
  readonly name: string;
  readonly pointer: string;
}

/**
 * Refers to a record. The codes beside the reference follow it: those that are blank, or as in the record that was
 * referred to before, become as in this one. What it rests on follows from the words that it cites, if they have the
 * name of the record. All of it is one step of the history.
 * @returns what to say about the other fields; empty if none has changed
 */
export async function referTo(pointer: string, id: string, choice: Choice = {}): Promise<string> {
  const referring = refer(pointer, id, choice);
  following = referring;
  try {
    return await referring;
  } finally {
    if (following === referring) following = undefined;
  }
}

/** The codes that are about to follow the record that was chosen last; undefined if none are. */
let following: Promise<unknown> | undefined;

/** Waits until codes have followed the record that was chosen last: without them, the record is not as it will be. */
export async function codesFollowed(): Promise<void> {
  if (following !== undefined) await briefly(following);
}

async function refer(
  pointer: string,
  id: string,
  { work = () => setField(pointer, id), support = [] }: Choice,
): Promise<string> {
  const before = referredTo(pointer);
  // a name that no other edit has: the codes join this step, and two choices are two steps
  const step = `refer to ${id} at ${pointer}`;
  inOneStep(work, step);
  const form = open.value?.form;
  const [followed, grounds, unnamed] = await Promise.all([
    codesFollowing(pointer, id, before),
    groundsFollowing(pointer, id, before),
    isUnnamed(pointer),
  ]);
  if (open.value?.form !== form || valueAt(content.value?.value ?? {}, pointer) !== id) return '';
  edit((at) => followed.changes.reduce(withCode, at), step);
  edit((at) => grounds.reduce(withGrounds, at), step);
  const isShown = unnamed && support.length > 0 && needsEvidence(pointer);
  if (isShown) edit((at) => citingInstead(at, pointer, support), step);
  const elsewhere = isShown ? 'It cites the words that another record cites for it.' : '';
  const sentences = [sentenceAbout(id, followed), sentenceAboutGrounds(grounds), elsewhere].filter(
    (each) => each !== '',
  );
  const undo = sentences.length === 0 ? [] : ['Ctrl+Z undoes it, with the choice.'];
  return [...sentences, ...undo, ...(unnamed && !isShown ? [notNamed] : [])].join(' ');
}

/** The record in which a field cites these words, and no others. */
function citingInstead(before: RecordContent, pointer: string, words: readonly Words[]): RecordContent {
  const without = spansOfField(before, pointer).own.toSorted((a, b) => b - a);
  const bare = without.reduce((at, index) => unciting(at, index, pointer), before);
  return words.reduce((at, each) => citing(at, each, [pointer]), bare);
}

/** What to say if the words that a reference cites do not name its record. They can still mean it: “she” does. */
const notNamed = 'Check it: the words that it cites do not have its name.';

/** Whether the words that a reference cites do not name its record. */
async function isUnnamed(pointer: string): Promise<boolean> {
  const spans = content.value?.spans ?? [];
  const cited = spansOfField({ spans }, pointer).own.flatMap((at) => spans[at] ?? []);
  const text = cited.flatMap((words) => wordsOf(words) ?? []).join('\n');
  return (await unnamedIn([pointer], text)).length > 0;
}

interface Followed {
  readonly changes: readonly Change[];
  /** Why a code is emptied. */
  readonly reason: string;
}

/** What becomes of the codes that follow a reference. */
async function codesFollowing(pointer: string, id: string, before: string | undefined): Promise<Followed> {
  const none = { changes: [], reason: '' };
  const [of, other] = tablesAt(pointer);
  const start = content.value;
  if (of === undefined || other !== undefined || start === undefined) return none;
  const shared = sharedWith(pointer, of);
  const isDue = ({ pointer: at }: Shared): boolean => before !== undefined || isBlank(valueAt(start.value, at));
  if (!shared.some(isDue)) return none;
  const [old, now] = await Promise.all([before === undefined ? undefined : recordOf(of, before), recordOf(of, id)]);
  const isDraft = otherDrafts.value.some((each) => each.table === of && each.identifier === id);
  if (now === undefined && !isDraft) return none;
  const reason = isDraft ? `${id} is not saved yet` : `the record of ${id} has none`;
  return { changes: changesOf(shared, old, now), reason };
}

/** What becomes of the field that says what a value rests on: stated, if the cited words have the name of the value. */
async function groundsFollowing(pointer: string, id: string, before: string | undefined): Promise<readonly Change[]> {
  const grounds = groundsBeside(pointer);
  if (grounds === undefined) return [];
  const naming = await namingFor(pointer);
  const own = valueAt(content.value?.value ?? {}, grounds.pointer);
  const { pointer: at, stated } = grounds;
  const words = naming(id);
  if (words !== undefined) return isBlank(own) ? [{ pointer: at, code: stated, words }] : [];
  return own === stated && naming(before) !== undefined ? [{ pointer: at, code: undefined }] : [];
}

/** The record that a field referred to before it was emptied, or refers to still; undefined if there is none. */
function referredTo(pointer: string): string | undefined {
  const history = open.value?.history;
  const state = history?.last === pointer ? history.past.at(-1) : history?.now;
  const id = valueAt(state?.value ?? {}, pointer);
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** A record; undefined if it cannot be read: a draft cannot. */
async function recordOf(of: string, id: string): Promise<Json | undefined> {
  return (await ask('record', { table: of, id }).catch(() => undefined))?.value;
}

/** The required codes beside a reference that records of its table have by the same name. */
function sharedWith(pointer: string, of: string): readonly Shared[] {
  const steps = (pointerSteps(pointer) ?? []).slice(0, -1);
  const fieldsOf = (at: Field | undefined): Field['properties'] => at?.properties ?? [];
  const around = fieldOf(steps);
  const theirs = fieldsOf(fields.value[tableNamed(of)?.field ?? -1]);
  const codesOf = (field: number): string => JSON.stringify(fields.value[field]?.codes ?? []);
  return fieldsOf(around).flatMap(({ name, required, field }) => {
    const at = below(steps.reduce(below, ''), name);
    const isSame = theirs.some((each) => each.name === name && codesOf(each.field) === codesOf(field));
    // what a value rests on is no fact about the record
    const isCode = (fields.value[field]?.codes.length ?? 0) > 0 && fields.value[field]?.grounds === undefined;
    return required && isCode && isSame ? [{ name, pointer: at }] : [];
  });
}

/** A code that follows its reference; undefined if the record has none. */
interface Change {
  readonly pointer: string;
  readonly code: Json | undefined;
  /** The words that show it. */
  readonly words?: Words;
}

/** What follows for the codes that are free: blank, or as in the old record. */
function changesOf(shared: readonly Shared[], old: Json | undefined, now: Json | undefined): readonly Change[] {
  const codeOf = (record: Json | undefined, name: string): Json | undefined =>
    isObject(record) ? member(record, name) : undefined;
  return shared.flatMap(({ name, pointer }) => {
    const own = valueAt(content.value?.value ?? {}, pointer);
    const code = codeOf(now, name);
    const isFree = isBlank(own) ? code !== undefined : own === codeOf(old, name);
    return isFree && own !== code ? [{ pointer, code }] : [];
  });
}

/** The record with a code, which cites nothing: the words in hand need not say it, and those for another one do not. */
function withCode(before: RecordContent, { pointer, code }: Change): RecordContent {
  const without = removeAt(before, pointer);
  return code === undefined ? without : withValue({ ...before, spans: without.spans }, pointer, code);
}

/** The record with what a value rests on, which cites the words with the name of the value. */
function withGrounds(before: RecordContent, { pointer, code, words }: Change): RecordContent {
  if (code === undefined) return removeAt(before, pointer);
  const after = withValue(before, pointer, code);
  return words === undefined || !needsEvidence(pointer) || isCited(after, pointer)
    ? after
    : citing(after, words, [pointer]);
}

function sentenceAboutGrounds([grounds]: readonly Change[]): string {
  if (grounds === undefined) return '';
  const title = titleOf(grounds.pointer).split(' › ').at(-1) ?? grounds.pointer;
  return grounds.code === undefined
    ? `Emptied, since the cited words do not have the name: ${title}.`
    : `${title} is ${codeName(grounds.code)}, since the cited words have the name.`;
}

/** Says which codes have changed. */
function sentenceAbout(id: string, { changes, reason }: Followed): string {
  const titles = (isFilled: boolean): string =>
    list(
      changes
        .filter(({ code }) => (code !== undefined) === isFilled)
        .map(({ pointer }) => titleOf(pointer).split(' › ').at(-1) ?? pointer),
    );
  const [filled, emptied] = [titles(true), titles(false)];
  if (changes.length === 0) return '';
  const also = filled === '' ? '' : `Also filled in, as in the record of ${id}: ${filled}.`;
  const none = emptied === '' ? '' : `Emptied, since ${reason}: ${emptied}.`;
  return `${also} ${none}`.trim();
}
