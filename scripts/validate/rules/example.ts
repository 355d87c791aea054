import type { JsonObject } from '../../json/json.ts';

/** The record that most examples use. */
export const bookFile = 'raw/books/ferry.json';

/** A span of the text of `review`: `has 40 pages.` */
export const bookSpan = {
  source: 'review',
  start: 10,
  end: 23,
  sha256: '1f7f18601a2ffb016a4dbcda91afb62f20d2dcf8cf55a00ada5f825fedd05d1e',
  begins: 'has',
  ends: 'pages.',
  supports: ['/pages'],
} as const;

/** The book of the examples, with additional members. */
export function book(more: JsonObject = {}): JsonObject {
  return { id: 'ferry', title: 'The Ferry', ...more };
}

/** The book with its number of pages, and spans that support it. */
export function bookOf(...evidence: readonly JsonObject[]): JsonObject {
  return book({ pages: 40, evidence });
}
