import { foldedName } from '../../base/text.ts';
import { slug } from '../../verbs/slug.ts';

/** How a record matches, best first. */
export const ranks = ['is', 'begins with', 'contains', 'has the words of'] as const;

/** What is searched for. */
export interface Sought {
  /** The words as typed, folded. */
  readonly words: string;
  /** Lists of words: a record that has all of one list matches too. */
  readonly lists: readonly (readonly string[])[];
}

/** What typed words mean: as they are, in any order, and if they are Cyrillic, in the Latin letters of identifiers. */
export function soughtBy(typed: string): Sought {
  const words = foldedName(typed).trim();
  const isCyrillic = /\p{sc=Cyrillic}/u.test(words);
  const latin = isCyrillic ? [slug(typed.trim(), 'ukrainian'), slug(typed.trim(), 'other')] : [];
  const own = words.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');
  const inLatin = [...new Set(latin)].filter((each) => each !== '').map((each) => each.split('-'));
  // one word alone is found as typed
  return { words, lists: own.length > 1 ? [own, ...inLatin] : inLatin };
}

/** The best rank among the folded names of a record; `ranks.length` if none matches. */
export function rankOf(names: readonly string[], { words, lists }: Sought): number {
  let best: number = ranks.length;
  for (const name of names) {
    const at = name.indexOf(words);
    if (at >= 0) best = Math.min(best, at > 0 ? 2 : name.length === words.length ? 0 : 1);
  }
  if (best < ranks.length) return best;
  const has = (word: string): boolean => names.some((name) => beginsWord(name, word));
  return lists.some((list) => list.every(has)) ? ranks.length - 1 : best;
}

/** Whether a word of a name begins with these letters. */
function beginsWord(name: string, letters: string): boolean {
  for (let at = name.indexOf(letters); at >= 0; at = name.indexOf(letters, at + 1))
    if (at === 0 || !/[\p{L}\p{M}\p{N}]/u.test(name[at - 1] ?? '')) return true;
  return false;
}
