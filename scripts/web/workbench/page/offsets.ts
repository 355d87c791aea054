/** Offsets in code units, as the browser counts, and in code points, as records do. One table serves a text. */
export interface Offsets {
  readonly toPoint: (unit: number) => number;
  readonly toUnit: (point: number) => number;
}

/** Makes the table: it holds where the second halves of surrogate pairs stand. */
export function offsetsOf(text: string): Offsets {
  const halves: number[] = [];
  for (const match of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) halves.push(match.index + 1);
  return {
    // inside of a pair, the point is the one that begins there
    toPoint: (unit) => unit - countBelow(halves, (half) => half <= unit),
    toUnit: (point) => point + countBelow(halves, (half, i) => half - i <= point),
  };
}

/** How many of a sorted list's first members fulfil a condition that none fulfils after the first that does not. */
export function countBelow<T>(list: readonly T[], isBelow: (value: T, i: number) => boolean): number {
  let [least, most] = [0, list.length];
  while (least < most) {
    const middle = (least + most) >> 1;
    const value = list[middle];
    if (value !== undefined && isBelow(value, middle)) least = middle + 1;
    else most = middle;
  }
  return least;
}

/** A range of a text, in code units. */
export interface Units {
  readonly start: number;
  readonly end: number;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const wordsIn = new Intl.Segmenter(undefined, { granularity: 'word' });
const sentencesIn = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/** So much of the text around a spot is looked at: no character is longer. */
const window = 200;

/** A range without white space at its ends and with no character cut in two; undefined where nothing is left. */
export function snapped(text: string, { start, end }: Units): Units | undefined {
  const words = text.slice(start, end);
  const from = start + words.length - words.trimStart().length;
  const to = end - (words.length - words.trimEnd().length);
  return to <= from ? undefined : { start: boundary(text, from, 'before'), end: boundary(text, to, 'after') };
}

/** The edge of the character in which an offset stands; the offset itself where it is an edge. */
function boundary(text: string, at: number, edge: 'before' | 'after'): number {
  const from = lineStart(text, Math.max(0, at - window));
  for (const { index, segment } of graphemes.segment(text.slice(from, at + window))) {
    const [first, last] = [from + index, from + index + segment.length];
    if (at > first && at < last) return edge === 'before' ? first : last;
    if (first >= at) return at;
  }
  return at;
}

/** A spot at which no character is cut: after the nearest line break or space before. */
function lineStart(text: string, at: number): number {
  for (let i = at; i > Math.max(0, at - window); i--) if (/[ \n]/.test(text[i - 1] ?? '\n')) return i;
  return at;
}

/** The word at or behind an offset. */
export function wordFrom(text: string, at: number): Units | undefined {
  const from = lineStart(text, at);
  for (const { index, segment, isWordLike } of wordsIn.segment(text.slice(from, from + window * 4))) {
    const start = from + index;
    if (isWordLike === true && start + segment.length > at) return { start, end: start + segment.length };
  }
  return undefined;
}

/** The last word that ends before an offset. */
export function wordBefore(text: string, at: number): Units | undefined {
  const from = lineStart(text, Math.max(0, at - window));
  let found: Units | undefined;
  for (const { index, segment, isWordLike } of wordsIn.segment(text.slice(from, at)))
    if (isWordLike === true) found = { start: from + index, end: from + index + segment.length };
  return found;
}

/** The sentences of a text, without the white space behind them. A line that is empty ends one too. */
export function sentencesOf(text: string): readonly Units[] {
  return [...text.matchAll(/(?:[^\r\n]|\r?\n(?!\s*\r?\n))+/g)].flatMap(({ 0: paragraph, index: at }) =>
    partsOf(paragraph).flatMap(({ start, end }) => {
      const trimmed = snapped(text, { start: at + start, end: at + end });
      return trimmed !== undefined && /[\p{L}\p{N}]/u.test(text.slice(trimmed.start, trimmed.end)) ? [trimmed] : [];
    }),
  );
}

/**
 * The sentences of a paragraph. What goes on with a small letter, as behind a question that is quoted, is no new one,
 * and neither is what follows an ordinal such as "28."
 */
function partsOf(paragraph: string): readonly Units[] {
  const parts: Units[] = [];
  for (const { index, segment } of sentencesIn.segment(paragraph)) {
    const last = parts.at(-1);
    const goesOn = /^\p{Ll}/u.test(segment) || /(?<!\d)\d{1,2}\.\s*$/.test(paragraph.slice(last?.start, last?.end));
    if (last !== undefined && goesOn) parts[parts.length - 1] = { ...last, end: index + segment.length };
    else parts.push({ start: index, end: index + segment.length });
  }
  return parts;
}
