import { type Json, below, isArray, isObject, member, resolvePointer } from '../json/json.ts';
import type { Fault } from '../base/problem.ts';
import type { Nearest } from '../base/suggestions.ts';
import { checkRange, checkText } from '../evidence/compare.ts';
import type { DocumentText, Documents } from '../read/documents.ts';
import { toSpan } from '../schema/extensionValues.ts';
import type { SourceDocument } from '../schema/extensions.ts';
import type { Findings } from '../schema/walk.ts';
import { rule as duplicateSpan } from './rules/duplicate-span.ts';
import { rule as evidenceMissing } from './rules/evidence-missing.ts';
import { rule as spanSupports } from './rules/span-supports.ts';
import { rule as ownWords } from './rules/own-words.ts';
import { isInQuotes, rule as quoted } from './rules/quoted.ts';
import { type Passage, rule as verbatim } from './rules/verbatim.ts';

export interface SpanCheck {
  readonly faults: readonly Fault[];
  /** Spans compared with their document's text, and spans whose text is not available. */
  readonly checked: number;
  readonly unchecked: number;
}

/** What spans are compared with, besides their record. */
export interface SpanContext {
  readonly documentOf: (source: string) => SourceDocument | undefined;
  readonly documents: Documents;
  /** Members whose key the schema does not know, by the pointer that was meant. */
  readonly misspelt: ReadonlyMap<string, string>;
  readonly nearest: Nearest;
}

/**
 * Checks the spans of a record: their order and range, that each supported field exists, and, if the document's text is
 * available, digest, words, and that quoted words are in it. `found` is what a walk through the record found; `name` is
 * the name of the record in commands.
 */
export function checkSpans(
  name: string,
  record: Json,
  found: Pick<Findings, 'spans' | 'needEvidence' | 'verbatim' | 'ownWords' | 'quoted'>,
  { documentOf, documents, misspelt, nearest }: SpanContext,
): SpanCheck {
  const { spans: at, needEvidence: needed, verbatim: claims, ownWords: own } = found;
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
      passages.push(passageOf(fields));
      continue;
    }
    faults.push(
      ...spanSupports.check(span, pointer, { record, at, misspelt, nearest }, supported),
      ...duplicateSpan.check(span, pointer, seen),
    );
    const document = documentOf(span.source);
    if (document === undefined) {
      passages.push(passageOf(span.supports));
      continue;
    }
    const rangeFaults = checkRange(span, pointer, document);
    const text = documents(document.file);
    // a document whose bytes changed is reported once, at the source; its spans are not compared with other bytes
    if (text === undefined || text.sha256 !== document.sha256) unchecked++;
    else {
      checked++;
      if (rangeFaults.length === 0) rangeFaults.push(...checkText(span, pointer, text));
    }
    faults.push(...rangeFaults);
    const compared = rangeFaults.length === 0 && text?.sha256 === document.sha256;
    passages.push(passageOf(span.supports, compared ? { ...span, document: text } : undefined));
  }
  faults.push(...claims.flatMap((claim) => verbatim.check(claim, passages)));
  faults.push(...found.quoted.flatMap((code) => quoted.check(code, passages)));
  const sources = [...new Set(at.flatMap((p) => elements(record, p)).flatMap(([, span]) => sourceOf(span)))];
  if (own.length > 0) faults.push(...ownWords.check(own, textsOf(sources, documentOf, documents)));
  faults.push(...evidenceMissing.check(needed, supported, name, sources));
  return { faults, checked, unchecked };
}

/** The words of a span, if they were compared with the text of its document. */
function passageOf(
  supports: readonly string[],
  compared?: { readonly start: number; readonly end: number; readonly document: DocumentText },
): Passage {
  if (compared === undefined) return { supports, text: undefined, isQuoted: undefined };
  const { start, end, document } = compared;
  return { supports, text: document.slice?.(start, end), isQuoted: () => isInQuotes(document, start, end) };
}

/** The texts of the documents of sources, each once. */
function textsOf(
  sources: readonly string[],
  documentOf: SpanContext['documentOf'],
  documents: Documents,
): readonly DocumentText[] {
  const cited = new Map<string, DocumentText>();
  for (const source of sources) {
    const document = documentOf(source);
    const text = document === undefined ? undefined : documents(document.file);
    if (document !== undefined && text !== undefined) cited.set(document.file, text);
  }
  return [...cited.values()];
}

function sourceOf(span: Json): readonly string[] {
  const source = isObject(span) ? member(span, 'source') : undefined;
  return typeof source === 'string' && source !== '' ? [source] : [];
}

/** The fields that a span supports, whatever else it lacks: one fault is enough for it. */
function supportsOf(value: Json): readonly string[] {
  const supports = isObject(value) ? member(value, 'supports') : undefined;
  return isArray(supports) ? supports.filter((field) => typeof field === 'string') : [];
}

function elements(record: Json, pointer: string): [string, Json][] {
  const value = resolvePointer(record, pointer);
  return isArray(value) ? value.map((element, i) => [below(pointer, i), element]) : [];
}
