import { codePoints } from './text.ts';

/** A spot in a text: offsets in code points. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A text in which signs that writers and editors take for one another are one, with the offset in code points of each of its characters. */
interface Folded {
  readonly text: string;
  readonly offsets: readonly number[];
}

const folds: readonly (readonly [RegExp, string])[] = [
  [/[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/u, ' '],
  [/[\u2018\u2019\u201a\u201b\u2032\u00b4`]/u, "'"],
  [/[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]/u, '"'],
  [/[\u2010-\u2015\u2212]/u, '-'],
  [/\u2026/u, '...'],
  [/[\u00ad\u200b-\u200d\u2060\ufeff]/u, ''],
];

/** White space runs become one space; curly quotes straight ones, dashes a hyphen, an ellipsis three dots; soft hyphens and zero-width signs go. Case stays. */
function fold(text: string): Folded {
  const signs: string[] = [];
  const offsets: number[] = [];
  for (const [offset, point] of codePoints(text).entries()) {
    const found = folds.find(([signs_]) => signs_.test(point));
    const to = found === undefined ? point : found[1];
    if (to === ' ' && signs.at(-1) === ' ') continue;
    for (const unit of to.split('')) {
      signs.push(unit);
      offsets.push(offset);
    }
  }
  return { text: signs.join(''), offsets };
}

/** Where a quote stands in a text, folded as above: as whole words, else, if it stands so nowhere, inside of longer ones. Overlapping spots count. */
export function findQuotation(text: string, quote: string): readonly Range[] {
  const wanted = fold(quote).text.trim();
  const { text: folded, offsets } = fold(text);
  const found: Range[] = [];
  if (wanted === '') return found;
  const spots: number[] = [];
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + 1)) spots.push(at);
  const whole = spots.filter((at) => !cutsWord(folded, at) && !cutsWord(folded, at + wanted.length));
  for (const at of whole.length > 0 ? whole : spots) {
    const start = offsets[at];
    const last = offsets[at + wanted.length - 1];
    if (start !== undefined && last !== undefined) found.push({ start, end: last + 1 });
  }
  return found;
}

const letter = /[\p{L}\p{M}\p{N}]/u;
// scripts that do not part words by spaces: any spot can be the edge of a word
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** Whether a spot lies between two letters of one word. */
function cutsWord(text: string, at: number): boolean {
  const before = codePoints(text.slice(Math.max(0, at - 2), at)).at(-1) ?? '';
  const after = codePoints(text.slice(at, at + 2))[0] ?? '';
  return [before, after].every((point) => letter.test(point) && !unspaced.test(point));
}

/** Least share of a quote's words that a passage must have to be like it. */
const leastAlike = 0.4;

/** The passage that has the most words with a quote in common, undefined where none is like it. */
export function nearestPassage(text: string, quote: string): Range | undefined {
  const wanted = wordsIn(quote).map(({ word }) => word);
  const words = wordsIn(text);
  let best: { readonly shared: number; readonly from: number } = { shared: 0, from: 0 };
  for (let from = 0; from < words.length; from++) {
    const left = new Set(wanted);
    let shared = 0;
    for (const { word } of words.slice(from, from + wanted.length)) if (left.delete(word)) shared++;
    if (shared > best.shared) best = { shared, from };
  }
  const first = words[best.from];
  const last = words[Math.min(words.length, best.from + wanted.length) - 1];
  if (first === undefined || last === undefined || best.shared < leastAlike * new Set(wanted).size) return undefined;
  return { start: first.start, end: last.end };
}

function wordsIn(text: string): readonly (Range & { readonly word: string })[] {
  const { text: folded, offsets } = fold(text);
  return [...folded.matchAll(/[^ ]+/g)].flatMap((match) => {
    const start = offsets[match.index];
    const last = offsets[match.index + match[0].length - 1];
    return start === undefined || last === undefined ? [] : [{ word: match[0].toLowerCase(), start, end: last + 1 }];
  });
}
