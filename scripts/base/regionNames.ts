import { triedLanguages } from './dateWords.ts';
import { lazy } from './lazy.ts';
import { foldedName } from './text.ts';

/** The ISO 3166 codes of countries, and others of the CLDR; instead of one that was replaced, its successor. */
function regionCodes(): readonly string[] {
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i));
  const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  const now = codes
    .filter((code) => english.of(code) !== undefined)
    .map((code) => new Intl.Locale('und', { region: code }).region ?? code);
  return [...new Set(now)];
}

/** A country: its ISO 3166 code, and its names in many languages, folded as by `foldedName`. */
export interface Region {
  readonly code: string;
  readonly names: readonly string[];
}

/** Names that texts in English have and the CLDR does not, or only as variants, which no runtime gives. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  CI: ['Ivory Coast'],
  CV: ['Cape Verde'],
  CZ: ['Czech Republic'],
  GB: ['Britain', 'Great Britain'],
  MK: ['Macedonia'],
  MM: ['Burma'],
  NL: ['Holland'],
  PS: ['Palestine'],
  SZ: ['Swaziland'],
  TL: ['East Timor'],
  TR: ['Turkey'],
  VA: ['Vatican'],
};

/** All countries. Their names are from the CLDR, as the runtime has it, and some others. */
export const regions = lazy((): readonly Region[] => {
  const styles = (['long', 'short'] as const).flatMap((style) =>
    triedLanguages.map((language) => new Intl.DisplayNames(language, { type: 'region', fallback: 'none', style })),
  );
  return regionCodes().map((code) => {
    const names = styles.flatMap((inLanguage) => inLanguage.of(code)?.replace(/\s*\(.*/u, '') ?? []);
    const all = new Set([...names, ...(otherNames[code] ?? [])]);
    return { code, names: [...new Set([...all].map(foldedName))] };
  });
});

/** The most letters that an inflected name has in place of the usual ending, and beyond it. */
const longestEnding = 2;
/** Fewer letters begin too many names. */
const fewestLetters = 4;

/** A country that words can mean. */
export interface MeantRegion extends Region {
  /** Whether the words are one of them. Otherwise they are like an inflected form, as many surnames are. */
  readonly isName: boolean;
}

/** The country that words mean, folded as by `foldedName`. Undefined if none is meant, or several can be. */
export function meantRegion(words: string): MeantRegion | undefined {
  const all = regions();
  const called = all.filter(({ names }) => names.includes(words));
  const isName = called.length > 0;
  const meant = isName ? called : all.filter(({ names }) => names.some((name) => isFormOf(words, name)));
  const [region] = meant;
  return region === undefined || meant.length > 1 ? undefined : { ...region, isName };
}

/** Whether words are the inflected form of a name, or begin it. */
function isFormOf(words: string, name: string): boolean {
  const [theirs, own] = [words.split(' '), name.split(' ')];
  return (
    theirs.length === own.length &&
    own.every((word, i) => {
      const form = theirs[i] ?? '';
      if (form.length < fewestLetters) return form === word;
      const stem = word.slice(0, Math.max(fewestLetters, word.length - longestEnding));
      return word.startsWith(form) || (form.startsWith(stem) && form.length <= word.length + longestEnding);
    })
  );
}
