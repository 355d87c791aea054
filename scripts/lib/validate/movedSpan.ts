import type { DocumentText } from '../read/documents.ts';
import { findQuotation } from '../findQuote.ts';
import type { SourceDocument, Span } from '../vocabulary.ts';

/** Where a span stands now; `exact` where its words are the same to the letter. */
export interface Moved {
  readonly start: number;
  readonly end: number;
  readonly exact: boolean;
}

/** A passage between the same first and last words may have become so much longer or shorter, as a share of its length or in code points. */
const mostChange = { share: 0.5, points: 40 };

/**
 * Finds a span in another text of its document: where the same words stand, by their digest, and of several such places the nearest to the old one;
 * else what stands between its first and last words, if it is one passage of about the same length.
 * @returns the place, or the reason why it cannot be told
 */
export function movedSpan(span: Span, document: SourceDocument, text: DocumentText): Moved | string {
  const first = document.start ?? 0;
  const last = document.end ?? text.length;
  const body = text.slice?.(first, last) ?? '';
  const length = span.end - span.start;
  const begins = findQuotation(body, span.begins);
  const exact = begins.filter(
    ({ start }) => text.digest(text.slice?.(first + start, first + start + length) ?? '') === span.sha256,
  );
  const [same] = nearestFirst(exact, span.start - first);
  if (same !== undefined) return { start: first + same.start, end: first + same.start + length, exact: true };
  if (begins.length === 0) return 'its first words do not stand in the text';
  const ends = findQuotation(body, span.ends);
  if (ends.length === 0) return 'its last words do not stand in the text';
  const room = Math.max(length * mostChange.share, mostChange.points);
  const passages = begins.flatMap(({ start, end }) => {
    const final = ends.find((each) => each.end >= end && each.start >= start);
    return final === undefined || Math.abs(final.end - start - length) > room ? [] : [{ start, end: final.end }];
  });
  const [only, other] = passages;
  if (only === undefined) return 'no passage of about its length stands between its first and last words';
  if (other !== undefined)
    return `${passages.length} passages of about its length stand between its first and last words`;
  return { start: first + only.start, end: first + only.end, exact: false };
}

function nearestFirst<T extends { readonly start: number }>(spots: readonly T[], start: number): readonly T[] {
  return spots.toSorted((a, b) => Math.abs(a.start - start) - Math.abs(b.start - start));
}
