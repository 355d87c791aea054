import { doubleMetaphone } from 'double-metaphone';
import { namesOfRegion } from '../../base/regionNames.ts';
import { foldedName } from '../../base/text.ts';
import { slug } from '../../verbs/slug.ts';

/** What a record can be called that has none of the typed words. */
export interface Likeness {
  /** The names in other languages of the country that the words name, folded. */
  readonly translated: readonly string[];
  /** How the words sound: the Double Metaphone codes of each. */
  readonly sounds: readonly (readonly string[])[];
}

export function likenessOf(typed: string): Likeness {
  const words = foldedName(typed).trim();
  const sounds = soundsIn(words);
  return { translated: namesOfRegion(words), sounds: sounds.every((codes) => codes.length > 0) ? sounds : [] };
}

/** How a record can be like the words, best first. */
export const likenesses = ['translated', 'sounds'] as const;

/** The best of these for the folded names of a record, by its index; `likenesses.length` if it is not like them. */
export function likeIn(names: readonly string[], { translated, sounds }: Likeness): number {
  if (translated.some((each) => names.some((name) => hasWords(name, each)))) return 0;
  const isLike = (name: string): boolean => {
    const own = new Set(soundsOf(name).flat());
    return sounds.every((codes) => codes.some((code) => own.has(code)));
  };
  return sounds.length > 0 && names.some(isLike) ? 1 : likenesses.length;
}

function hasWords(name: string, words: string): boolean {
  const at = name.indexOf(words);
  return at >= 0 && !/[\p{L}\p{M}]/u.test(`${name[at - 1] ?? ''}${name[at + words.length] ?? ''}`);
}

/** A shorter sound has too little of it to be told from others. */
const fewestConsonants = 2;

/** The sounds of names that were compared before: to find them takes long. */
const known = new Map<string, readonly (readonly string[])[]>();

function soundsOf(name: string): readonly (readonly string[])[] {
  const sounds = known.get(name) ?? soundsIn(name);
  known.set(name, sounds);
  return sounds;
}

/** A word in other letters sounds as it does in Latin ones, in each romanisation. */
function soundsIn(name: string): readonly (readonly string[])[] {
  return (name.match(/[\p{L}\p{M}]+/gu) ?? []).map((word) => {
    const latin = /[^a-z]/.test(word) ? [slug(word, 'ukrainian'), slug(word, 'other')] : [word];
    const codes = new Set(latin.flatMap((each) => doubleMetaphone(each.replaceAll('dzh', 'j'))));
    return [...codes].filter(({ length }) => length >= fewestConsonants);
  });
}
