import { codePoints } from '../base/text.ts';

/** A spot in a text: offsets in code points. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A text in which interchangeable characters are one, with the code points that each of its characters comes from. */
interface Folded {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const folds: readonly (readonly [RegExp, string])[] = [
  [/[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/u, ' '],
  [/[\u2018\u2019\u201a\u201b\u2032\u00b4`]/u, "'"],
  [/[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]/u, '"'],
  [/[\u2010-\u2015\u2212]/u, '-'],
  [/\u2026/u, '...'],
  [/[\u00ad\u200b-\u200d\u2060\ufeff]/u, ''],
];

/**
 * Runs of white space become one space, runs of dashes one hyphen, curly quotes straight ones, an ellipsis three dots.
 * Accents are separated from their letters; soft hyphens and zero-width characters are dropped. Case stays.
 */
function fold(text: string): Folded {
  const signs: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (const [offset, point] of codePoints(text).entries()) {
    const found = folds.find(([signs_]) => signs_.test(point));
    const to = found === undefined ? point.normalize('NFD') : found[1];
    if ((to === ' ' || to === '-') && signs.at(-1) === to) {
      ends[ends.length - 1] = offset + 1;
      continue;
    }
    for (const unit of to.split('')) {
      signs.push(unit);
      starts.push(offset);
      ends.push(offset + 1);
    }
  }
  return { text: signs.join(''), starts, ends };
}

/** Where a quote is in a text, folded as above: as whole words, or else inside longer ones. Overlapping spots count. */
export function findQuotation(text: string, quote: string): readonly Range[] {
  const wanted = fold(quote).text.trim();
  const folded = fold(text);
  if (wanted === '') return [];
  const spots: number[] = [];
  for (let at = folded.text.indexOf(wanted); at >= 0; at = folded.text.indexOf(wanted, at + 1)) {
    if (!cutsSign(folded, at) && !cutsSign(folded, at + wanted.length)) spots.push(at);
  }
  const whole = spots.filter((at) => !cutsWord(folded.text, at) && !cutsWord(folded.text, at + wanted.length));
  return (whole.length > 0 ? whole : spots).flatMap((at) => rangeOf(folded, at, at + wanted.length));
}

function rangeOf({ starts, ends }: Folded, from: number, to: number): readonly Range[] {
  const [start, end] = [starts[from], ends[to - 1]];
  return start === undefined || end === undefined ? [] : [{ start, end }];
}

/** Whether a spot is inside what was one character, such as an ellipsis, or between a letter and its accent. */
function cutsSign({ text, starts }: Folded, at: number): boolean {
  return (at > 0 && at < starts.length && starts[at] === starts[at - 1]) || /^\p{M}/u.test(text.slice(at, at + 2));
}

const letter = /[\p{L}\p{M}\p{N}]/u;
// scripts without spaces between words: any spot can be the edge of a word
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** Whether a spot is between two letters of one word. */
function cutsWord(text: string, at: number): boolean {
  const before = codePoints(text.slice(Math.max(0, at - 2), at)).at(-1) ?? '';
  const after = codePoints(text.slice(at, at + 2))[0] ?? '';
  return [before, after].every((point) => letter.test(point) && !unspaced.test(point));
}

/** The share of a quote's words that can differ in a similar passage. */
const mostOther = 0.6;

interface Cell {
  /** Words left out, added or replaced so far, and the word with which the passage begins. */
  readonly cost: number;
  readonly from: number;
}

/**
 * The passage that is nearest to a quote, word by word; undefined if none is similar: approximate matching with a free
 * beginning and end (Sellers 1980). Of equally near passages, the first; of those that begin together, the longest.
 */
export function nearestPassage(text: string, quote: string): Range | undefined {
  const wanted = wordsIn(quote).map(({ word }) => word);
  const words = wordsIn(text);
  let row: readonly Cell[] = [{ cost: 0, from: 0 }, ...wanted.map((_, i) => ({ cost: i + 1, from: 0 }))];
  let best: (Cell & { readonly last: number }) | undefined;
  for (const [last, { word }] of words.entries()) {
    row = nextRow(row, wanted, word, last);
    const cell = row.at(-1);
    if (cell === undefined || cell.cost >= wanted.length || cell.cost > mostOther * wanted.length) continue;
    const longer = best !== undefined && cell.cost === best.cost && cell.from === best.from;
    if (best === undefined || cell.cost < best.cost || longer) best = { ...cell, last };
  }
  const [first, final] = [words[best?.from ?? 0], words[best?.last ?? 0]];
  return best === undefined || first === undefined || final === undefined
    ? undefined
    : { start: first.start, end: final.end };
}

function nextRow(row: readonly Cell[], wanted: readonly string[], word: string, at: number): readonly Cell[] {
  const next: Cell[] = [{ cost: 0, from: at + 1 }];
  for (const [i, each] of wanted.entries()) {
    const replaced = more(row[i], each === word ? 0 : 1);
    const options = [replaced, more(row[i + 1], 1), more(next[i], 1)];
    next.push(options.reduce((a, b) => (b.cost < a.cost ? b : a)));
  }
  return next;
}

function more(cell: Cell | undefined, cost: number): Cell {
  return { cost: (cell?.cost ?? 0) + cost, from: cell?.from ?? 0 };
}

/**
 * The words of a text for comparison: letters without accents, and digits, in lower case; other characters if there is
 * nothing else.
 */
function wordsIn(text: string): readonly (Range & { readonly word: string })[] {
  const folded = fold(text);
  return [...folded.text.matchAll(/[^ ]+/g)].flatMap((match) => {
    const plain = match[0].toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
    const word = plain === '' ? match[0] : plain;
    return rangeOf(folded, match.index, match.index + match[0].length).map((range) => ({ word, ...range }));
  });
}
