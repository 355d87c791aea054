import { parseEdtf } from './edtf.ts';

const msADay = 86_400_000;

export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * msADay).toISOString().slice(0, 10);
}

/** The month that is some months after that of a day, as `2022-03`. */
export function plusMonths(day: string, months: number): string {
  const [year, month] = day.split('-').map(Number);
  return new Date(Date.UTC(year ?? 0, (month ?? 1) - 1 + months, 1)).toISOString().slice(0, 7);
}

/** 0 is Sunday. */
export function weekday(day: string): number {
  return new Date(day).getUTCDay();
}

/** The Monday of the week that is some weeks after that of a day. */
export function mondayOf(day: string, weeks: number): string {
  return plusDays(day, 7 * weeks - ((weekday(day) + 6) % 7));
}

/** The day, month or year just before or after a plain one; undefined for other dates. */
export function nextTo(date: string, step: -1 | 1): string | undefined {
  if (!/^\d{4}(?:-\d\d){0,2}$/.test(date)) return undefined;
  const bounds = parseEdtf(date);
  const edge = step < 0 ? bounds?.earliest : bounds?.latest;
  if (bounds?.precision === 'season' || edge === null || edge === undefined) return undefined;
  return plusDays(edge, step).slice(0, date.length);
}

/** The days from a day to the nearest one that a date can be; infinite if it has no bounds. */
export function daysBetween(day: string, date: string): number {
  const bounds = parseEdtf(date);
  // one end of a range can be open
  const [first, last] = [bounds?.earliest ?? bounds?.latest, bounds?.latest ?? bounds?.earliest];
  if (first == null || last == null) return Infinity;
  const [from, to, at] = [first, last, day].map((each) => Date.parse(each) / msADay);
  if (from === undefined || to === undefined || at === undefined) return Infinity;
  return Math.max(from - at, at - to, 0);
}
