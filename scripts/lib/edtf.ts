import { createRequire } from 'node:module';
import type edtf from 'edtf';
import { compareText } from './text.ts';

/** What a table says of an uncertain date beside its text. Days are ISO 8601 dates; null where a end is open or unknown. */
export interface EdtfBounds {
  readonly earliest: string | null;
  readonly latest: string | null;
  readonly precision: Precision;
}

export const precisions = {
  time: 'A date with a time of day.',
  day: 'A day.',
  month: 'A month.',
  season: 'A season, quarter or other part of a year.',
  year: 'A year.',
  decade: 'A decade, or a year of which the last digit is not known.',
  century: 'A century, or a year of which the last two digits are not known.',
  interval: 'An interval; a end of it can be open or unknown.',
  set: 'One of several dates, or all of them.',
} as const;

export type Precision = keyof typeof precisions;

const parsed = new Map<string, EdtfBounds | undefined>();
const mostKept = 100_000;

/**
 * Bounds and precision of an Extended Date/Time Format text (ISO 8601-2:2019, levels 0 to 2), or undefined where it is none.
 * Qualifiers (`~`, `?`, `%`) do not widen the bounds. Bounds outside the years 1 to 9999 are null.
 */
export function parseEdtf(text: string): EdtfBounds | undefined {
  if (parsed.has(text)) return parsed.get(text);
  if (parsed.size >= mostKept) parsed.clear();
  const bounds = usual(text) ?? (isEdtf(text) ? boundsOf(text) : undefined);
  parsed.set(text, bounds);
  return bounds;
}

/** Days, months and years, which nearly all dates are: no grammar needed. */
function usual(text: string): EdtfBounds | undefined {
  const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  if (parts === null) return undefined;
  const [, year = '', month, day] = parts;
  if (year === '0000') return undefined;
  if (month === undefined) return { earliest: `${year}-01-01`, latest: `${year}-12-31`, precision: 'year' };
  const length = daysIn(Number(year), Number(month));
  if (length === undefined) return undefined;
  if (day === undefined) {
    return { earliest: `${year}-${month}-01`, latest: `${year}-${month}-${length}`, precision: 'month' };
  }
  if (Number(day) < 1 || Number(day) > length) return undefined;
  return { earliest: text, latest: text, precision: 'day' };
}

function daysIn(year: number, month: number): number | undefined {
  if (month < 1 || month > 12) return undefined;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

let library: typeof edtf | undefined;

/** Loaded when the first uncommon date is met: the import takes longer than a small validation. */
function parseWithLibrary(text: string): ReturnType<typeof edtf> {
  const load: () => { readonly default: typeof edtf } = () => createRequire(import.meta.url)('edtf');
  library ??= load().default;
  return library(text);
}

/** The library reads 2022-02-29 as 1 March, so a text counts only where it prints as it was written. */
function isEdtf(text: string): boolean {
  // a qualified season, which the library's grammar lacks
  if (/^\d{4}-(?:2[1-9]|3\d|4[01])[?~%]$/.test(text)) return true;
  try {
    const printed = parseWithLibrary(text).toEDTF();
    return printed === text || timesAside(printed) === timesAside(text);
  } catch {
    return false;
  }
}

/** Times of day are printed in UTC with milliseconds; only the forms around them can be compared. */
function timesAside(text: string): string {
  return text.replace(/(\d{4}-\d\d)-\d\dT[0-9:.]+(?:Z|[+-]\d\d(?::?\d\d)?)?/g, '$1');
}

function boundsOf(text: string): EdtfBounds {
  if (text.includes('/')) {
    const [from = '', to = ''] = text.split('/');
    return { earliest: oneDate(from).earliest, latest: oneDate(to).latest, precision: 'interval' };
  }
  if (/^[[{]/.test(text)) return boundsOfSet(text.slice(1, -1));
  return oneDate(text);
}

/** The library takes the first date of a range inside a set for both of its ends: each element is read by itself. */
function boundsOfSet(inside: string): EdtfBounds {
  const elements = inside.split(',').map((element) => element.trim());
  const ends = elements.flatMap((element) => element.split('..'));
  const bounds = ends.map(oneDate);
  const known = (days: readonly (string | null)[]): string[] =>
    days.filter((day) => day !== null).toSorted(compareText);
  const earliest = bounds.map((b) => b.earliest);
  const latest = bounds.map((b) => b.latest);
  return {
    earliest: earliest.includes(null) ? null : (known(earliest)[0] ?? null),
    latest: latest.includes(null) ? null : (known(latest).at(-1) ?? null),
    precision: 'set',
  };
}

const open: EdtfBounds = { earliest: null, latest: null, precision: 'day' };

function oneDate(text: string): EdtfBounds {
  const plain = text.replaceAll(/[~?%]/g, '');
  if (plain === '' || plain === '..') return open;
  const found = usual(plain);
  if (found !== undefined) return found;
  const season = /^(\d{4})-(2[1-9]|3\d|4[01])$/.exec(plain);
  // which months a season has depends on the hemisphere: the year that it is counted in is what can be said
  if (season !== null) return { earliest: `${season[1]}-01-01`, latest: `${season[1]}-12-31`, precision: 'season' };
  const time = /^(\d{4}-\d\d-\d\d)T/.exec(plain);
  if (time !== null) return { earliest: time[1] ?? null, latest: time[1] ?? null, precision: 'time' };
  const { min, max } = parseWithLibrary(plain);
  return { earliest: isoDay(min), latest: isoDay(max), precision: precisionOf(plain) };
}

function precisionOf(text: string): Precision {
  if (/^-?\d{3}X$|^\d{3}$/.test(text)) return 'decade';
  if (/^-?\d\dXX$|^\d\d$/.test(text)) return 'century';
  if (/^-?[\dX]{4}-[\dX]{2}-[\dX]{2}$/.test(text))
    return text.endsWith('XX') ? (text.endsWith('-XX-XX') ? 'year' : 'month') : 'day';
  if (/^-?[\dX]{4}-[\dX]{2}$/.test(text)) return text.endsWith('XX') ? 'year' : 'month';
  return 'year';
}

/** Epoch milliseconds as a day, or null outside of the years that every reader of DATE takes. */
function isoDay(milliseconds: number | null): string | null {
  if (milliseconds === null || !Number.isFinite(milliseconds)) return null;
  const date = new Date(milliseconds);
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999 ? date.toISOString().slice(0, 10) : null;
}
