import { type Range, findQuotation } from './findQuote.ts';
import type { DocumentText } from '../read/documents.ts';
import type { SourceDocument, Span } from '../schema/extensions.ts';

/** Where a span is now; `exact` if its words are the same to the letter. */
export interface Moved extends Range {
  readonly exact: boolean;
}

/** Where the documents of a file and their spans are in its corrected text, or why that cannot be determined. */
export interface Moves {
  /** By source. */
  readonly ranges: ReadonlyMap<string, Range | string>;
  /** In the order of the spans given. */
  readonly spans: readonly (Moved | string)[];
}

/**
 * How much longer or shorter a passage between the same first and last words can have become: a share of its length, or
 * code points.
 */
const mostChange = { share: 0.5, points: 40 };

/** A position in the old text whose new position is known. */
interface Anchor {
  readonly old: number;
  readonly now: number;
}

/**
 * Finds the spans of a file's documents in another text of it. A span moves to where the same words are, by their
 * digest; if there are several such places, to the one nearest to where its neighbours would take it. Otherwise it
 * moves to what is between its first and last words, if that is a single passage of about its length. The edges of a
 * document move with the spans around them.
 * @param known given ranges, by source
 */
export function moveSpans(
  spans: readonly Span[],
  documents: ReadonlyMap<string, SourceDocument>,
  known: ReadonlyMap<string, Range>,
  text: DocumentText,
): Moves {
  const spots = spans.map((span) => exactPlaces(span, text));
  const anchors = anchorsOf(spans, spots);
  const ranges = new Map(
    [...documents].map(([source, document]) => [source, known.get(source) ?? rangeNow(document, anchors, text)]),
  );
  return {
    ranges,
    spans: spans.map((span, i) => moveOne(span, spots[i] ?? [], anchors, ranges.get(span.source), text)),
  };
}

function exactPlaces(span: Span, text: DocumentText): readonly number[] {
  const [first, last] = [span.begins.split(/\s/u)[0] ?? '', span.ends.split(/\s/u).at(-1) ?? ''];
  return text.find(first).filter((start) => {
    const words = text.slice?.(start, start + span.end - span.start) ?? '';
    return words.endsWith(last) && text.digest(words) === span.sha256;
  });
}

/** The edges of the spans whose words occur in one place, in the order of the old text. */
function anchorsOf(spans: readonly Span[], spots: readonly (readonly number[])[]): readonly Anchor[] {
  return spans
    .flatMap(({ start, end }, i): Anchor[] => {
      const [only, other] = spots[i] ?? [];
      if (only === undefined || other !== undefined) return [];
      return [
        { old: start, now: only },
        { old: end, now: only + end - start },
      ];
    })
    .toSorted((a, b) => a.old - b.old);
}

function rangeNow(document: SourceDocument, anchors: readonly Anchor[], text: DocumentText): Range | string {
  if (document.start === undefined || document.end === undefined) return { start: 0, end: text.length };
  const start = document.start === 0 ? 0 : edgeNow(document.start, anchors);
  const end = edgeNow(document.end, anchors) ?? lastEdge(document.end, anchors, text);
  return start === undefined || end === undefined || start >= end || end > text.length
    ? 'the new start and end of the document in the text are unknown'
    : { start, end };
}

/** An edge moves with a span that has the same edge, or else with those on both sides, if they moved equally far. */
function edgeNow(old: number, anchors: readonly Anchor[]): number | undefined {
  const before = anchors.findLast((anchor) => anchor.old <= old);
  const after = anchors.find((anchor) => anchor.old >= old);
  if (before?.old === old) return before.now;
  if (after?.old === old) return after.now;
  const shift = shiftOf(before);
  return shift !== undefined && shift === shiftOf(after) ? old + shift : undefined;
}

/** The end of the last document of a file, if only white space would follow it. */
function lastEdge(old: number, anchors: readonly Anchor[], text: DocumentText): number | undefined {
  if (anchors.some((anchor) => anchor.old > old)) return undefined;
  const end = old + (shiftOf(anchors.at(-1)) ?? 0);
  return end <= text.length && text.slice?.(end, text.length).trim() === '' ? end : undefined;
}

function shiftOf(anchor: Anchor | undefined): number | undefined {
  return anchor === undefined ? undefined : anchor.now - anchor.old;
}

function moveOne(
  span: Span,
  exact: readonly number[],
  anchors: readonly Anchor[],
  range: Range | string | undefined,
  text: DocumentText,
): Moved | string {
  const length = span.end - span.start;
  const neighbour = anchors.toSorted((a, b) => Math.abs(a.old - span.start) - Math.abs(b.old - span.start))[0];
  const expected = span.start + (shiftOf(neighbour) ?? 0);
  if (range === undefined || typeof range === 'string') {
    const [start, other] = exact;
    return start !== undefined && other === undefined
      ? { start, end: start + length, exact: true }
      : 'its document must be found first';
  }
  const [start] = exact
    .filter((each) => each >= range.start && each + length <= range.end)
    .toSorted((a, b) => Math.abs(a - expected) - Math.abs(b - expected));
  if (start !== undefined) return { start, end: start + length, exact: true };
  return changedPassage(span, range, text);
}

/** What is between the first and last words of a span, if it is a single passage of about its length. */
function changedPassage(span: Span, range: Range, text: DocumentText): Moved | string {
  const body = text.slice?.(range.start, range.end) ?? '';
  const length = span.end - span.start;
  const begins = findQuotation(body, span.begins);
  if (begins.length === 0) return 'its first words are not in the text';
  const ends = findQuotation(body, span.ends);
  if (ends.length === 0) return 'its last words are not in the text';
  const room = Math.max(length * mostChange.share, mostChange.points);
  const passages = begins.flatMap(({ start, end }) => {
    const final = ends.find((each) => each.end >= end && each.start >= start);
    return final === undefined || Math.abs(final.end - start - length) > room ? [] : [{ start, end: final.end }];
  });
  const [only, other] = passages;
  if (only === undefined) return 'no passage of about its length is between its first and last words';
  if (other !== undefined)
    return `${passages.length} passages of about its length are between its first and last words`;
  return { start: range.start + only.start, end: range.start + only.end, exact: false };
}
