import { type Json, type JsonObject, isArray, isObject, member, pointerSteps } from '../json/json.ts';
import type { DocumentText, Documents } from '../read/documents.ts';
import { codePoints } from '../text.ts';
import type { SourceDocument } from '../vocabulary.ts';
import { mostWords, wordsAllowed, wordsOf } from './evidence.ts';

type DocumentOf = (source: string) => SourceDocument | undefined;

/**
 * Fills in what a span of a record lacks, where the document's text is at hand and leaves no doubt:
 * digest and words of a span that has `start` and `end`; all of it for a span that has `begins` and `ends`, or its whole words in `begins` alone.
 * Spans that have everything are left as they are, right or wrong: validate tells.
 */
export function completeSpans(
  record: JsonObject,
  at: readonly string[],
  documentOf: DocumentOf,
  documents: Documents,
): JsonObject {
  let completed = record;
  for (const pointer of at) {
    completed = replaceAt(completed, pointerSteps(pointer) ?? [], (value) =>
      isArray(value) ? value.map((span) => completeSpan(span, documentOf, documents)) : value,
    );
  }
  return completed;
}

function replaceAt(object: JsonObject, steps: readonly string[], change: (value: Json) => Json): JsonObject {
  const [step, ...rest] = steps;
  const inner = step === undefined ? undefined : member(object, step);
  if (step === undefined || inner === undefined) return object;
  if (rest.length === 0) return { ...object, [step]: change(inner) };
  return isObject(inner) ? { ...object, [step]: replaceAt(inner, rest, change) } : object;
}

function completeSpan(span: Json, documentOf: DocumentOf, documents: Documents): Json {
  if (!isObject(span) || isComplete(span)) return span;
  const source = member(span, 'source');
  const document = typeof source === 'string' ? documentOf(source) : undefined;
  const text = document === undefined ? undefined : documents(document.file);
  if (document === undefined || text?.slice === undefined) return span;
  const place = placeOf(span, document, text);
  if (place === undefined) return span;
  const [start, end] = place;
  const words = wordsOf(text.slice(start, end));
  const each = Math.min(mostWords, Math.max(1, Math.floor(wordsAllowed(words.length) / 2)));
  return {
    ...span,
    start,
    end,
    sha256: text.digest(text.slice(start, end)),
    begins: words.slice(0, each).join(' '),
    ends: words.slice(-each).join(' '),
  };
}

function isComplete(span: JsonObject): boolean {
  return ['start', 'end', 'sha256', 'begins', 'ends'].every((field) => member(span, field) !== undefined);
}

/** Where a span stands: by its offsets, or, without them, by its words where these stand just once in the document. */
function placeOf(
  span: JsonObject,
  document: SourceDocument,
  text: DocumentText,
): readonly [number, number] | undefined {
  const [start, end, begins, ends] = ['start', 'end', 'begins', 'ends'].map((field) => member(span, field));
  const low = document.start ?? 0;
  const high = document.end ?? text.length;
  if (typeof start === 'number' && typeof end === 'number')
    return start >= low && start < end && end <= high ? [start, end] : undefined;
  if (typeof begins !== 'string') return undefined;
  const whole = typeof ends === 'string' ? ends : begins;
  const length = codePoints(whole).length;
  const lasts = text.find(whole).filter((i) => i >= low && i + length <= high);
  const places = text
    .find(begins)
    .filter((i) => i >= low && i < high)
    .flatMap((from): (readonly [number, number])[] => {
      const last = lasts.find((i) =>
        typeof ends === 'string' ? i + length >= from + codePoints(begins).length : i === from,
      );
      return last === undefined ? [] : [[from, last + length]];
    });
  return places.length === 1 ? places[0] : undefined;
}
