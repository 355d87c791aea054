import { foldedName } from '../../base/text.ts';
import { slug } from '../../verbs/slug.ts';
import { beginsWord } from './wordBounds.ts';

/** How a record matches, best first. */
export const ranks = [
  'is',
  'is also called',
  'begins with',
  'has a word that begins with',
  'contains',
  'has the words of',
  'is of the kind of',
] as const;

/** What is searched for. */
export interface Sought {
  /** The words as typed, folded. */
  readonly words: string;
  /** Lists of words: a record that has all of one list matches too. */
  readonly lists: readonly (readonly string[])[];
  /** The words one by one: a record matches last that has each of them in its names or its kinds. */
  readonly own: readonly string[];
}

/** What typed words mean: as they are, in any order, and if they are Cyrillic, in the Latin letters of identifiers. */
export function soughtBy(typed: string): Sought {
  const words = foldedName(typed).trim();
  const isCyrillic = /\p{sc=Cyrillic}/u.test(words);
  const latin = isCyrillic ? [slug(typed.trim(), 'ukrainian'), slug(typed.trim(), 'other')] : [];
  const own = words.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');
  const inLatin = [...new Set(latin)].filter((each) => each !== '').map((each) => each.split('-'));
  // one word alone is found as typed
  return { words, lists: own.length > 1 ? [own, ...inLatin] : inLatin, own };
}

/**
 * The best rank among the folded names of a record, its own first; `ranks.length` if none matches. `kinds` are what it
 * shares with others, such as its codes.
 */
export function rankOf(names: readonly string[], { words, lists, own }: Sought, kinds: readonly string[] = []): number {
  let best: number = ranks.length;
  for (const [i, name] of names.entries()) {
    const at = name.indexOf(words);
    if (at < 0) continue;
    const isWhole = at === 0 && name.length === words.length;
    best = Math.min(best, isWhole ? Math.min(i, 1) : at === 0 ? 2 : beginsWord(name, words) ? 3 : 4);
  }
  if (best < ranks.length) return best;
  const has = (word: string): boolean => names.some((name) => beginsWord(name, word));
  if (lists.some((list) => list.every(has))) return 5;
  const isOfKind = (word: string): boolean => has(word) || kinds.some((kind) => beginsWord(kind, word));
  return kinds.length > 0 && own.length > 0 && own.every(isOfKind) ? 6 : best;
}

/** Those with a rank below a number, in the order of their ranks. `most` of each rank, and of all, are enough. */
export function inRanks<T>(all: readonly T[], count: number, rank: (one: T) => number, most = Infinity): readonly T[] {
  const ranked = Array.from({ length: count }, (): T[] => []);
  for (const one of all) {
    const those = ranked[rank(one)];
    if (those !== undefined && those.length < most) those.push(one);
  }
  return ranked.flat().slice(0, most);
}
