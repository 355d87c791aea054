import { phraseAfter, phraseAt, withoutPreposition } from './dateTranslation.ts';
import { type DateWords, type Shift, plainWords } from './dateWords.ts';
import { parseEdtf } from './edtf.ts';

/** A date that a text can mean. */
export interface Reading {
  readonly date: string;
  /** What the text means, if it can mean several dates. */
  readonly meaning?: string;
}

/** The dates that words such as `yesterday` or `on Tuesday` can mean, seen from a day. */
export function relativeReadings(text: string, words: DateWords, day: string): readonly Reading[] {
  const plain = plainWords(text).toLowerCase();
  const shift =
    words.shifts.get(plain) ?? words.shifts.get(withoutPreposition(plain, words)) ?? countedIn(plain, words);
  return shift === undefined ? onDay(plain, words, day) : shifted(day, shift);
}

interface CountedShift extends Shift {
  /** Whether the number is a round one: weeks, months and years are rarely counted in days. */
  readonly isAbout?: boolean;
}

/** A number of days, weeks, months or years, such as `3 days ago`. */
function countedIn(text: string, { counted }: DateWords): CountedShift | undefined {
  for (const { before, after, unit, by } of counted) {
    const [start, end] = [before.toLowerCase(), after.toLowerCase()];
    if (!text.startsWith(start) || !text.endsWith(end) || text.length <= start.length + end.length) continue;
    const number = text.slice(start.length, text.length - end.length).trim();
    if (/^\d{1,3}$/.test(number)) return { unit, by: by * Number(number), isAbout: unit !== 'day' };
  }
  return undefined;
}

function shifted(day: string, { unit, by, isAbout = false }: CountedShift): readonly Reading[] {
  const mark = isAbout ? '~' : '';
  if (unit === 'day') return [{ date: plusDays(day, by) }];
  if (unit === 'month') return [{ date: `${plusMonths(day, by)}${mark}` }];
  if (unit === 'year') return [{ date: `${plusMonths(day, 12 * by).slice(0, 4)}${mark}` }];
  if (isAbout) return [{ date: `${plusDays(day, 7 * by)}~` }];
  const monday = plusDays(day, 7 * by - ((weekday(day) + 6) % 7));
  const sunday = plusDays(monday, 6);
  return [
    { date: `${monday}/${sunday}`, meaning: 'the whole week' },
    { date: `[${monday}..${sunday}]`, meaning: 'one day of the week' },
  ];
}

/** The days that the name of a day of the week can mean: the last one, this one and the next one. */
function onDay(text: string, words: DateWords, day: string): readonly Reading[] {
  const rest = withoutPreposition(text, words);
  const which = (['last', 'next'] as const).find(
    (each) => phraseAt(rest, words, each) !== undefined || phraseAfter(rest, words, each) !== undefined,
  );
  const name = which === undefined ? rest : (phraseAt(rest, words, which) ?? phraseAfter(rest, words, which) ?? '');
  const number = words.days.get(name) ?? (which === undefined ? undefined : inflectedDay(name, words));
  if (number === undefined) return [];
  const since = (weekday(day) - number + 7) % 7;
  // an article of a Tuesday means that day by its name more often than the one before
  const readings = [
    ...(since === 0 ? [{ date: day, meaning: 'that day', isOf: '' }] : []),
    { date: plusDays(day, -(since || 7)), meaning: 'the one before', isOf: 'last' },
    { date: plusDays(day, 7 - since), meaning: 'the one after', isOf: 'next' },
  ];
  if (which !== undefined) return readings.filter(({ isOf }) => isOf === which).map(({ date }) => ({ date }));
  const either = readings
    .map(({ date }) => date)
    .toSorted()
    .join(',');
  return [
    ...readings.map(({ date, meaning }) => ({ date, meaning })),
    { date: `[${either}]`, meaning: 'one of these' },
  ];
}

/** The number of the day whose name has another ending; undefined if several or none can be meant. */
export function inflectedDay(name: string, { days }: DateWords): number | undefined {
  const found = [...days].filter(([day]) => name.startsWith(day.slice(0, Math.max(3, day.length - 2))));
  const numbers = new Set(found.filter(([day]) => Math.abs(day.length - name.length) <= 2).map(([, number]) => number));
  return numbers.size === 1 ? [...numbers][0] : undefined;
}

/** The most days between a date and the day from which its year is understood. */
const farthest = 275;

/** The dates that a text without a year can mean: those near a day. `read` reads the text with a year. */
export function withYear(text: string, day: string, read: (text: string) => readonly Reading[]): readonly Reading[] {
  const year = Number(day.slice(0, 4));
  const found = [year - 1, year, year + 1].flatMap((each) => {
    const readings = read(`${text} ${each}`).filter(({ date }) => daysBetween(day, date) <= farthest);
    return readings.map(({ date }) => ({ date }));
  });
  return found.length > 1 ? found.map(({ date }) => ({ date, meaning: date.slice(0, 4) })) : found;
}

function daysBetween(day: string, date: string): number {
  const bounds = parseEdtf(date);
  // one end of a range can be open
  const [first, last] = [bounds?.earliest ?? bounds?.latest, bounds?.latest ?? bounds?.earliest];
  if (first == null || last == null) return Infinity;
  const [from, to, at] = [first, last, day].map((each) => Date.parse(each) / msADay);
  if (from === undefined || to === undefined || at === undefined) return Infinity;
  return Math.max(from - at, at - to, 0);
}

const msADay = 86_400_000;

function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * msADay).toISOString().slice(0, 10);
}

/** The month that is some months after that of a day, as `2022-03`. */
function plusMonths(day: string, months: number): string {
  const [year, month] = day.split('-').map(Number);
  return new Date(Date.UTC(year ?? 0, (month ?? 1) - 1 + months, 1)).toISOString().slice(0, 7);
}

/** 0 is Sunday. */
function weekday(day: string): number {
  return new Date(day).getUTCDay();
}
