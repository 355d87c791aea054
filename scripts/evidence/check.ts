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
import { toSpan } from '../schema/extensionValues.ts';
import type { DocumentText, Documents } from '../read/documents.ts';
import type { CommandHint, Fault, Hint } from '../base/problem.ts';
import { findQuotation, nearestPassage } from './findQuote.ts';
import { didYouMean } from '../base/suggestions.ts';
import { codePoints, count, quoted, written } from '../base/text.ts';
import type { SourceDocument, Span } from '../schema/extensions.ts';
import type { Findings, Verbatim } from '../schema/walk.ts';

/** `begins` and `ends` have so many words at most each. */
export const mostWords = 6;

/** The words of a text, as white space parts them. */
export function wordsOf(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== '');
}

/** How many words `begins` and `ends` may have together: a third of the span's, but one each at least. */
export function wordsAllowed(spanWords: number): number {
  return Math.max(2, Math.floor(spanWords / 3));
}

export interface SpanCheck {
  readonly faults: readonly Fault[];
  /** Spans compared with their document's text, and spans for which the text is not at hand. */
  readonly checked: number;
  readonly unchecked: number;
}

/**
 * Checks the spans of a record: their order and range, that each field they support is there, and, where the document's text is at hand, digest and words,
 * and that what claims to be the words of a source stands in it. `found` is what a walk through the record found; `name` is the record's, as commands take it.
 */
export function checkSpans(
  name: string,
  record: JsonObject,
  { spans: at, needEvidence: needed, verbatim }: Pick<Findings, 'spans' | 'needEvidence' | 'verbatim'>,
  documentOf: (source: string) => SourceDocument | undefined,
  documents: Documents,
): SpanCheck {
  const faults: Fault[] = [];
  const supported = new Set<string>();
  const seen = new Map<string, string>();
  let checked = 0;
  let unchecked = 0;
  const passages: Passage[] = [];
  for (const [pointer, value] of at.flatMap((p) => elements(record, p))) {
    const span = toSpan(value);
    if (span === undefined) {
      const fields = supportsOf(value);
      for (const field of fields) supported.add(field);
      passages.push({ supports: fields, text: undefined });
      continue;
    }
    faults.push(...checkSupports(span, pointer, record, at, supported), ...checkTwice(span, pointer, seen));
    const document = documentOf(span.source);
    if (document === undefined) {
      passages.push({ supports: span.supports, text: undefined });
      continue;
    }
    const rangeFaults = checkRange(span, pointer, document);
    const text = documents(document.file);
    // a document whose bytes changed is told once, at the source; its spans are not compared with other bytes
    if (text === undefined || text.sha256 !== document.sha256) unchecked++;
    else {
      checked++;
      if (rangeFaults.length === 0) rangeFaults.push(...checkText(span, pointer, text));
    }
    faults.push(...rangeFaults);
    const compared = rangeFaults.length === 0 && text?.sha256 === document.sha256;
    passages.push({ supports: span.supports, text: compared ? text.slice?.(span.start, span.end) : undefined });
  }
  faults.push(...verbatim.flatMap((claim) => checkVerbatim(claim, passages)));
  const sources = [...new Set(at.flatMap((p) => elements(record, p)).flatMap(([, span]) => sourceOf(span)))];
  for (const pointer of needed) {
    if (!isSupported(pointer, supported)) {
      faults.push({
        rule: 'evidence',
        pointer,
        message: `no span supports ${pointer}`,
        hint: { ...citeHint(name, sources, [pointer]), before: 'add it to "supports" of the span that says it, or ' },
      });
    }
  }
  return { faults, checked, unchecked };
}

/** A span's words, undefined where they were not compared, and the fields that it supports. */
interface Passage {
  readonly supports: readonly string[];
  readonly text: string | undefined;
}

/** Looks for words in the spans that support them. White space, quote marks and dashes of every kind are taken for one another, as `cite` takes them. */
function checkVerbatim({ pointer, words }: Verbatim, passages: readonly Passage[]): readonly Fault[] {
  const texts = passages.filter(({ supports }) => isSupported(pointer, new Set(supports))).map(({ text }) => text);
  const known = texts.filter((text) => text !== undefined);
  // where a span could not be compared, it may be the one that has them
  if (known.length === 0 || known.length < texts.length) return [];
  if (known.some((text) => text.includes(words) || findQuotation(text, words).length > 0)) return [];
  const [near] = known.flatMap((text) => {
    const range = nearestPassage(text, words);
    return range === undefined ? [] : [codePoints(text).slice(range.start, range.end).join('')];
  });
  const message = `${quoted(words)} does not stand in the words that support it`;
  const hint = near === undefined || near.length > mostShown ? undefined : `there it reads ${quoted(near)}`;
  return [{ rule: 'evidence', pointer, message, hint }];
}

/** A passage longer than this, in characters, is not shown. */
const mostShown = 80;

/** The command that adds a span; the source is named where there can be no doubt about it. */
export function citeHint(name: string, sources: readonly string[], supports: readonly string[]): CommandHint {
  const [only] = sources;
  const source = sources.length === 1 && only !== undefined ? only : '…';
  return { verb: 'cite', arguments: [name, '--source', source, '--quote', '…', '--supports', supports.join()] };
}

function sourceOf(span: Json): readonly string[] {
  const source = isObject(span) ? member(span, 'source') : undefined;
  return typeof source === 'string' && source !== '' ? [source] : [];
}

/** What a span supports, whatever else it lacks: one fault is enough for it. */
function supportsOf(value: Json): readonly string[] {
  const supports = isObject(value) ? member(value, 'supports') : undefined;
  return isArray(supports) ? supports.filter((field) => typeof field === 'string') : [];
}

function elements(record: JsonObject, pointer: string): [string, Json][] {
  const value = resolvePointer(record, pointer);
  return isArray(value) ? value.map((element, i) => [below(pointer, i), element]) : [];
}

function isSupported(pointer: string, supported: ReadonlySet<string>): boolean {
  for (let end = pointer.length; end > 0; end = pointer.lastIndexOf('/', end - 1)) {
    if (supported.has(pointer.slice(0, end))) return true;
  }
  return false;
}

function checkSupports(
  span: Span,
  pointer: string,
  record: JsonObject,
  at: readonly string[],
  supported: Set<string>,
): readonly Fault[] {
  const faults: Fault[] = [];
  for (const [i, field] of span.supports.entries()) {
    const fault = (message: string, hint?: Hint): void =>
      void faults.push({ rule: 'evidence', pointer: `${pointer}/supports/${i}`, message, hint });
    if (pointerSteps(field) === undefined) continue;
    if (field === '') fault('a span supports fields, not the whole record', 'name the fields that it supports');
    else if (at.some((own) => field === own || field.startsWith(`${own}/`))) fault('a span cannot support a span');
    else if (resolvePointer(record, field) === undefined) {
      fault(`the record has nothing at ${quoted(field)}`, fieldHint(field, record));
    } else supported.add(field);
  }
  return faults;
}

/** The field that was meant: with slashes in place of dots, else the nearest; what only fails because a key is misspelt is mended with that key. */
function fieldHint(field: string, record: JsonObject): string | undefined {
  const slashed = field.replaceAll('.', '/');
  if (slashed !== field && resolvePointer(record, slashed) !== undefined) return `write ${written(slashed)}`;
  return didYouMean(
    field,
    Object.keys(record).map((key) => below('', key)),
  );
}

function checkTwice(span: Span, pointer: string, seen: Map<string, string>): readonly Fault[] {
  const key = JSON.stringify([span.source, span.start, span.end]);
  const before = seen.get(key);
  seen.set(key, pointer);
  if (before === undefined) return [];
  return [
    { rule: 'evidence', pointer, message: `the same span as ${before}`, hint: 'join what they support in one span' },
  ];
}

/** Checks a span against what its source says of the document: its order, its range, and how many words it repeats. */
export function checkRange(span: Span, pointer: string, document: SourceDocument): Fault[] {
  const fault = (field: string, message: string): Fault => ({
    rule: 'evidence',
    pointer: `${pointer}/${field}`,
    message,
  });
  if (span.end <= span.start) return [fault('end', `the span ends at ${span.end}, before it starts at ${span.start}`)];
  const { start = 0, end = Number.POSITIVE_INFINITY } = document;
  if (span.start < start)
    return [fault('start', `the span starts at ${span.start}, before its document, which starts at ${start}`)];
  if (span.end > end) return [fault('end', `the span ends at ${span.end}, past the end of its document at ${end}`)];
  for (const field of ['begins', 'ends'] as const) {
    const words = wordsOf(span[field]).length;
    if (words > mostWords) return [fault(field, `${count(words, 'word')}, more than ${mostWords}`)];
  }
  return [];
}

/** Compares a span with its document's text: that it is in range and begins and ends with words, its digest, its first and last words. */
export function checkText(span: Span, pointer: string, document: DocumentText): readonly Fault[] {
  const fault = (field: string, message: string, hint?: Hint): Fault => ({
    rule: 'evidence',
    pointer: `${pointer}/${field}`,
    message,
    hint,
  });
  if (document.slice === undefined) return [];
  if (span.end > document.length)
    return [fault('end', `the span ends at ${span.end}, past the end of its document at ${document.length}`)];
  const text = document.slice(span.start, span.end);
  if (text !== text.trim())
    return [fault('start', 'the span begins or ends with white space', 'a span begins and ends with a word')];
  if (document.digest(text) !== span.sha256) {
    return [
      fault('sha256', 'the digest is not that of the words from there to "end"', placeHint(span, document) ?? afresh),
    ];
  }
  const words = wordsOf(text);
  const first = wordsOf(span.begins);
  const last = wordsOf(span.ends);
  const faults: Fault[] = [];
  if (first.join(' ') !== words.slice(0, first.length).join(' '))
    faults.push(
      fault('begins', 'not the first words of the span', wordsHint(words.slice(0, Math.max(first.length, 1)))),
    );
  if (last.join(' ') !== words.slice(-last.length).join(' '))
    faults.push(fault('ends', 'not the last words of the span', wordsHint(words.slice(-Math.max(last.length, 1)))));
  const allowed = wordsAllowed(words.length);
  if (first.length + last.length > allowed) {
    faults.push(
      fault(
        'begins',
        `"begins" and "ends" have ${first.length + last.length} of the span's ${words.length} words`,
        `${allowed} at most`,
      ),
    );
  }
  return faults;
}

/** So many words as are there already, which are few enough. */
function wordsHint(words: readonly string[]): string {
  return `write ${written(words.join(' '))}`;
}

const afresh: Hint = {
  before: 'take "start", "end" and "sha256" out, give first and last words, and run ',
  verb: 'fix',
  arguments: [],
};

/** Where a span of these first words, these last words and this length stands, so that a shifted span can be mended. */
function placeHint(span: Span, document: DocumentText): string | undefined {
  const length = span.end - span.start;
  const spots = document.find(span.begins).filter((start) => {
    const text = document.slice?.(start, start + length);
    return text !== undefined && document.digest(text) === span.sha256;
  });
  const [only] = spots;
  return spots.length === 1 && only !== undefined ? `it stands from ${only} to ${only + length}` : undefined;
}

/** Checks the document of a source against the bytes at hand. */
export function checkDocument(
  document: SourceDocument,
  pointer: string,
  documents: Documents,
  stray: () => readonly string[],
  name: string,
): { readonly faults: readonly Fault[]; readonly atHand: boolean } {
  const fault = (field: string, message: string, hint?: Hint): Fault => ({
    rule: 'document',
    pointer: `${pointer}/${field}`,
    message,
    hint,
  });
  if (document.start !== undefined && document.end !== undefined && document.end <= document.start) {
    return { faults: [fault('end', 'the document ends before it starts')], atHand: true };
  }
  const text = documents(document.file);
  if (text === undefined) {
    const near = didYouMean(document.file, stray());
    const missing = `no text at hand is called ${quoted(document.file)}`;
    return {
      faults: near === undefined ? [] : [{ ...fault('file', missing, near), severity: 'warning' }],
      atHand: false,
    };
  }
  if (text.sha256 !== document.sha256) {
    return {
      faults: [
        fault('sha256', `the bytes of ${quoted(document.file)} digest to ${text.sha256}: not the same document`, {
          before: 'if its text was corrected, ',
          verb: 'reanchor',
          arguments: [name.slice(name.indexOf('/') + 1)],
          after: '; if it is another document, give it another name',
        }),
      ],
      atHand: true,
    };
  }
  if (text.slice === undefined)
    return {
      faults: [fault('file', `${quoted(document.file)} is not UTF-8: spans cannot be counted in it`)],
      atHand: true,
    };
  if ((document.end ?? 0) > text.length)
    return { faults: [fault('end', `past the end of the file at ${text.length}`)], atHand: true };
  return { faults: [], atHand: true };
}
