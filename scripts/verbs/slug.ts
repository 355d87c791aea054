import transliterate from '@sindresorhus/transliterate';

/** Ukrainian letters inside a word, by the romanisation of 2010. The soft sign is left out. */
const ukrainian: ReadonlyMap<string, string> = new Map(
  Object.entries({
    г: 'h',
    ґ: 'g',
    є: 'ie',
    и: 'y',
    і: 'i',
    ї: 'i',
    й: 'i',
    щ: 'shch',
    ю: 'iu',
    я: 'ia',
    х: 'kh',
    ь: '',
  }),
);

/** The letters that are romanised differently at the start of a word. */
const initial: ReadonlyMap<string, string> = new Map(Object.entries({ є: 'ye', ї: 'yi', й: 'y', ю: 'yu', я: 'ya' }));

const apostrophes = /['’ʼ]/g;

/**
 * What occurs only in Ukrainian: letters, and an apostrophe before a vowel. Belarusian has `і` and the apostrophe too.
 */
const onlyUkrainian = /[ґєї]/giu;
const seldomOther = /і|(?<=\p{sc=Cyrillic})['’ʼ](?=[єїюя])/iu;
const notUkrainian = /[ёъыэў]/giu;

/** The language that decides how Cyrillic is romanised; undefined if the text does not show it. */
export type Romanisation = 'ukrainian' | 'other' | undefined;

/** The romanisation for a text, by the letters that only one language has. */
export function romanisationOf(text: string): Romanisation {
  const known = text.match(onlyUkrainian)?.length ?? 0;
  const others = text.match(notUkrainian)?.length ?? 0;
  if (others > known) return 'other';
  return known > others || seldomOther.test(text) ? 'ukrainian' : undefined;
}

function fromUkrainian(text: string): string {
  const letters = text.toLowerCase().replace(apostrophes, '’').replaceAll('зг', 'zgh');
  return letters
    .replace(/(?<![\p{L}\p{M}’])[єїйюя]/gu, (letter) => initial.get(letter) ?? letter)
    .replaceAll('’', '')
    .replace(/\p{sc=Cyrillic}/gu, (letter) => ukrainian.get(letter) ?? letter);
}

/**
 * A text as words of lower-case letters and digits with hyphens between them; empty if it has a letter without a Latin
 * form: a name without some of its letters is not a name.
 */
export function slug(text: string, romanisation: Romanisation = romanisationOf(text)): string {
  const composed = text.normalize('NFC');
  const plain = transliterate(romanisation === 'ukrainian' ? fromUkrainian(composed) : composed)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  if (/[^a-z]/u.test(plain.replace(/\P{L}+/gu, ''))) return '';
  return plain
    .replace(apostrophes, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** The two possible slugs of a text, if only its language tells which one is right. */
export function doubtfulSlug(text: string): readonly [string, string] | undefined {
  if (!/\p{sc=Cyrillic}/u.test(text) || romanisationOf(text) !== undefined) return undefined;
  const forms = [slug(text, 'ukrainian'), slug(text, 'other')] as const;
  return forms[0] === forms[1] ? undefined : forms;
}
