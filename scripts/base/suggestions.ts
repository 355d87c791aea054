import { longestCompared } from './limits.ts';

/**
 * Optimal string alignment distance (Damerau–Levenshtein without overlaps): the number of insertions, deletions,
 * replacements and swaps of neighbouring characters that turn a into b. Any number above `most` if it is above that.
 */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, previous, row] = threeRows(b.length + 1);
  for (let j = 0; j <= b.length; j++) previous[j] = j;
  for (let i = 1; i <= a.length; i++) {
    // further from the diagonal, every distance is above `most`
    const from = Math.max(1, i - most);
    const to = Math.min(b.length, i + most);
    row[from - 1] = from === 1 ? i : most + 1;
    let least = at(row, from - 1);
    for (let j = from; j <= to; j++) {
      const above = j === i + most ? most : at(previous, j);
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let d = Math.min(above + 1, at(row, j - 1) + 1, at(previous, j - 1) + (same ? 0 : 1));
      if (!same && i > 1 && j > 1 && isSwapped(a, i, b, j)) d = Math.min(d, at(before, j - 2) + 1);
      row[j] = d;
      if (d < least) least = d;
    }
    if (least > most) return most + 1;
    [before, previous, row] = [previous, row, before];
  }
  return at(previous, b.length);
}

/** Whether the two characters before `i` in a are those before `j` in b, the other way round. */
function isSwapped(a: string, i: number, b: string, j: number): boolean {
  return a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
}

type Rows = [Uint32Array, Uint32Array, Uint32Array];

const rowsOf = (length: number): Rows => [new Uint32Array(length), new Uint32Array(length), new Uint32Array(length)];

/** For words of usual length, the same rows each time: making them takes longer than filling them. */
const usualRows = rowsOf(longestCompared * 2);

function threeRows(length: number): Rows {
  const [first, second, third] = length > longestCompared * 2 ? rowsOf(length) : usualRows;
  return [first, second, third];
}

function at(row: Uint32Array, index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}

/**
 * The candidate that the writer most likely meant: the nearest, which may differ in a third of its letters, else the
 * only one that has the word among its parts. Undefined if there is none. In a word of two letters each counts half,
 * and an opposite is never suggested.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > longestCompared) return undefined;
  let best: string | undefined;
  let least = (word.length < 3 ? 0 : Math.floor(word.length / 3)) + 1;
  const folded = word.toLowerCase();
  const holding: string[] = [];
  for (const candidate of candidates) {
    if (candidate.includes(folded) && candidate.split(/[^\p{L}\p{N}]+/u).includes(folded)) holding.push(candidate);
    const lower = candidate.toLowerCase();
    const distance = editDistance(folded, lower, least - 1);
    if (distance < least && !isOpposite(folded, lower)) {
      best = candidate;
      least = distance;
    }
  }
  return best ?? (holding.length === 1 ? holding[0] : undefined);
}

const negation = /^(?:un|in|im|il|ir|dis|non|not|de|anti|mis|no)[-_ ]?/;

/** Whether two words differ only in a prefix that turns one into its opposite: `direct` and `indirect`. */
function isOpposite(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return long.endsWith(short) && negation.exec(long)?.[0] === long.slice(0, long.length - short.length);
}

/**
 * Makes the hint that names the nearest candidate; undefined if there is none. `list` names candidates that never
 * change.
 */
export type Nearest = (word: string, candidates: Iterable<string>, list?: string) => string | undefined;

/** A hint that names the nearest candidate, for a problem or a usage message. Very long words get none. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  return suggest(nearest(word, candidates));
}

/** The hint that names a candidate. */
export function suggest(near: string | undefined): string | undefined {
  return near === undefined ? undefined : `did you mean "${near}"?`;
}

/** How many hints are remembered. */
const mostRemembered = 10_000;

/**
 * Gives hints until this many candidates have been compared (of ten letters; longer words count more), then none: each
 * problem of a run can need a hint, and each hint looks through all candidates. Hints for the same word and list of
 * candidates are found once, but count each time.
 */
export function boundedNearest(
  most: number,
  hint: (word: string, candidates: Iterable<string>) => string | undefined = didYouMean,
): Nearest {
  const known = new Map<string, { readonly found: string | undefined; readonly compared: number }>();
  let left = most;
  return (word, candidates, list) => {
    if (left <= 0) return undefined;
    const key = list === undefined ? undefined : JSON.stringify([list, word]);
    const before = key === undefined ? undefined : known.get(key);
    if (before !== undefined) {
      left -= before.compared;
      return before.found;
    }
    const start = left;
    const found = hint(
      word,
      counted(candidates, () => left--),
    );
    if (key !== undefined && known.size < mostRemembered) known.set(key, { found, compared: start - left });
    return found;
  };
}

function* counted(candidates: Iterable<string>, count: () => unknown): Generator<string> {
  for (const candidate of candidates) {
    count();
    yield candidate;
  }
}
