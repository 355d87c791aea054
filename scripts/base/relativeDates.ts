import { phraseAfter, phraseAt, withoutArticle, withoutPreposition } from './dateTranslation.ts';
import type { DateWords } from './dateWords.ts';
import { daysBetween, mondayOf, plusDays, plusMonths, weekday } from './dayArithmetic.ts';
import { parseEdtf } from './edtf.ts';
import { dayInWords, weekdayOf } from './edtfInWords.ts';
import { pastTimeReadings } from './pastTimes.ts';
import { plainWords } from './plainWords.ts';
import type { Reading } from './reading.ts';
import { type Period, type Shift, periodOf } from './shiftWords.ts';
import { count } from './text.ts';
import { weekendReadings } from './weekends.ts';
import { type PartOfMonth, partsOfMonth, phraseOf, thirdNames, thirdOfMonth } from './thirdOfMonth.ts';

/**
 * The dates that words such as `yesterday` or `on Tuesday` can mean, seen from a day.
 * @param isLimit whether they come after a word such as `until`, which puts the name of a day in another case
 */
export function relativeReadings(text: string, words: DateWords, day: string, isLimit = false): readonly Reading[] {
  const plain = plainWords(text).toLowerCase();
  const weekend = words.weekend?.which(plain);
  if (weekend !== undefined) return weekendReadings(weekend, day);
  const pastTime = words.pastTime?.timeOf(plain);
  if (pastTime !== undefined) return pastTimeReadings(pastTime, day);
  const shift = words.shifts.get(plain) ?? periodAt(plain, words) ?? countedIn(plain, words) ?? besideNow(plain, words);
  if (shift !== undefined) return shifted(day, shift);
  const duration = durationIn(plain, words);
  if (duration !== undefined) return [oneDayOf(duration, day)];
  const named = onDay(plain, words, day, isLimit);
  return named.length > 0 ? named : partOfPeriod(plain, words, day);
}

/** A week, month or year with a preposition, such as `in this week`. German `am Morgen` is no day but a morning. */
function periodAt(text: string, words: DateWords): Shift | undefined {
  const shift = words.shifts.get(withoutPreposition(text, words));
  return shift?.unit === 'day' ? undefined : shift;
}

/** The number of days or weeks in such as `within two weeks`, which has the words of `in two weeks`. */
function durationIn(text: string, words: DateWords): Shift | undefined {
  const rest = phraseAt(text, words, 'duration');
  if (rest === undefined) return undefined;
  const before = new Set(words.counted.flatMap(({ before: start, by }) => (by > 0 && start !== '' ? [start] : [])));
  const shifts = [...before].flatMap((start) => countedIn(`${start} ${rest}`.toLowerCase(), words) ?? []);
  return shifts.find(({ by, unit }) => by > 0 && (unit === 'day' || unit === 'week'));
}

/** One day from a day on, so many days or weeks later at the latest. */
function oneDayOf({ unit, by }: Shift, day: string): Reading {
  const last = plusDays(day, unit === 'week' ? 7 * by : by);
  return { date: `[${day}..${last}]`, as: `one day within ${count(by, unit)} after ${dayInWords(day)}` };
}

/** A week, month or year in such as `in the previous week`: the data of the runtime have one wording for it. */
function besideNow(text: string, words: DateWords): Shift | undefined {
  const start = withoutArticle(withoutPreposition(text, words), words);
  const { which, name } = withoutWhich(start, words, ['this', 'last', 'next']);
  if (which === undefined) return undefined;
  // several weeks have another form of the name
  const like = [
    ...[...words.shifts].map(([phrase, { unit }]) => ({ phrase, unit })),
    // `на наступний тиждень` has the case of `через 1 тиждень`
    ...words.counted.filter(({ isOne }) => isOne).map(({ before, after, unit }) => ({ phrase: after || before, unit })),
  ].find(({ phrase, unit }) => unit !== 'day' && phrase.split(' ').includes(name));
  return like === undefined ? undefined : { unit: like.unit, by: stepOf(which) };
}

function stepOf(which: string | undefined): number {
  return which === 'last' ? -1 : which === 'next' ? 1 : 0;
}

interface CountedDays extends Shift {
  /** Whether a number is in the text: weeks, months and years are rarely counted in days. */
  readonly isCounted?: boolean;
}

/** A number of days, weeks, months or years, such as `3 days ago` or `two days ago`. */
function countedIn(text: string, { counted, numbers }: DateWords): CountedDays | undefined {
  for (const { before, after, unit, by, isOne } of counted) {
    const [start, end] = [before.toLowerCase(), after.toLowerCase()];
    if (!text.startsWith(start) || !text.endsWith(end)) continue;
    // some languages leave out the number one
    if (isOne && text === (start === '' || end === '' ? start + end : `${start} ${end}`))
      return { unit, by, isCounted: true };
    const number = text.slice(start.length, text.length - end.length).trim();
    const value = /^\d{1,3}$/.test(number) ? Number(number) : numbers.get(number);
    if (value !== undefined) return { unit, by: by * value, isCounted: true };
  }
  return undefined;
}

function shifted(day: string, { unit, by, isCounted = false }: CountedDays): readonly Reading[] {
  const mark = isCounted ? '~' : '';
  const of = dayInWords(day);
  const as = isCounted && by !== 0 ? awayFrom(unit, by, of) : besides(unit, by, of);
  if (unit === 'day') return [{ date: plusDays(day, by), as: awayFrom('day', by, of) }];
  if (unit === 'month') return [{ date: `${plusMonths(day, by)}${mark}`, as }];
  if (unit === 'year') return [{ date: `${plusMonths(day, 12 * by).slice(0, 4)}${mark}`, as }];
  if (isCounted) return [{ date: `${plusDays(day, 7 * by)}~`, as }];
  const monday = mondayOf(day, by);
  const sunday = plusDays(monday, 6);
  return [
    { date: `${monday}/${sunday}`, meaning: 'the whole week', as },
    { date: `[${monday}..${sunday}]`, meaning: 'one day of the week', as: `one day of ${as}` },
  ];
}

/** A day or a rounded time, so many units before or after a day. */
export function awayFrom(unit: Shift['unit'], by: number, of: string): string {
  if (by === 0) return of;
  const size = Math.abs(by);
  const time = unit !== 'day' ? `about ${count(size, unit)}` : size === 1 ? 'the day' : count(size, unit);
  return `${time} ${by < 0 ? 'before' : 'after'} ${of}`;
}

/** The period of a day, or one before or after it. */
function besides(unit: Shift['unit'], by: number, of: string): string {
  if (by === 0) return `the ${unit} of ${of}`;
  const away = Math.abs(by) === 1 ? `the ${unit}` : count(Math.abs(by), unit);
  return `${away} ${by < 0 ? 'before' : 'after'} that of ${of}`;
}

/** The days that the name of a day of the week can mean: the last one, this one and the next one. */
function onDay(text: string, words: DateWords, day: string, isInflected: boolean): readonly Reading[] {
  const rest = withoutArticle(withoutPreposition(text, words), words);
  const { which, name } = withoutWhich(rest, words, ['last', 'next']);
  const number = words.days.get(name) ?? (which === undefined && !isInflected ? undefined : inflectedDay(name, words));
  if (number === undefined) return [];
  const since = (weekday(day) - number + 7) % 7;
  const [before, after] = [plusDays(day, -(since || 7)), plusDays(day, 7 - since)];
  const [named, of] = [weekdayOf(after), dayInWords(day)];
  // an article of a Tuesday means that day by its name more often than the one before
  const same: Reading = { date: day, meaning: 'the same day', as: of, side: 'same' };
  const readings: readonly Reading[] = [
    ...(since === 0 ? [same] : []),
    { date: before, meaning: `the ${named} before`, as: `the last ${named} before ${of}`, side: 'before' },
    { date: after, meaning: `the ${named} after`, as: `the first ${named} after ${of}`, side: 'after' },
  ];
  if (which !== undefined)
    return readings
      .filter(({ side }) => side === (which === 'last' ? 'before' : 'after'))
      .map(({ date, as = '' }) => ({ date, as }));
  const either = readings
    .map(({ date }) => date)
    .toSorted()
    .join(',');
  return [...readings, { date: `[${either}]`, meaning: 'one of these', as: `one of the ${named}s nearest to ${of}` }];
}

type Which = 'last' | 'this' | 'next';

/** A name without the word that says which one is meant, before or after it. */
function withoutWhich(
  text: string,
  words: DateWords,
  tried: readonly Which[],
): { readonly which: Which | undefined; readonly name: string } {
  for (const which of tried) {
    const name = phraseAt(text, words, which) ?? phraseAfter(text, words, which);
    if (name !== undefined) return { which, name };
  }
  return { which: undefined, name: text };
}

/** The number of the day whose name has another ending; undefined if several or none can be meant. */
export function inflectedDay(name: string, { days, phraseWord }: DateWords): number | undefined {
  // `середина` begins as `середа` does
  if (phraseWord?.test(name) === true) return undefined;
  const found = [...days].filter(([day]) => name.startsWith(day.slice(0, Math.max(3, day.length - 2))));
  const numbers = new Set(found.filter(([day]) => Math.abs(day.length - name.length) <= 2).map(([, number]) => number));
  return numbers.size === 1 ? [...numbers][0] : undefined;
}

interface PartOfPeriod {
  readonly part: PartOfMonth;
  readonly unit: Period;
  readonly by: number;
}

/** The part of a week, month or year in such as `the end of next month`. */
function partIn(text: string, words: DateWords): PartOfPeriod | undefined {
  const start = withoutArticle(withoutPreposition(text.replaceAll(/(?<=\p{L}')(?=\p{L})/gu, ' '), words), words);
  for (const part of partsOfMonth) {
    const rest = phraseAt(start, words, part);
    if (rest === undefined) continue;
    const { which, name } = withoutWhich(withoutArticle(rest, words), words, ['this', 'last', 'next']);
    const unit = periodOf(words, withoutArticle(name, words));
    if (unit !== undefined) return { part, unit, by: stepOf(which) };
  }
  return undefined;
}

/** A part of a month, in words such as `at the end of the month`. */
function partOfPeriod(text: string, words: DateWords, day: string): readonly Reading[] {
  const { part, unit, by } = partIn(text, words) ?? {};
  if (part === undefined || unit !== 'month') return [];
  const as = `the ${thirdNames[part]} third of ${besides('month', by ?? 0, dayInWords(day))}`;
  return [{ date: thirdOfMonth(plusMonths(day, by ?? 0), part), as }];
}

/** The first day of a period for its start, and the last one for its end, in words such as `the end of the month`. */
export function edgeReadings(text: string, words: DateWords, day: string): readonly Reading[] {
  const { part = 'middle', unit = 'month', by = 0 } = partIn(plainWords(text).toLowerCase(), words) ?? {};
  if (part === 'middle') return [];
  const [first, last] = edges(day, unit, by);
  const of = besides(unit, by, dayInWords(day));
  return part === 'early'
    ? [{ date: first, as: `the start of ${of}` }]
    : [{ date: last, as: `the end of ${of}`, isEnd: true }];
}

function edges(day: string, unit: Period, by: number): readonly [string, string] {
  if (unit === 'week') return [mondayOf(day, by), plusDays(mondayOf(day, by), 6)];
  const period = unit === 'month' ? plusMonths(day, by) : plusMonths(day, 12 * by).slice(0, 4);
  const { earliest, latest } = parseEdtf(period) ?? {};
  return [earliest ?? day, latest ?? day];
}

/** The most days between a date and the day from which its year is understood. */
const farthest = 275;

/** The dates that a text without a year can mean: those near a day. `read` reads the text with a year. */
export function withYear(text: string, day: string, read: (text: string) => readonly Reading[]): readonly Reading[] {
  const year = Number(day.slice(0, 4));
  const found = [year - 1, year, year + 1].flatMap((each) =>
    read(`${text} ${each}`)
      .filter(({ date }) => daysBetween(day, date) <= farthest)
      .map(({ date }): Reading => ({
        date,
        as: `${phraseOf(date)}, in ${besides('year', each - year, dayInWords(day))}`,
      })),
  );
  return found.length > 1 ? found.map((reading) => ({ ...reading, meaning: reading.date.slice(0, 4) })) : found;
}
