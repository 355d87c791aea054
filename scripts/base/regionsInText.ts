import { createRequire } from 'node:module';
import { lazy } from './lazy.ts';
import { type Region, regions } from './regionNames.ts';
import { foldedName } from './text.ts';

/** Loaded when it is needed: it takes 20 ms, and the workbench opens without it. */
const nationalities = lazy((): typeof import('i18n-nationality') => createRequire(import.meta.url)('i18n-nationality'));

/** Endings of the adjective of a country, by language: `polnische`, `polonaises`, `Russians`. */
const endings = { en: ['s'], de: ['e', 'er', 'en', 'es', 'em'], fr: ['e', 's', 'es'] } as const;

/** A name that means countries: as it is in texts, several can share an adjective. */
interface Meaning {
  readonly regions: readonly Region[];
  readonly isAdjective: boolean;
  /** Whether it can begin with a small letter. */
  readonly isCommon: boolean;
}

/** Names and adjectives of countries, folded. */
const meanings = lazy((): ReadonlyMap<string, Meaning> => {
  const found = new Map<string, Meaning>();
  const add = (name: string, region: Region, kind: Omit<Meaning, 'regions'>): void => {
    const before = found.get(name)?.regions ?? [];
    if (!before.includes(region)) found.set(name, { ...kind, regions: [...before, region] });
  };
  const kind = { isAdjective: false, isCommon: false };
  for (const region of regions())
    for (const name of region.names) {
      add(name, region, kind);
      // `Congo` can be either of two
      const [first = '', second] = name.split(/\s*[-–]\s*/u);
      if (second !== undefined && !first.includes(' ')) add(first, region, kind);
    }
  for (const [language, ends] of Object.entries(endings))
    for (const [adjective, region] of adjectivesIn(language))
      for (const end of ['', ...ends])
        add(`${adjective}${end}`, region, { isAdjective: true, isCommon: language !== 'en' });
  return found;
});

/**
 * The adjectives of countries in a language. That of a territory, which has its name in parentheses, is the one of
 * the country.
 */
function adjectivesIn(language: string): readonly (readonly [string, Region])[] {
  const all = regions().flatMap((region) => {
    const name = nationalities().getName(region.code, language);
    return name === undefined ? [] : [{ region, name, plain: foldedName(name.replace(/\s*\(.*/u, '')) }];
  });
  const whole = new Set(all.filter(({ name }) => !name.includes('(')).map(({ plain }) => plain));
  return all
    .filter(({ name, plain }) => /^\p{L}[\p{L}' -]+$/u.test(plain) && (!name.includes('(') || !whole.has(plain)))
    .map(({ plain, region }) => [plain, region] as const);
}

/** The most words of a name: `St Vincent and the Grenadines`. */
const mostWords = 6;

/** A shorter name is only one in capitals: `US`, not `us`. */
const shortestWord = 4;

/** A country that a text names. */
export interface NamedRegion extends Region {
  /** Whether nothing else can be meant: another country of the same name, or somebody called `Jordan Smith`. */
  readonly isCertain: boolean;
  /** Whether it is named by its adjective only. */
  readonly isAdjective: boolean;
}

/**
 * The countries that a text names, in its order: by their names in many languages, or by their adjectives in English,
 * German and French.
 */
export function regionsInText(text: string): readonly NamedRegion[] {
  const all = [...text.matchAll(/[\p{L}\p{M}]+(?:[.'’ʼ-][\p{L}\p{M}]+)*/gu)];
  const words = all.map(([word]) => bare(word));
  const found = new Map<string, NamedRegion>();
  for (let at = 0; at < words.length;) {
    const { count, meaning } = longestNameAt(words, at);
    const [first, last] = [all[at], all[at + count - 1]];
    at += count;
    if (meaning === undefined || first === undefined || last === undefined) continue;
    const before = text.slice(Math.max(0, first.index - around), first.index);
    const after = text.slice(last.index + last[0].length).slice(0, around);
    const isWhole = first[0] === bare(first[0]);
    const isPartOfName =
      partOfName.test(before) ||
      waters.test(after) ||
      (!meaning.isAdjective && (endsFullName.test(before) || (count === 1 && isWhole && isFirstName(first[0], after))));
    const isCertain = meaning.regions.length === 1 && !isPartOfName;
    for (const region of meaning.regions)
      if (found.get(region.code)?.isCertain !== true)
        found.set(region.code, { ...region, isCertain, isAdjective: meaning.isAdjective });
  }
  return [...found.values()];
}

/** What is read on either side of a name. Code units. */
const around = 60;

/** Whether a name goes on with another word, as in `Jordan Smith`, but not in `US President`. */
function isFirstName(word: string, after: string): boolean {
  return word.length >= shortestWord && /^[^\S\n]+\p{Lu}/u.test(after);
}

/** What makes a name that of another one: `New Mexico`, `Northern Irish`. */
const partOfName = /(?:New|(?:North|South|East|West)(?:ern)?|Nord|Süd|Ost|West)[\s-]+$/u;
/** A first name or another word with a capital, not at the beginning of a sentence: `met Michael Jordan`. */
const endsFullName = /\p{Ll}['’]?\s+\p{Lu}[\p{L}\p{M}-]+\s+$|^\p{Lu}[\p{L}\p{M}-]+\s+$/u;
const waters = /^\s+(?:Ocean|Sea|Gulf|Channel|Canal|Bay|River)(?![\p{L}])/u;

/** The longest name of a country that some words have at an index, and its number of words; one if there is none. */
function longestNameAt(words: readonly string[], at: number): { readonly count: number; readonly meaning?: Meaning } {
  for (let count = Math.min(mostWords, words.length - at); count > 0; count--) {
    const meaning = meaningOf(words.slice(at, at + count));
    if (meaning !== undefined) return { count, meaning };
  }
  return { count: 1 };
}

/** A word without its genitive, and without the stops of `U.S`. */
function bare(word: string): string {
  return word.replace(/['’ʼ]s?$/u, '').replace(/(?<=\b\p{Lu})\.(?=\p{Lu}(?:\.|$))/gu, '');
}

function meaningOf(words: readonly string[]): Meaning | undefined {
  const [first = ''] = words;
  const name = words.join(' ');
  const meaning = meanings().get(foldedName(name));
  if (meaning === undefined || (name.length < shortestWord && name !== name.toUpperCase())) return undefined;
  return meaning.isCommon || /^\p{Lu}|^\p{Lo}/u.test(first) ? meaning : undefined;
}
