import { type Json, type JsonObject, below, isArray, isObject, member, resolvePointer } from '../json/json.ts';
import { toSpan } from '../schema/extensionValues.ts';
import type { Documents } from '../read/documents.ts';
import { codePoints, quoted } from '../base/text.ts';
import { type SourceDocument, type Span, schemaLink } from '../schema/extensions.ts';
import { type Digest, findSpan } from './against.ts';
import { checkRange, checkText } from './compare.ts';
import { type Passage, passageAt } from './passage.ts';
import type { Findings } from '../schema/walk.ts';

/** A span with its words in context, or with the reason why they cannot be shown or are not certain. */
export interface TracedSpan {
  readonly supports: readonly string[];
  /** Source and offsets, as far as the span has them. */
  readonly spot: string;
  readonly passage: Passage | undefined;
  readonly reason: string | undefined;
  /** Whether the reason is a fault in the data; a text that is not available is not a fault. */
  readonly fault: boolean;
}

/** A field of a record: a value without parts, or anything that a span supports as a whole. */
export interface TracedField {
  readonly pointer: string;
  /** Undefined for an object or a list: its fields follow. */
  readonly value: Json | undefined;
  /** The spans that support this very field. */
  readonly spans: readonly TracedSpan[];
  /** The nearest field above that has spans: they support this one too. */
  readonly above: string | undefined;
  /** Whether the schema requires evidence, and there is none. */
  readonly lacks: boolean;
}

export interface Trace {
  readonly fields: readonly TracedField[];
  readonly spans: readonly TracedSpan[];
}

/** What a trace shows of a span. */
export type ShownSpan = Pick<TracedSpan, 'passage' | 'reason' | 'fault'>;

/** The fields of a record in order, each with its evidence. `found` is what a walk through the record found. */
export function traceRecord(
  record: JsonObject,
  found: Pick<Findings, 'spans' | 'needEvidence'>,
  show: (span: Span) => ShownSpan,
): Trace {
  const values = found.spans.flatMap((pointer) => {
    const list = resolvePointer(record, pointer);
    return isArray(list) ? list : [];
  });
  const spans = values.map((value) => traceSpan(value, show));
  const needed = new Set(found.needEvidence);
  const fields: TracedField[] = [];
  const visit = (value: Json, pointer: string, above: string | undefined): void => {
    if (found.spans.includes(pointer)) return;
    const own = spans.filter(({ supports }) => supports.includes(pointer));
    const parts = partsOf(value);
    if (pointer !== '' && (parts.length === 0 || own.length > 0)) {
      const lacks = needed.has(pointer) && own.length === 0 && above === undefined;
      fields.push({ pointer, value: parts.length === 0 ? value : undefined, spans: own, above, lacks });
    }
    for (const [key, inner] of parts) {
      if (pointer === '' && key === schemaLink) continue;
      // a span of the whole record supports nothing
      visit(inner, below(pointer, key), own.length > 0 && pointer !== '' ? pointer : above);
    }
  };
  visit(record, '', undefined);
  return { fields, spans };
}

function partsOf(value: Json): readonly (readonly [string | number, Json])[] {
  if (isArray(value)) return [...value.entries()];
  return isObject(value) ? Object.entries(value) : [];
}

function traceSpan(value: Json, show: (span: Span) => ShownSpan): TracedSpan {
  const span = toSpan(value);
  if (span === undefined) {
    const [source, supports] = ['source', 'supports'].map((key) => (isObject(value) ? member(value, key) : undefined));
    return {
      supports: isArray(supports) ? supports.filter((field) => typeof field === 'string') : [],
      spot: typeof source === 'string' ? source : 'a span',
      passage: undefined,
      reason: 'it is not complete',
      fault: true,
    };
  }
  const { source, start, end, supports } = span;
  return { supports, spot: `${source} ${start}–${end}`, ...show(span) };
}

/** Shows spans in the texts of their sources. */
export function inSources(
  documentOf: (source: string) => SourceDocument | undefined,
  documents: Documents,
): (span: Span) => ShownSpan {
  return (span) => {
    const document = documentOf(span.source);
    if (document === undefined) return without('there is no such source', true);
    const text = documents(document.file);
    if (text?.slice === undefined) return without(`${edgesOf(span)}; the text is not available`, false);
    if (text.sha256 !== document.sha256)
      return without(`${quoted(document.file)} does not have the digest that the source gives`, true);
    const [fault] = [...checkRange(span, '', document), ...checkText(span, '', text)];
    if (fault !== undefined) return without(fault.message, true);
    const bounds = { start: document.start ?? 0, end: Math.min(document.end ?? text.length, text.length) };
    return { passage: passageAt(text.slice, span, bounds), reason: undefined, fault: false };
  };
}

/**
 * Shows spans in a text that the user has, regardless of its white space and punctuation; `name` is its name in
 * messages.
 */
export function inText(text: string, name: string, digest: Digest): (span: Span) => ShownSpan {
  const points = codePoints(text);
  const slice = (start: number, end: number): string => points.slice(start, end).join('');
  return (span) => {
    const found = findSpan(text, span, digest);
    if (found === undefined) return without(`${edgesOf(span)} is not in ${name}`, true);
    const passage = passageAt(slice, found, { start: 0, end: points.length });
    return { passage, reason: found.match === 'same' ? undefined : onlyAlike, fault: false };
  };
}

const onlyAlike = 'first words, last words and length match; compare the words in between yourself';

function without(reason: string, fault: boolean): ShownSpan {
  return { passage: undefined, reason, fault };
}

function edgesOf({ begins, ends }: Span): string {
  return `“${begins} … ${ends}”`;
}
