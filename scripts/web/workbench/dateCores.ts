import { phraseAt } from '../../base/dateTranslation.ts';
import { type DateWords, monthOf } from '../../base/dateWords.ts';
import { plainWords } from '../../base/plainWords.ts';
import { inflectedDay } from '../../base/relativeDates.ts';
import { periodOf } from '../../base/shiftWords.ts';
import { partsOfMonth } from '../../base/thirdOfMonth.ts';

/**
 * What a date can have in its middle: the name of a month, day or period, the last word of such as `last week`, or
 * the hours of `the past 24 hours`.
 */
export type Core = 'month' | 'day' | 'inflected day' | 'period' | 'weekend' | 'shift' | 'hours';

/** Finds what a word can be in a date, in some languages. */
export function coresIn(languages: readonly DateWords[]): (word: string) => Core | undefined {
  const shifts = new Set(languages.flatMap(lastWordsOf));
  return (word) => {
    const plain = plainWords(word);
    // in `mid-March`, the name is behind the hyphen
    const rests = languages.flatMap((words) => partsOfMonth.flatMap((part) => phraseAt(plain, words, part) ?? []));
    const own = rests[0] ?? plain;
    const name = own.toLowerCase();
    const isCapital = /^\p{Lu}/u.test(own);
    const inTheirs = languages.filter(({ hasCapitals }) => isCapital || !hasCapitals);
    if (inTheirs.some(({ when }) => when.has(name))) return 'day';
    if (languages.some(({ pastTime }) => pastTime?.isHours(name) === true)) return 'hours';
    if (shifts.has(name) || languages.some(({ pastTime }) => pastTime?.isUnit(name) === true)) return 'shift';
    if (languages.some(({ weekend }) => weekend?.isName(name) === true)) return 'weekend';
    if (inTheirs.some((words) => words.months.has(name) || monthOf(words, name) !== undefined)) return 'month';
    if (inTheirs.some((words) => words.days.has(name) || inflectedDay(name, words) !== undefined))
      return 'inflected day';
    const named = name.split("'").at(-1) ?? name;
    return languages.some((words) => periodOf(words, named) !== undefined) ? 'period' : undefined;
  };
}

/** The last words of the phrases that count from a day. */
function lastWordsOf({ shifts, counted }: DateWords): readonly string[] {
  const all = [...shifts.keys(), ...counted.map(({ before, after }) => after || before)];
  return all.flatMap((phrase) => phrase.toLowerCase().split(' ').at(-1) ?? []);
}

/** Words of dates in English: see `edtfHint.ts`. */
const english = /^(?:of|the|as|from|since|until|till|before|after|by|about|around|circa|ca|to)$/i;

/** Finds which words can be in a date, beside its core. */
export function joining(languages: readonly DateWords[]): (word: string) => boolean {
  const named = new Set(
    languages.flatMap(({ silent, shifts, counted, numbers, days, shortDays }) => [
      ...silent,
      ...shortDays,
      ...numbers.keys(),
      ...[...shifts.keys(), ...days.keys(), ...counted.flatMap(({ before, after }) => [before, after])].flatMap(
        (phrase) => phrase.toLowerCase().split(' '),
      ),
    ]),
  );
  return (word) => {
    if (/^\d/.test(word) || english.test(word)) return true;
    const name = plainWords(word).toLowerCase();
    return languages.some(
      (words) =>
        words.phraseWord?.test(name) === true ||
        named.has(name) ||
        words.weekend?.isPart(name) === true ||
        words.pastTime?.isPart(name) === true ||
        monthOf(words, name) !== undefined,
    );
  };
}

/** Finds words that name a week, month or year: its name, also inflected, or a phrase such as `торік`. */
export function periodsIn(languages: readonly DateWords[]): (word: string) => boolean {
  const ofOneUnit = languages.flatMap(({ counted }) =>
    unitsOf(counted).flatMap(([word, units]) => (units.size === 1 && !units.has('day') ? [word] : [])),
  );
  const inOneWord = languages.flatMap(({ shifts }) =>
    [...shifts].flatMap(([phrase, { unit }]) => (unit === 'day' || phrase.includes(' ') ? [] : [phrase])),
  );
  const names = new Set([...languages.flatMap(({ periods }) => [...periods.keys()]), ...ofOneUnit, ...inOneWord]);
  const stems = [...names].map((name) => (name.length < shortestInflected ? name : name.replace(vowelAtEnd, '')));
  return (word) => {
    const name = plainWords(word).toLowerCase().split("'").at(-1) ?? '';
    return names.has(name) || stems.some((stem) => isFormOf(name, stem));
  };
}

/** The last words of the phrases that count, with what they count: `ago` counts anything. */
function unitsOf(counted: DateWords['counted']): readonly (readonly [word: string, units: ReadonlySet<string>])[] {
  const units = new Map<string, Set<string>>();
  for (const { before, after, unit } of counted) {
    const word = (after || before).toLowerCase().split(' ').at(-1) ?? '';
    units.set(word, (units.get(word) ?? new Set()).add(unit));
  }
  return [...units];
}

const vowelAtEnd = /[aeiouyéаеєиіїоуыэюяйь]$/u;
/** Letters of a name that loses a vowel at its end in other cases. */
const shortestInflected = 4;
/** The most letters that an ending adds. */
const longestEnding = 2;

function isFormOf(word: string, stem: string): boolean {
  return stem.length > 2 && word.startsWith(stem) && word.length - stem.length <= longestEnding;
}
