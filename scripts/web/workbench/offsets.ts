import { lazy } from '../../base/lazy.ts';
import { abbreviates } from './abbreviations.ts';

/** A range of a text, in code units. */
export interface Units {
  readonly start: number;
  readonly end: number;
}

// each takes milliseconds to create
const graphemes = lazy(() => new Intl.Segmenter(undefined, { granularity: 'grapheme' }));
const wordsIn = lazy(() => new Intl.Segmenter(undefined, { granularity: 'word' }));
const sentencesIn = lazy(() => new Intl.Segmenter(undefined, { granularity: 'sentence' }));

/** Code units inspected around an offset: no character is longer. */
const window = 200;

/** A range without white space at its ends and with no character cut in two; undefined if nothing is left. */
export function snapped(text: string, { start, end }: Units): Units | undefined {
  const words = text.slice(start, end);
  const from = start + words.length - words.trimStart().length;
  const to = end - (words.length - words.trimEnd().length);
  return to <= from ? undefined : { start: boundary(text, from, 'before'), end: boundary(text, to, 'after') };
}

/** The edge of the character around an offset; the offset itself if it is an edge. */
function boundary(text: string, at: number, edge: 'before' | 'after'): number {
  if (isBetweenAscii(text, at)) return at;
  const from = lineStart(text, Math.max(0, at - window));
  for (const { index, segment } of graphemes().segment(text.slice(from, at + window))) {
    const [first, last] = [from + index, from + index + segment.length];
    if (at > first && at < last) return edge === 'before' ? first : last;
    if (first >= at) return at;
  }
  return at;
}

/** Whether a spot is between two characters of ASCII; only CR and LF of these belong together. */
function isBetweenAscii(text: string, at: number): boolean {
  const [before, after] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  return before < 128 && after < 128 && !(before === 13 && after === 10);
}

/** An offset that cuts no character: after the nearest line break or space before it. */
function lineStart(text: string, at: number): number {
  for (let i = at; i > Math.max(0, at - window); i--) if (/[ \n]/.test(text[i - 1] ?? '\n')) return i;
  return at;
}

/** The word at or after an offset. */
export function wordFrom(text: string, at: number): Units | undefined {
  const from = lineStart(text, at);
  for (const { index, segment, isWordLike } of wordsIn().segment(text.slice(from, from + window * 4))) {
    const start = from + index;
    if (isWordLike === true && start + segment.length > at) return { start, end: start + segment.length };
  }
  return undefined;
}

/** The last word that ends before an offset. */
export function wordBefore(text: string, at: number): Units | undefined {
  const from = lineStart(text, Math.max(0, at - window));
  let found: Units | undefined;
  for (const { index, segment, isWordLike } of wordsIn().segment(text.slice(from, at)))
    if (isWordLike === true) found = { start: from + index, end: from + index + segment.length };
  return found;
}

/** The first word of the next line that has one. */
export function wordBelow(text: string, at: number): Units | undefined {
  const newline = text.indexOf('\n', at);
  return newline < 0 ? undefined : wordFrom(text, newline + 1);
}

/** The first word of the nearest line above that has one; in the first line, its first word. */
export function wordAbove(text: string, at: number): Units | undefined {
  const own = at === 0 ? -1 : text.lastIndexOf('\n', at - 1);
  for (let line = own; line > 0;) {
    line = text.lastIndexOf('\n', line - 1);
    const word = wordFrom(text, line + 1);
    if (word !== undefined && word.start < own) return word;
  }
  return wordFrom(text, 0);
}

/** What ends a paragraph: an empty line, or a line break behind the end of a sentence. */
const paragraphEnd = /\n\s*\n|[.!?…»”"’')][^\S\n]*\n/u;

/** Whether two offsets of a text, in code units, are in one paragraph. */
export function inOneParagraph(text: string, one: number, other: number): boolean {
  return !paragraphEnd.test(text.slice(Math.min(one, other), Math.max(one, other)));
}

/** How far a paragraph is looked for on either side of an offset. Code units. */
const longestParagraph = 4000;

/** The paragraph around an offset of a text, or the part of it that is near. */
export function paragraphAround(text: string, offset: number): Units {
  const [from, to] = [Math.max(0, offset - longestParagraph), Math.min(text.length, offset + longestParagraph)];
  const before = [...text.slice(from, offset).matchAll(new RegExp(paragraphEnd, 'gu'))].at(-1);
  const after = paragraphEnd.exec(text.slice(offset, to));
  return {
    start: before === undefined ? from : from + before.index + before[0].length,
    end: after === null ? to : offset + after.index + after[0].trimEnd().length,
  };
}

/** The sentences of a text, without the white space after them. An empty line ends a sentence too. */
export function sentencesOf(text: string): readonly Units[] {
  return [...text.matchAll(/(?:[^\r\n]|\r?\n(?!\s*\r?\n))+/g)].flatMap(({ 0: paragraph, index: at }) =>
    partsOf(paragraph).flatMap(({ start, end }) => {
      const words = paragraph.slice(start, end);
      const from = at + start + words.length - words.trimStart().length;
      return /[\p{L}\p{N}]/u.test(words) ? [{ start: from, end: from + words.trim().length }] : [];
    }),
  );
}

/** The words from an offset to the end of its sentence; to that of the next one if a sentence ends there. */
export function toSentenceEnd(sentences: readonly Units[], at: number): Units | undefined {
  const sentence = sentences.find(({ end }) => end > at);
  return sentence === undefined ? undefined : { start: at, end: sentence.end };
}

const titles = 'Mr|Mrs|Ms|Dr|Prof|St|Gen|Gén|Col|Lt|Capt|Sen|Gov|Hr|Fr|Nr|MM|Mme|Mlle|Sr|Sra|ім|св|гр|ст';
const endsNoSentence = new RegExp(String.raw`(?:(?<!\d)\d{1,2}|(?<![\p{L}\p{N}.])(?:\p{Lu}|${titles}))\.\s*$`, 'u');

/**
 * The sentences of a paragraph. A lower-case letter, as after a quoted question, starts no new sentence, and neither
 * does the word after an ordinal such as "28.", an initial or a title, or the number after "Feb." or "No.".
 */
function partsOf(paragraph: string): readonly Units[] {
  const parts: Units[] = [];
  for (const { start, end } of segmentsOf(paragraph)) {
    const last = parts.at(-1);
    const before = paragraph.slice(Math.max(last?.start ?? 0, start - 20), last?.end);
    const next = paragraph.slice(start, end);
    const goesOn = /^\p{Ll}/u.test(next) || endsNoSentence.test(before) || (/^\d/.test(next) && abbreviates(before));
    if (last !== undefined && goesOn) parts[parts.length - 1] = { ...last, end };
    else parts.push({ start, end });
  }
  return parts;
}

/** Code units segmented at once: the time that Intl.Segmenter takes grows with the square of the length. */
const portion = 1000;

/** The segments of a paragraph as Intl.Segmenter makes them. The last one of a portion begins the next portion. */
function segmentsOf(paragraph: string): readonly Units[] {
  const found: Units[] = [];
  let length = portion;
  for (let from = 0; from < paragraph.length;) {
    const to = Math.min(paragraph.length, from + length);
    const segments = [...sentencesIn().segment(paragraph.slice(from, to))];
    const whole = to === paragraph.length ? segments : segments.slice(0, -1);
    for (const { index, segment } of whole) found.push({ start: from + index, end: from + index + segment.length });
    length = whole.length === 0 ? length * 2 : portion;
    from = whole.length === 0 ? from : (found.at(-1)?.end ?? paragraph.length);
  }
  return found;
}
