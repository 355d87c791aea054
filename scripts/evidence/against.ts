import type { Span } from '../schema/extensions.ts';
import { codePoints } from '../base/text.ts';
import { type Range, findQuotation } from './findQuote.ts';

/**
 * A span in a text that is not byte for byte its document. `same`: its words, confirmed by the digest. `alike`: only
 * its first and last words and its length, since the record does not hold the words in between.
 */
export interface FoundSpan extends Range {
  readonly match: 'same' | 'alike';
}

/** SHA-256 of the UTF-8 bytes of a text, in hexadecimal. */
export type Digest = (text: string) => string;

/** The most digests computed to find the white space and signs of the original span. */
const mostTried = 50_000;

/** How much longer or shorter than the span a passage can be: white space and signs take more or fewer characters. */
const mostLonger = { share: 0.05, points: 6 };

/**
 * Finds a span by its words, regardless of how the text writes white space, line ends, quotation marks and dashes.
 * Undefined if no passage has its first and last words and its length. Offsets in code points.
 */
export function findSpan(text: string, span: Span, digest: Digest): FoundSpan | undefined {
  const points = codePoints(text);
  const length = span.end - span.start;
  const most = Math.max(length * mostLonger.share, mostLonger.points);
  const ends = findQuotation(text, span.ends);
  const passages = findQuotation(text, span.begins).flatMap((first) =>
    ends.flatMap((last): readonly Range[] => {
      const range = { start: first.start, end: Math.max(first.end, last.end) };
      if (last.start < first.start) return [];
      const words = plain(points.slice(range.start, range.end).join(''));
      return Math.abs(codePoints(words).length - length) <= most ? [range] : [];
    }),
  );
  for (const range of passages)
    if (isWrittenAs(points.slice(range.start, range.end).join(''), length, (words) => digest(words) === span.sha256))
      return { ...range, match: 'same' };
  const [first] = passages;
  return first === undefined ? undefined : { ...first, match: 'alike' };
}

function plain(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** Whether a passage is the span, once its white space, quotation marks and dashes are written in another way. */
function isWrittenAs(passage: string, length: number, isSpan: (words: string) => boolean): boolean {
  let tried = 0;
  for (const spelling of spellings(passage, length)) {
    if (tried++ >= mostTried) return false;
    if (isSpan(spelling)) return true;
  }
  return false;
}

/**
 * The ways to write a passage in this many code points, the likeliest first: as it is, on one line, then with other
 * gaps between its words.
 */
function* spellings(passage: string, length: number): Generator<string> {
  if (codePoints(passage).length === length) yield passage;
  const written = [...signsIn(plain(passage))].map((text) => ({
    words: text.split(' '),
    extra: length - codePoints(text).length,
  }));
  for (const changed of [0, 1, 2, 3]) for (const { words, extra } of written) yield* withGaps(words, changed, extra);
}

const gaps = ['\n', '\n\n', '\r\n', '\r\n\r\n', '\u00a0', '  '];

/** The words with this many of the spaces between them replaced by another gap, which makes them `extra` longer. */
function* withGaps(words: readonly string[], changed: number, extra: number, from = 1): Generator<string> {
  if (changed === 0) {
    if (extra === 0) yield words.join(' ');
    return;
  }
  for (const gap of gaps) {
    const left = extra - gap.length + 1;
    if (left < 0 || (changed === 1 && left > 0)) continue;
    for (let i = from; i < words.length; i++) {
      const joined = [...words.slice(0, i - 1), `${words[i - 1]}${gap}${words[i]}`, ...words.slice(i + 1)];
      yield* withGaps(joined, changed - 1, left, i);
    }
  }
}

/** Characters that editors replace with one another. */
const signs: readonly (readonly [wanted: RegExp, spellings: readonly string[]])[] = [
  [/["“”„‟«»]/gu, ['"', '“”', '„“', '«»']],
  [/['‘’‚‛]/gu, ["'", '’', '‘’']],
  [/[-‐‑–—]/gu, ['-', '–', '—']],
  [/\.\.\.|…/gu, ['...', '…']],
];

/** A text with each way to write these characters, unchanged first. Quotation marks open and close in turn. */
function* signsIn(text: string, [sign, ...others] = signs): Generator<string> {
  if (sign === undefined) {
    yield text;
    return;
  }
  yield* signsIn(text, others);
  const [wanted, spellings_] = sign;
  for (const spelling of spellings_) {
    const marks = spelling === '...' ? [spelling] : codePoints(spelling);
    let seen = 0;
    const respelt = text.replace(wanted, () => marks[seen++ % marks.length] ?? '');
    if (respelt !== text) yield* signsIn(respelt, others);
  }
}
