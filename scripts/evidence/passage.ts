import type { Range } from './findQuote.ts';

/** Words of a document with some context, white space simplified: for reading, not for comparing. */
export interface Passage {
  readonly before: string;
  readonly words: string;
  readonly after: string;
}

const around = 60;

/** A passage of a document, with up to sixty characters on each side, inside `bounds`. */
export function passageAt(
  slice: (start: number, end: number) => string,
  { start, end }: Range,
  bounds: Range,
): Passage {
  const from = Math.max(bounds.start, start - around);
  const to = Math.min(bounds.end, end + around);
  const before = slice(from, start);
  const after = slice(end, to);
  return {
    before: plain(from > bounds.start ? `…${withoutPart(before, /^\S*\s+/u)}` : before).trimStart(),
    words: plain(slice(start, end)),
    after: plain(to < bounds.end ? `${withoutPart(after, /\s+\S*$/u)}…` : after).trimEnd(),
  };
}

/** Drops a partial word at the edge, unless nothing would be left: not every script has spaces between words. */
function withoutPart(text: string, part: RegExp): string {
  const whole = text.replace(part, '');
  return whole === '' ? text : whole;
}

function plain(text: string): string {
  return text.replace(/\s+/gu, ' ');
}
