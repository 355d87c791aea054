import { isDay } from '../../base/dateTime.ts';
import { Failure } from '../../base/problem.ts';
import { type Json, type JsonObject, isArray, isObject, member } from '../../json/json.ts';
import { toReview } from '../../schema/extensionValues.ts';
import type { Review } from '../../schema/extensions.ts';
import type { DifferingRecords, Settlement } from './codingMessages.ts';
import type { DayOfField, DraftContent, RecordContent, RecordKey, SpanMessage } from './messages.ts';

// Reads the page's requests. Anything unexpected is refused with a Failure.

function wrong(name: string): Failure {
  return new Failure(`the request needs a valid "${name}"`);
}

/** @throws Failure if the member is not a text */
export function textIn(body: JsonObject, name: string): string {
  const value = member(body, name);
  if (typeof value !== 'string') throw wrong(name);
  return value;
}

/** @throws Failure if the member is present and not a text */
export function maybeTextIn(body: JsonObject, name: string): string | undefined {
  return member(body, name) === undefined ? undefined : textIn(body, name);
}

/** @throws Failure if the member is none of some texts */
export function oneIn<T extends string>(body: JsonObject, name: string, allowed: readonly T[]): T {
  const text = textIn(body, name);
  const found = allowed.find((each) => each === text);
  if (found === undefined) throw wrong(name);
  return found;
}

/** Whether an optional member is true. @throws Failure if it is something else */
export function switchIn(body: JsonObject, name: string): boolean {
  const value = member(body, name) ?? false;
  if (typeof value !== 'boolean') throw wrong(name);
  return value;
}

/** @throws Failure if the member is not a list of texts */
export function textsIn(body: JsonObject, name: string): readonly string[] {
  const value = member(body, name);
  if (!isArray(value) || !value.every((each) => typeof each === 'string')) throw wrong(name);
  return value;
}

/** @throws Failure if the member is not an object */
export function objectIn(body: JsonObject, name: string): JsonObject {
  const value = member(body, name);
  if (!isObject(value)) throw wrong(name);
  return value;
}

/** @throws Failure if the member is not an offset */
export function offsetIn(body: JsonObject, name: string): number {
  const value = member(body, name);
  if (!isOffset(value)) throw wrong(name);
  return value;
}

/** A record's value and spans. @throws Failure if they do not have this form */
export function contentIn(body: JsonObject): RecordContent {
  const spans = member(body, 'spans');
  if (!isArray(spans)) throw wrong('spans');
  return { value: objectIn(body, 'value'), spans: spans.map(spanIn) };
}

/** Fields that were added to a form. @throws Failure if they are not a list of texts */
export function openedIn(body: JsonObject): readonly string[] {
  return member(body, 'opened') === undefined ? [] : textsIn(body, 'opened');
}

/** Days of a record, and what they are the dates of. @throws Failure if they do not have this form */
export function daysIn(body: JsonObject): readonly DayOfField[] {
  const others = member(body, 'others') ?? [];
  if (!isArray(others)) throw wrong('others');
  return others.map((each) => {
    const day = isObject(each) ? textIn(each, 'day') : '';
    if (!isObject(each) || !isDay(day)) throw wrong('others');
    return { day, of: textIn(each, 'of') };
  });
}

/** Records, by table and identifier. @throws Failure if they do not have this form */
export function keysIn(body: JsonObject, name: string): readonly RecordKey[] {
  const value = member(body, name);
  if (!isArray(value)) throw wrong(name);
  return value.map((each) => {
    if (!isObject(each)) throw wrong(name);
    return { table: textIn(each, 'table'), id: textIn(each, 'id') };
  });
}

/** A draft from its file; undefined if it does not have this form. */
export function keptContent(value: Json | undefined): DraftContent | undefined {
  try {
    return isObject(value)
      ? { ...contentIn(value), opened: openedIn(value), source: maybeTextIn(value, 'source') }
      : undefined;
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/** The version that a draft began with, as far as its file says. */
export function beganWith(draft: Json | undefined): {
  readonly digest: string | undefined;
  readonly base: RecordContent | undefined;
} {
  const [digest, base] = ['digest', 'base'].map((name) => (isObject(draft) ? member(draft, name) : undefined));
  return { digest: typeof digest === 'string' ? digest : undefined, base: keptContent(base) };
}

function spanIn(value: Json): SpanMessage {
  if (!isObject(value)) throw wrong('spans');
  const [start, end, origin] = ['start', 'end', 'origin'].map((name) => member(value, name));
  if (!isOffset(start) || !isOffset(end) || (origin !== undefined && !isOffset(origin))) throw wrong('spans');
  return { source: textIn(value, 'source'), start, end, supports: textsIn(value, 'supports'), origin };
}

function isOffset(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** The records of a difference. @throws Failure if they do not have this form */
export function pairIn(body: JsonObject): Pick<DifferingRecords, 'table' | 'first' | 'second'> {
  return { table: textIn(body, 'table'), first: maybeTextIn(body, 'first'), second: maybeTextIn(body, 'second') };
}

/** A decision on a difference. @throws Failure if it does not have this form */
export function settlementIn(body: JsonObject): Settlement {
  const choices = member(body, 'choices');
  if (!isArray(choices) || choices.length === 0) throw wrong('choices');
  return {
    ...pairIn(body),
    source: textIn(body, 'source'),
    by: textIn(body, 'by'),
    date: textIn(body, 'date'),
    digest: maybeTextIn(body, 'digest'),
    secondDigest: maybeTextIn(body, 'secondDigest'),
    passage: member(body, 'passage') === undefined ? undefined : passageIn(objectIn(body, 'passage')),
    choices: choices.map(choiceIn),
    withdraws: switchIn(body, 'withdraws'),
  };
}

function passageIn(passage: JsonObject): Settlement['passage'] {
  const [start, end] = [offsetIn(passage, 'start'), offsetIn(passage, 'end')];
  return { start, end, first: maybeTextIn(passage, 'first'), second: maybeTextIn(passage, 'second') };
}

function choiceIn(value: Json): Settlement['choices'][number] {
  if (!isObject(value)) throw wrong('choices');
  const chosen = textIn(value, 'chosen');
  if (chosen !== 'first' && chosen !== 'second') throw wrong('choices');
  return { field: textIn(value, 'field'), chosen, reason: textIn(value, 'reason') };
}

/** Who has reviewed a source; undefined to remove the note. @throws Failure if it does not have this form */
export function reviewIn(body: JsonObject): Review | undefined {
  const value = member(body, 'review');
  if (value === undefined) return undefined;
  const review = toReview(value);
  if (review === undefined) throw wrong('review');
  return review;
}
