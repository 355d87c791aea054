import { type Sentence, option, sentence } from '../base/sentence.ts';
import {
  type Json,
  type JsonObject,
  below,
  isArray,
  isObject,
  member,
  pointerSteps,
  resolvePointer,
} from '../json/json.ts';
import type { DocumentText, Documents } from '../read/documents.ts';
import { codePoints, compareText, quoted } from '../base/text.ts';
import type { SourceDocument } from '../schema/extensions.ts';
import { mostWords, wordsAllowed, wordsOf } from './compare.ts';

type DocumentOf = (source: string) => SourceDocument | undefined;

/** Why a span could not be completed, and what to do, if known. */
export interface Unfinished {
  readonly reason: string;
  readonly hint?: Sentence | undefined;
}

/** Why a span could not be completed; the pointer is that in the completed record. */
export interface Incomplete extends Unfinished {
  readonly pointer: string;
}

export interface Completed {
  readonly record: JsonObject;
  readonly incomplete: readonly Incomplete[];
}

/** Members of a span that can be computed from its words and its source. */
export const computed = ['start', 'end', 'sha256', 'begins', 'ends'] as const;

/**
 * Fills in what the spans of a record lack, if the document's text is available and unambiguous: digest and words of a
 * span that has `start` and `end`; everything for a span that has `begins` and `ends`, or all of its words in `begins`.
 * A list in which a span was completed is sorted by source and position. Complete spans stay as they are, right or
 * wrong: `validate` checks them.
 */
export function completeSpans(
  record: JsonObject,
  at: readonly string[],
  documentOf: DocumentOf,
  documents: Documents,
): Completed {
  const incomplete: Incomplete[] = [];
  let completed = record;
  for (const pointer of at) {
    const spans = resolvePointer(completed, pointer);
    if (!isArray(spans) || spans.every((span) => !isObject(span) || isComplete(span))) continue;
    const reasons = new Map<Json, Unfinished>();
    const full = spans.map((span) => {
      const result = completeSpan(span, documentOf, documents);
      if (!('reason' in result)) return result.span;
      reasons.set(span, result);
      return span;
    });
    const sorted = full.toSorted(compareSpans);
    completed = replaceAt(completed, pointerSteps(pointer) ?? [], sorted);
    for (const [i, span] of sorted.entries()) {
      const reason = reasons.get(span);
      if (reason !== undefined) incomplete.push({ pointer: below(pointer, i), ...reason });
    }
  }
  return { record: completed, incomplete };
}

/** By source, then by position. */
export function compareSpans(a: Json, b: Json): number {
  const [x, y] = [a, b].map((span) => {
    const [source, start, end] = ['source', 'start', 'end'].map((key) =>
      isObject(span) ? member(span, key) : undefined,
    );
    return { source: typeof source === 'string' ? source : '', start: Number(start ?? 0), end: Number(end ?? 0) };
  });
  if (x === undefined || y === undefined) return 0;
  return compareText(x.source, y.source) || x.start - y.start || x.end - y.end;
}

/** An object with another value at the end of a path through its objects; unchanged if the path does not exist. */
export function replaceAt(object: JsonObject, steps: readonly string[], value: Json): JsonObject {
  const [step, ...rest] = steps;
  const inner = step === undefined ? undefined : member(object, step);
  if (step === undefined || inner === undefined) return object;
  if (rest.length === 0) return { ...object, [step]: value };
  return isObject(inner) ? { ...object, [step]: replaceAt(inner, rest, value) } : object;
}

/** A span to be filled in: `begins` and `ends` by hand, or all of it by `cite`. */
export function blankSpan(source: string): JsonObject {
  return { source, begins: '', ends: '', supports: [] };
}

/** Whether a span is still blank, with this source or none. */
export function isBlank(span: Json, source: string): boolean {
  return [source, ''].some((name) => JSON.stringify(span) === JSON.stringify(blankSpan(name)));
}

/** Whether a span has everything that can be computed. */
export function isComplete(span: JsonObject): boolean {
  return computed.every((field) => member(span, field) !== undefined);
}

/** Whether a span does not say yet where it is. */
export function isUnplaced(span: JsonObject): boolean {
  return computed.every((field) => [undefined, ''].some((nothing) => member(span, field) === nothing));
}

/** The completed span, or why it cannot be completed. */
export function completeSpan(
  span: Json,
  documentOf: DocumentOf,
  documents: Documents,
): { readonly span: Json } | Unfinished {
  if (!isObject(span) || isComplete(span)) return { span };
  const source = member(span, 'source');
  if (typeof source !== 'string') return { reason: 'it does not name a source' };
  const document = documentOf(source);
  if (document === undefined) return { reason: `there is no source ${quoted(source)}` };
  const text = documents(document.file);
  if (text?.slice === undefined)
    return {
      reason: `the text of ${quoted(document.file)} is not available`,
      hint: sentence`name its folder with ${option('sources')}`,
    };
  if (text.sha256 !== document.sha256)
    return { reason: `${quoted(document.file)} does not have the digest that ${quoted(source)} gives` };
  const found = findSpan(span, document, text);
  if (typeof found === 'string') return { reason: found };
  return { span: { ...span, ...describeSpan(text, ...found) } };
}

/** Start, end, digest, first and last words for a range of a document, in code points. */
export function describeSpan(text: DocumentText, start: number, end: number): JsonObject {
  const whole = text.slice?.(start, end) ?? '';
  const words = wordsOf(whole);
  const each = Math.min(mostWords, Math.max(1, Math.floor(wordsAllowed(words.length) / 2)));
  const [begins, ends] = [words.slice(0, each).join(' '), words.slice(-each).join(' ')];
  return { start, end, sha256: text.digest(whole), begins, ends };
}

/** Where a span is: by its offsets, or else by its words, if they occur just once in the document. */
function findSpan(span: JsonObject, document: SourceDocument, text: DocumentText): readonly [number, number] | string {
  const [start, end, begins, ends] = ['start', 'end', 'begins', 'ends'].map((field) => member(span, field));
  const first = document.start ?? 0;
  const last = document.end ?? text.length;
  if (typeof start === 'number' && typeof end === 'number') {
    return start >= first && start < end && end <= last
      ? [start, end]
      : `${start} to ${end} is not inside the document`;
  }
  if (typeof begins !== 'string') return 'it has neither "start" and "end" nor "begins"';
  const whole = typeof ends === 'string' ? ends : begins;
  const length = codePoints(whole).length;
  const starts = text.find(begins).filter((i) => i >= first && i < last);
  const finals = text.find(whole).filter((i) => i >= first && i + length <= last);
  if (starts.length === 0) return `the words of "begins" ${notThere(begins, text)}`;
  if (finals.length === 0) return `the words of "ends" ${notThere(whole, text)}`;
  const found = starts.flatMap((from): (readonly [number, number])[] => {
    const least = from + codePoints(begins).length;
    const final = finals.find((i) => (typeof ends === 'string' ? i + length >= least : i === from));
    return final === undefined ? [] : [[from, final + length]];
  });
  const [only] = found;
  if (only === undefined) return 'the words of "ends" do not come after those of "begins"';
  return found.length === 1 ? only : `the words occur ${found.length} times: give more of them, or "start" and "end"`;
}

/** Why words are not found: most often, the source has another quotation mark or space. */
function notThere(words: string, text: DocumentText): string {
  if (words === '') return 'are not filled in';
  const plain = (t: string): string =>
    t
      .replace(/[\s\u00a0]+/gu, ' ')
      .replace(/[‘’]/g, "'")
      .replace(/[“”]/g, '"');
  const like = plain(text.slice?.(0, text.length) ?? '').includes(plain(words));
  return like ? 'are in the source with other quotes or spaces: copy them from there' : 'are not in the source';
}
