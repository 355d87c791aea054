import { longestCompared } from './limits.ts';

/**
 * Optimal string alignment distance (Damerau–Levenshtein without overlaps), cut off above `most`: the number of
 * insertions, deletions, replacements and swaps of neighbouring characters that turn a into b.
 */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let d = Math.min(at(previous, j) + 1, at(row, j - 1) + 1, at(previous, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, at(before, j - 2) + 1);
      row.push(d);
      least = Math.min(least, d);
    }
    if (least > most) return most + 1;
    before = previous;
    previous = row;
  }
  return at(previous, b.length);
}

function at(row: readonly number[], index: number): number {
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
    const distance = editDistance(folded, candidate.toLowerCase(), least - 1);
    if (distance < least && !isOpposite(folded, candidate.toLowerCase())) {
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

/** Makes the hint that names the nearest candidate; undefined if there is none. */
export type Nearest = (word: string, candidates: Iterable<string>) => string | undefined;

/** A hint that names the nearest candidate, for a problem or a usage message. Very long words get none. */
export const didYouMean: Nearest = (word, candidates) => suggest(nearest(word, candidates));

/** The hint that names a candidate. */
export function suggest(near: string | undefined): string | undefined {
  return near === undefined ? undefined : `did you mean "${near}"?`;
}

/**
 * Gives hints until this many candidates have been compared (of ten letters; longer words count more), then none: each
 * problem of a run can need a hint, and each hint looks through all candidates.
 */
export function boundedNearest(most: number, hint = didYouMean): Nearest {
  let left = most;
  return (word, candidates) => {
    if (left <= 0) return undefined;
    return hint(
      word,
      counted(candidates, () => left--),
    );
  };
}

function* counted(candidates: Iterable<string>, count: () => unknown): Generator<string> {
  for (const candidate of candidates) {
    count();
    yield candidate;
  }
}
