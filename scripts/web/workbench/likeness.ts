import { doubleMetaphone } from 'double-metaphone';
import { meantRegion } from '../../base/regionNames.ts';
import { foldedName } from '../../base/text.ts';
import { slug } from '../../verbs/slug.ts';
import { placeOf } from './wordBounds.ts';

/** How a record can be like typed words that it does not have, best first. */
export const likenesses = ['has another name of the region', 'can be of the region', 'sounds alike'] as const;

/** Whether a likeness is as good as the words. A surname can look like the inflected form of a region's name. */
export function isCertain(likeness: number): boolean {
  return likeness === 0;
}

/** The best likeness of the folded names of a record, by its index; `likenesses.length` if it has none. */
export function likenessTo(typed: string): (names: readonly string[]) => number {
  const words = foldedName(typed).trim();
  const region = meantRegion(words);
  const all = new Set(region?.names);
  const isPart = (name: string): boolean => region?.names.some((each) => placeOf(each, name) >= 0) === true;
  const isLike = soundsLike(words);
  return (names) => {
    if (region !== undefined && names.some((name) => all.has(name))) return region.isName ? 0 : 1;
    if (region !== undefined && names.some(isPart)) return 1;
    return isLike(names) ? 2 : likenesses.length;
  };
}

/** A shorter sound has too little of it to be told from others. */
const fewestConsonants = 2;

/** Whether a name has words that sound like each of some others: that share a Double Metaphone code with it. */
function soundsLike(words: string): (names: readonly string[]) => boolean {
  const sought = wordsIn(words).map((word) => codesOf(word).map((code) => ` ${code} `));
  if (sought.length === 0 || sought.some((codes) => codes.length === 0)) return () => false;
  const has = (own: string): boolean => sought.every((codes) => codes.some((code) => own.includes(code)));
  return (names) => {
    const own = codesIn(names);
    return has(own) && own.split('\n').some(has);
  };
}

/** The codes of names that were compared before: to find them takes long. */
const known = new WeakMap<readonly string[], string>();

/** A line for each name, with a space before and after each of its codes. */
function codesIn(names: readonly string[]): string {
  const before = known.get(names);
  if (before !== undefined) return before;
  const codes = names.map((name) => ` ${wordsIn(name).flatMap(codesOf).join(' ')} `).join('\n');
  known.set(names, codes);
  return codes;
}

function wordsIn(name: string): readonly string[] {
  return name.match(/[\p{L}\p{M}]+/gu) ?? [];
}

/** The codes of words that occurred before: many records share a first name. */
const knownWords = new Map<string, readonly string[]>();

function codesOf(word: string): readonly string[] {
  const codes = knownWords.get(word) ?? codesOfNew(word);
  knownWords.set(word, codes);
  return codes;
}

/** A word in other letters sounds as it does in Latin ones, in each romanisation. */
function codesOfNew(word: string): readonly string[] {
  const latin = /[^a-z]/.test(word) ? [slug(word, 'ukrainian'), slug(word, 'other')] : [word];
  const codes = new Set(latin.flatMap((each) => doubleMetaphone(each.replaceAll('dzh', 'j'))));
  return [...codes].filter(({ length }) => length >= fewestConsonants);
}
