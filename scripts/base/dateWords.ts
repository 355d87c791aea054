import { lazy } from './lazy.ts';
import { type PhraseMeaning, wordings } from './dateWordings.ts';
import { numbersIn } from './numberWords.ts';
import { supported } from './supported.ts';
import { plainWords } from './plainWords.ts';
import { partsOfMonth } from './thirdOfMonth.ts';
import { type ShiftWords, shiftsIn } from './shiftWords.ts';
import { type PastTimeWords, pastTimeWordsIn } from './pastTimes.ts';
import { type WeekendWords, weekendWordsIn } from './weekendWords.ts';

/** The words of dates in a language. All are in the form that `plainWords` gives, apart from their capital letters. */
export interface DateWords extends ShiftWords {
  readonly language: string;
  /** Whether names of months and days begin with a capital letter. */
  readonly hasCapitals: boolean;
  /** Names of months, inflected and abbreviated, with the number of each. */
  readonly months: ReadonlyMap<string, number>;
  /** What the forms of an inflected name have in usual, with the number of the month. */
  readonly stems: ReadonlyMap<string, number>;
  /** Names of days, with the number of each; 0 is Sunday. */
  readonly days: ReadonlyMap<string, number>;
  /** The names of days that also say when: a sentence can have the others for another reason. */
  readonly when: ReadonlySet<string>;
  readonly shortDays: ReadonlySet<string>;
  /** Words without a meaning of their own in a date, such as `de` or `року`. */
  readonly silent: ReadonlySet<string>;
  readonly numbers: ReadonlyMap<string, number>;
  /** What follows a phrase at the start of a text, or precedes it at the end: the first group of each pattern. */
  readonly wordings: Readonly<Partial<Record<PhraseMeaning, readonly [start: RegExp, end: RegExp]>>>;
  /** A word of any of these phrases. */
  readonly phraseWord: RegExp | undefined;
  readonly weekend: WeekendWords | undefined;
  readonly pastTime: PastTimeWords | undefined;
}

/** Languages that are tried for words of an unknown language: BCP 47 tags. */
export const triedLanguages = [
  'en af ar az be bg bn bs ca cs da de el es et eu fi fr ga gl he hi hr hu hy id is it ja ka kk ko lt lv mk mn ms mt',
  'nb nl pl pt ro ru sk sl sq sr sv tr uk uz vi zh',
].flatMap((line) => line.split(' '));

const known = new Map<string, DateWords | undefined>();

/** The words of a language, from the data of the runtime; undefined if it has none. `tag` is a BCP 47 tag. */
export function dateWords(tag: string): DateWords | undefined {
  const language = supported(tag);
  if (language === undefined) return undefined;
  if (!known.has(language)) known.set(language, wordsIn(language));
  return known.get(language);
}

/** The words of some languages, or of all that are tried where none is known. */
export function dateWordsOf(tags: readonly string[] | undefined): readonly DateWords[] {
  return [...new Set((tags ?? triedLanguages).flatMap((tag) => dateWords(tag) ?? []))];
}

/** The languages that are tried, by the names of their months, and by what the forms of a name have in usual. */
const byMonth = lazy(() => {
  const [names, stems] = [new Map<string, Set<DateWords>>(), new Map<string, Set<DateWords>>()];
  for (const words of dateWordsOf(undefined)) {
    for (const [into, from] of [
      [names, words.months],
      [stems, words.stems],
    ] as const)
      for (const name of from.keys()) into.set(name, (into.get(name) ?? new Set()).add(words));
  }
  return { names, stems };
});

/** The languages in which a word of a text names a month: exactly, or else with another ending. */
export function languagesWithMonth(text: string): readonly DateWords[] {
  const { names, stems } = byMonth();
  const words = [
    ...plainWords(text)
      .toLowerCase()
      .matchAll(/[\p{L}\p{M}']+/gu),
  ].map(([word]) => word);
  const exact = words.flatMap((word) => [...(names.get(word) ?? [])]);
  const inflected = (): readonly DateWords[] =>
    words.flatMap((word) => stemsIn(word).flatMap((stem) => [...(stems.get(stem) ?? [])]));
  return [...new Set(exact.length > 0 ? exact : inflected())];
}

/** A word without the dot of an abbreviation. */
function bare(word: string): string {
  return plainWords(word).replace(/\.$/, '');
}

const isWord = /^[\p{L}\p{M}][\p{L}\p{M}'.-]*$/u;

/** One or more words. */
const isName = /^[\p{L}\p{M}'.-][\p{L}\p{M}'. -]*$/u;

function wordsIn(language: string): DateWords {
  const months = monthsIn(language);
  const { forms, when: saying } = daysIn(language);
  const shortDays = namesOf(language, { weekday: 'short' }, 'weekday', sevenDays).flat();
  const { language: tongue } = new Intl.Locale(language);
  const parts = partsOfDay[tongue] ?? [];
  const days = new Map([...forms].flatMap(([name, day]) => ['', ...parts].map((part) => [name + part, day] as const)));
  const when = new Set([...saying].flatMap((name) => ['', ...parts].map((part) => name + part)));
  const its = wordings[tongue];
  const limits = new Set([its?.since, its?.until, its?.by, its?.before, its?.after].flatMap((own) => own?.split('|')));
  const wordingsOf = Object.entries(its ?? {}).map(([meaning, own]) => [
    meaning,
    // `mid-March`, but not `avant-hier`
    [
      new RegExp(`^(?:${own})${partsOfMonth.some((part) => part === meaning) ? '[ -]' : ' '}(?=\\S)(.+)$`, 'iu'),
      new RegExp(`^(.+) (?:${own})$`, 'iu'),
    ],
  ]);
  return {
    language,
    hasCapitals: months.flat().every((name) => /^\p{Lu}/u.test(name)),
    wordings: Object.fromEntries(wordingsOf),
    phraseWord:
      its === undefined ? undefined : new RegExp(`^(?:${Object.values(its).join('|').replaceAll(' ', '|')})$`, 'iu'),
    months: new Map(months.flatMap((names, i) => names.map((name) => [name.toLowerCase(), i + 1] as const))),
    stems: stemsOf(months),
    days,
    when,
    // in Czech, `po` is short for Monday, and means `after`
    shortDays: new Set(shortDays.map((name) => name.toLowerCase()).filter((name) => !limits.has(name))),
    silent: silentIn(language),
    numbers: numbersIn(tongue),
    weekend: weekendWordsIn(tongue),
    pastTime: pastTimeWordsIn(tongue, numbersIn(tongue)),
    ...shiftsIn(language, its?.['day before']?.split('|')),
  };
}

/** Parts of a day that some languages write in one word with its name, such as `Montagabend`. */
const partsOfDay: Readonly<Record<string, readonly string[]>> = {
  de: ['morgen', 'vormittag', 'mittag', 'nachmittag', 'abend', 'nacht'],
  nl: ['ochtend', 'morgen', 'middag', 'namiddag', 'avond', 'nacht'],
};

const twelveMonths = Array.from({ length: 12 }, (_, i) => new Date(Date.UTC(2022, i, 5)));
/** From a Sunday on. */
const sevenDays = Array.from({ length: 7 }, (_, i) => new Date(Date.UTC(2022, 4, i + 1)));

function formatIn(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(`${language}-u-nu-latn`, {
    ...options,
    calendar: 'gregory',
    timeZone: 'UTC',
  });
}

/** The names that a format gives to each of some days. */
function namesOf(
  language: string,
  options: Intl.DateTimeFormatOptions,
  part: 'month' | 'weekday',
  dates: readonly Date[],
): readonly (readonly string[])[] {
  const format = formatIn(language, options);
  return dates.map((date) =>
    format
      .formatToParts(date)
      .filter(({ type }) => type === part)
      .map(({ value }) => bare(value))
      .filter((name) => (part === 'weekday' ? isName : isWord).test(name)),
  );
}

/** The names of each month: alone, after a day, and abbreviated. */
function monthsIn(language: string): readonly (readonly string[])[] {
  const widths = ['long', 'short'] as const;
  const options = widths.flatMap((month): Intl.DateTimeFormatOptions[] => [
    { month },
    { month, day: 'numeric' },
    { month, year: 'numeric' },
    { month, day: 'numeric', year: 'numeric' },
  ]);
  const all = options.map((each) => namesOf(language, each, 'month', twelveMonths));
  return twelveMonths.map((_, i) => [...new Set(all.flatMap((names) => names[i] ?? []))]);
}

/** What the forms of a name have in usual, where the language inflects it: the other cases are not in the data. */
function stemsOf(months: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const stems = new Map<string, number>();
  for (const [i, [first = '', ...others]] of months.entries()) {
    const other = others.find((name) => name !== first && name.length >= first.length - 1);
    if (other === undefined) continue;
    let same = 0;
    while (same < first.length && first[same]?.toLowerCase() === other[same]?.toLowerCase()) same++;
    if (same >= shortestStem) stems.set(first.slice(0, same).toLowerCase(), i + 1);
  }
  return stems;
}

const shortestStem = 3;
/** The most letters that an ending adds to a stem. */
const longestEnding = 3;

/** The number of the month that a word names; undefined if it names none. */
export function monthOf({ months, stems }: DateWords, word: string): number | undefined {
  const name = word.toLowerCase().replace(/\.$/, '');
  const exact = months.get(name);
  if (exact !== undefined) return exact;
  for (const stem of stemsIn(name)) {
    const month = stems.get(stem);
    if (month !== undefined) return month;
  }
  return abbreviated(months, name);
}

/** What the forms of a word may have in usual, the longest first. */
function stemsIn(word: string): readonly string[] {
  const longest = word.length - Math.max(shortestStem, word.length - longestEnding);
  return Array.from({ length: Math.max(0, longest + 1) }, (_, i) => word.slice(0, word.length - i));
}

/** The month that an abbreviation begins, if it is the only one. */
function abbreviated(months: ReadonlyMap<string, number>, name: string): number | undefined {
  if (name.length < shortestStem || !isWord.test(name)) return undefined;
  const found = new Set([...months].filter(([month]) => month.startsWith(name)).map(([, number]) => number));
  return found.size === 1 ? [...found][0] : undefined;
}

/** The endings of the nominative of a day, and those of the case after a preposition, in Slavic languages. */
const cases = [
  [/а$/, 'у'],
  [/я$/, 'ю'],
  [/a$/, 'ę'],
  [/a$/, 'u'],
  [/a$/, 'o'],
] as const;
const slavic: ReadonlySet<string> = new Set(['be', 'bs', 'cs', 'hr', 'mk', 'pl', 'ru', 'sk', 'sl', 'sr', 'uk']);

/** The names of days, with those after a preposition. */
function daysIn(language: string): { readonly forms: Map<string, number>; readonly when: Set<string> } {
  const forms = new Map<string, number>();
  const when = new Set<string>();
  const isSlavic = slavic.has(new Intl.Locale(language).language);
  for (const [i, names] of namesOf(language, { weekday: 'long' }, 'weekday', sevenDays).entries()) {
    for (const name of names.map((each) => each.toLowerCase())) {
      const inflected = isSlavic
        ? cases.filter(([end]) => end.test(name)).map(([end, other]) => name.replace(end, other))
        : [];
      for (const form of [name, ...inflected]) forms.set(form, i);
      for (const form of inflected.length === 0 ? [name] : inflected) when.add(form);
    }
  }
  return { forms, when };
}

/** The words between the numbers of dates, and the words for years in all cases. */
function silentIn(language: string): ReadonlySet<string> {
  const styles = ['full', 'long'] as const;
  const formats: readonly Intl.DateTimeFormatOptions[] = [
    ...styles.map((dateStyle) => ({ dateStyle })),
    { day: 'numeric', month: 'short', year: 'numeric' },
    { year: 'numeric', month: 'long' },
    { day: 'numeric', month: 'long' },
  ];
  const between = formats.flatMap((options) =>
    formatIn(language, options)
      .formatToParts(twelveMonths[0])
      .flatMap(({ type, value }) => (type === 'literal' ? value.split(/[\s,\u200f]+/) : [])),
  );
  const counts = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
  const ofYears = [1, 1.5, 2, 5].flatMap((n) => {
    // `in` is before the number
    const after = counts.formatToParts(n, 'year').at(-1);
    return after?.type === 'literal' ? (after.value.trim().split(' ').at(-1) ?? []) : [];
  });
  const all = [...between, ...ofYears, ...ofYears.map((word) => word.slice(0, 1))];
  return new Set(all.map((word) => bare(word).toLowerCase()).filter((word) => isWord.test(word)));
}
