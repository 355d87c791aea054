import { type Json, absolutePointer, below, pointerSteps } from '../../../json/json.ts';
import { list } from '../../../base/text.ts';
import type { Field, RecordContent, Resolution } from '../messages.ts';
import { citing, removeAt, setAt, unciting, valueAt } from './edit.ts';
import { edit, isCited } from './editing.ts';
import { needsEvidence, titleOf } from './formFields.ts';
import { fieldAt, spansOfField } from './left.ts';
import { say } from './notice.ts';
import { wordsOf } from './sourceText.ts';
import { type Words, content, fields, inHand, open, table } from './state.ts';
import { holds, isSameWords, nearestIn } from './wordsInText.ts';

/** A date with how it follows from words, and the place of these words; undefined if they are not in the text. */
export interface Taken extends Resolution {
  readonly date: Json;
  readonly words: Words | undefined;
}

/** A value that follows from a date, for another field. */
interface Consequence {
  readonly pointer: string;
  readonly value: string;
}

/** What was filled in with dates, by form and pointer: another date may replace it. */
const filledIn = new Map<string, Json>();

/** The words that were cited with dates. */
const citedFor = new Map<string, Words>();

function keyOf(pointer: string): string {
  return `${open.value?.form ?? 0} ${pointer}`;
}

/** Whether no curator has filled in a field. */
function isFree(of: RecordContent, pointer: string): boolean {
  const own = valueAt(of.value, pointer);
  return own === undefined || own === '' || own === filledIn.get(keyOf(pointer));
}

/** Notes what an earlier offer filled in, also of a record that was saved since, or of its duplicate. */
function noteEarlier({ value }: RecordContent, siblings: readonly Sibling[]): void {
  const texts = siblings.filter(({ hasWords }) => hasWords).map(({ pointer }) => pointer);
  for (const { pointer, field } of siblings) {
    const reason = reasonAt(pointer, field);
    const [words, sentence] = [texts[0], reason].map((at) => (at === undefined ? undefined : valueAt(value, at)));
    if (reason === undefined || typeof words !== 'string' || typeof sentence !== 'string') continue;
    if (!sentence.startsWith(`Read "${words}" as `)) continue;
    for (const at of [...texts, pointer, reason]) filledIn.set(keyOf(at), valueAt(value, at) ?? '');
  }
}

/**
 * Sets a date in one step of the history, with the fields beside it that follow from it and that are free: the words as
 * written, what the date rests on, and how it was worked out.
 */
export function takeDate(pointer: string, taken: Taken): void {
  const filled: string[] = [];
  edit((before) => {
    const words = taken.words ?? (isCited(before, pointer) ? undefined : inHand.value);
    const dated = withEvidence(setAt(before, pointer, taken.date), pointer, words);
    const siblings = siblingsOf(pointer);
    noteEarlier(before, siblings);
    return siblings.reduce((now, sibling) => {
      return consequencesOf(sibling, taken, now).reduce(
        (after, { pointer: at, value }) => {
          if (!isFree(after, at) || valueAt(after.value, at) === value) return after;
          filled.push(at);
          filledIn.set(keyOf(at), value);
          return withEvidence(setAt(after, at, value), at, taken.words);
        },
        withoutStale(now, sibling, taken),
      );
    }, dated);
  });
  // they are beside the date: the titles of what is around them say nothing new
  const titles = filled.map((at) => titleOf(at).split(' › ').at(-1) ?? at);
  if (titles.length > 0) say(`Also filled in: ${list(titles, 'and')}. Press Ctrl+Z to undo.`);
}

interface Sibling {
  readonly pointer: string;
  readonly field: Field;
  /** Whether it is the only field beside the date for words of the text. */
  readonly hasWords: boolean;
}

function siblingsOf(pointer: string): readonly Sibling[] {
  const steps = (pointerSteps(pointer) ?? []).slice(0, -1);
  const around = fieldAt(fields.value, table.value?.field ?? 0, steps);
  const all = (around?.properties ?? []).flatMap(({ name, field }) => {
    const inner = fields.value[field];
    return inner === undefined ? [] : [{ pointer: below(steps.reduce(below, ''), name), field: inner }];
  });
  const isForWords = ({ kind, verbatim }: Field): boolean => kind === 'text' && verbatim;
  const isOnly = all.filter(({ field }) => isForWords(field)).length === 1;
  return all.map((one) => ({ ...one, hasWords: isOnly && isForWords(one.field) }));
}

function consequencesOf(
  { pointer, field, hasWords }: Sibling,
  { isStated, sentence, words }: Taken,
  now: RecordContent,
): readonly Consequence[] {
  const text = hasWords && words !== undefined ? wordsOf(words) : undefined;
  if (text !== undefined) return [{ pointer, value: text.replace(/\s+/gu, ' ') }];
  if (field.grounds === undefined) return [];
  const { stated, resolved } = field.grounds;
  const code = isStated ? stated : resolved;
  const reason = reasonAt(pointer, field);
  // a curator who has chosen another code says how, too
  const isOurs = isFree(now, pointer) || valueAt(now.value, pointer) === code;
  const explains = reason !== undefined && isOurs && !isStated;
  return [{ pointer, value: code }, ...(explains ? [{ pointer: reason, value: sentence }] : [])];
}

function reasonAt(pointer: string, { grounds }: Field): string | undefined {
  return grounds?.reason === undefined ? undefined : absolutePointer(pointer, grounds.reason);
}

/** The record without the explanation of another date, if this one needs none. */
function withoutStale(now: RecordContent, { pointer, field }: Sibling, { isStated }: Taken): RecordContent {
  const reason = reasonAt(pointer, field);
  if (!isStated || reason === undefined || valueAt(now.value, reason) === undefined) return now;
  return isFree(now, reason) && isFree(now, pointer) ? removeAt(now, reason) : now;
}

/** The record with words as evidence for a field that has none which holds them, in place of those of another date. */
function withEvidence(now: RecordContent, pointer: string, words: Words | undefined): RecordContent {
  if (words === undefined || !needsEvidence(pointer)) return now;
  const earlier = citedFor.get(keyOf(pointer));
  const stale = now.spans.findIndex((span) => span.supports.includes(pointer) && isSameWords(span, earlier));
  const rest = stale < 0 ? now : unciting(now, stale, pointer);
  const { own, above } = spansOfField(rest, pointer);
  if ([...own, ...above].some((index) => isWithin(words, rest.spans[index]))) return rest;
  citedFor.set(keyOf(pointer), words);
  return citing(rest, words, [pointer]);
}

function isWithin({ source, start, end }: Words, around: Words | undefined): boolean {
  return around !== undefined && source === around.source && start >= around.start && end <= around.end;
}

/** The place of typed words in those that their field cites, or in those in hand; undefined if they are not there. */
export function placeOfTyped(pointer: string): Words | undefined {
  const now = content.value;
  const text = now === undefined ? undefined : valueAt(now.value, pointer);
  if (now === undefined || typeof text !== 'string') return undefined;
  const cited = spansOfField(now, pointer).own.map((index) => now.spans[index]);
  const around = [...cited, inHand.value].find((words) => words !== undefined && holds(words, text));
  const spot = around === undefined ? undefined : nearestIn(text, around.start);
  return spot !== undefined && isWithin(spot, around) ? spot : undefined;
}
