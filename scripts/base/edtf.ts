import {
  type CalendarDate,
  type Expression,
  type Interval,
  type IntervalEnd,
  type Range,
  type Time,
  parseExpression,
} from './edtfExpression.ts';

/** What a table holds about an uncertain date, besides its text: ISO 8601 dates, null if an end is open or unknown. */
export interface EdtfBounds {
  readonly earliest: string | null;
  readonly latest: string | null;
  readonly precision: Precision;
  /** Whether any part of it is marked as approximate, by `~` or `%`. */
  readonly approximate: boolean;
  /** Whether any part of it is marked as uncertain, by `?` or `%`. */
  readonly uncertain: boolean;
}

export const precisions = {
  time: 'A date with a time of day.',
  day: 'A day.',
  month: 'A month.',
  season: 'A season, quarter or other part of a year.',
  year: 'A year.',
  decade: 'A decade, or a year whose last digit is not known.',
  century: 'A century, or a year whose last two digits are not known.',
  interval: 'An interval; an end of it can be open or unknown.',
  set: 'One of several dates, or all of them.',
} as const;

export type Precision = keyof typeof precisions;

/**
 * Bounds and precision of an Extended Date/Time Format text (ISO 8601-2:2019, levels 0 to 2), or undefined.
 * Qualifiers (`~`, `?`, `%`) do not widen the bounds. Bounds outside the years 1 to 9999 are null.
 */
export function parseEdtf(text: string): EdtfBounds | undefined {
  const plain = plainDate(text);
  if (plain !== undefined) return plain;
  const expression = parseExpression(text);
  if (expression === undefined) return undefined;
  const span = spanOf(expression);
  if (typeof span === 'string') return undefined;
  return {
    earliest: isoDay(span.first),
    latest: isoDay(span.last),
    precision: precisionOf(expression),
    // in a valid date these characters are only qualifiers
    approximate: /[~%]/.test(text),
    uncertain: /[?%]/.test(text),
  };
}

const unqualified = { approximate: false, uncertain: false };

/** Days, months and years without any qualifier, as nearly all dates are, in a tenth of the time. */
function plainDate(text: string): EdtfBounds | undefined {
  const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  if (parts === null) return undefined;
  const [, year = '', month, day] = parts;
  if (year === '0000') return undefined;
  if (month === undefined)
    return { earliest: `${year}-01-01`, latest: `${year}-12-31`, precision: 'year', ...unqualified };
  const length = daysIn(Number(year), Number(month));
  if (length === undefined) return undefined;
  if (day === undefined) {
    return {
      earliest: `${year}-${month}-01`,
      latest: `${year}-${month}-${length}`,
      precision: 'month',
      ...unqualified,
    };
  }
  if (Number(day) < 1 || Number(day) > length) return undefined;
  return { earliest: text, latest: text, precision: 'day', ...unqualified };
}

/** Why a text that has the form of a date is not valid, in words; undefined if it lacks the form, or is valid. */
export function edtfFault(text: string): string | undefined {
  const expression = parseExpression(text);
  const span = expression === undefined ? undefined : spanOf(expression);
  return typeof span === 'string' ? span : undefined;
}

/** The first and last day that a date can be, as numbers `yyyymmdd` that compare; infinite if open or unknown. */
interface Span {
  readonly first: number;
  readonly last: number;
}

/** What is wrong with a date, in words. */
type Fault = string;

function spanOf(expression: Expression | Range): Span | Fault {
  switch (expression.kind) {
    case 'date':
      return spanOfDate(expression);
    case 'long year':
      return spanOfLongYear(expression.year, expression.significant);
    case 'time':
      return timeFault(expression) ?? spanOfDate(expression.date);
    case 'interval':
      return spanOfInterval(expression);
    case 'range':
      return spanOfRange(expression);
    default:
      return spanOfSet(expression.members);
  }
}

function spanOfDate(date: CalendarDate): Span | Fault {
  const first = outermostDay(date, '0123456789');
  const last = outermostDay(date, '9876543210');
  return first === undefined || last === undefined ? dateFault(date) : { first, last };
}

/** The first or the last day that a date can be. The order in which digits are tried for each X decides which. */
function outermostDay({ negative, year, month, day }: CalendarDate, digits: string): number | undefined {
  const earliest = digits.startsWith('0');
  const season = month === undefined ? wholeYear : seasons.get(month.digits);
  if (season !== undefined && day !== undefined) return undefined;
  const months = season === undefined ? month?.digits : earliest ? season.first : season.last;
  if (months === undefined) return undefined;
  // before year 0, a higher year is earlier
  const yearDigits = earliest === negative ? '9876543210' : '0123456789';
  return firstCompletion(year.digits, yearDigits, (y) => {
    if (negative && y === 0) return undefined;
    const signed = negative ? -y : y;
    return firstCompletion(months, digits, (m) => {
      const length = daysIn(signed, m);
      if (length === undefined) return undefined;
      if (day === undefined) return dayNumber(signed, m, earliest ? 1 : length);
      return firstCompletion(day.digits, digits, (d) => (d < 1 || d > length ? undefined : dayNumber(signed, m, d)));
    });
  });
}

/** Tries digits for each X, in their order, until there is a result. */
function firstCompletion(
  text: string,
  digits: string,
  result: (value: number) => number | undefined,
): number | undefined {
  const at = text.indexOf('X');
  if (at < 0) return result(Number(text));
  for (const digit of digits) {
    const found = firstCompletion(text.slice(0, at) + digit + text.slice(at + 1), digits, result);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Months {
  readonly first: string;
  readonly last: string;
}

const wholeYear: Months = { first: '01', last: '12' };

/**
 * The months of the parts of a year, by their number. Spring to winter (21 to 32) get their whole year: their months
 * depend on the place, and a winter spans two years. Quarters, thirds and halves (33 to 41) count from January.
 */
const seasons: ReadonlyMap<string, Months> = new Map([
  ...Array.from({ length: 12 }, (_, i): [string, Months] => [String(21 + i), wholeYear]),
  ...partsOfYear(33, 4),
  ...partsOfYear(37, 3),
  ...partsOfYear(40, 2),
]);

function partsOfYear(number: number, parts: number): [string, Months][] {
  const length = 12 / parts;
  return Array.from({ length: parts }, (_, i) => [
    String(number + i),
    { first: pad(i * length + 1, 2), last: pad((i + 1) * length, 2) },
  ]);
}

function daysIn(year: number, month: number): number | undefined {
  if (month < 1 || month > 12) return undefined;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** Why no day matches a date. */
function dateFault({ negative, year, month, day }: CalendarDate): Fault {
  if (negative && year.digits === '0000') return 'the year 0000 has no sign';
  if (month !== undefined && day !== undefined && seasons.has(month.digits)) return 'a season has no days';
  const months = month === undefined ? undefined : firstCompletion(month.digits, '0123456789', asMonth);
  if (months === undefined) return 'months go from 01 to 12';
  const name = monthNames[Number(month?.digits) - 1];
  const length = daysIn(Number(year.digits), Number(month?.digits));
  if (name === undefined || length === undefined || year.digits.includes('X')) return 'there is no such day';
  return `${name} ${negative ? '-' : ''}${year.digits} has ${length} days`;
}

function asMonth(value: number): number | undefined {
  return value >= 1 && value <= 12 ? value : undefined;
}

/** The years that begin with these digits. Without `significant`, all digits count. */
function spanOfLongYear(year: number, significant = Infinity): Span | Fault {
  if (Object.is(year, -0)) return 'the year 0 has no sign';
  const size = Math.abs(year);
  const unit = 10 ** Math.max(0, digitsOf(size) - significant);
  const lowest = Math.floor(size / unit) * unit;
  const highest = lowest + unit - 1;
  return year < 0
    ? { first: dayNumber(-highest, 1, 1), last: dayNumber(-lowest, 12, 31) }
    : { first: dayNumber(lowest, 1, 1), last: dayNumber(highest, 12, 31) };
}

/** The number of digits of a year; one if it is too large to count. */
function digitsOf(size: number): number {
  return size < 1 || !Number.isFinite(size) ? 1 : Math.floor(Math.log10(size)) + 1;
}

function timeFault({ hours, minutes, seconds, offset }: Time): Fault | undefined {
  const midnight = hours === 24 && minutes === 0 && seconds === 0;
  if ((hours > 23 && !midnight) || minutes > 59 || seconds > 59)
    return 'hours go from 00 to 23, minutes and seconds from 00 to 59';
  const [, sign, ahead, more = '00'] = /^([+-])(\d\d)(?::(\d\d))?$/.exec(offset) ?? [];
  if (sign === undefined) return undefined;
  const size = Number(ahead) * 60 + Number(more);
  const known = Number(more) < 60 && (sign === '+' ? size <= 14 * 60 : size > 0 && size <= 12 * 60);
  return known ? undefined : 'offsets go from -12:00 to +14:00';
}

function spanOfInterval({ from, to }: Interval): Span | Fault {
  const start = spanOfEnd(from);
  const end = spanOfEnd(to);
  if (typeof start === 'string') return start;
  if (typeof end === 'string') return end;
  return end.last < start.first ? 'it ends before it begins' : { first: start.first, last: end.last };
}

const always: Span = { first: -Infinity, last: Infinity };

function spanOfEnd(end: IntervalEnd): Span | Fault {
  if (end === '' || end === '..') return always;
  return end.kind === 'time' ? 'an interval needs dates without a time of day' : spanOfDate(end);
}

function spanOfRange({ from, to }: Range): Span | Fault {
  const start = from === undefined ? always : spanOfDate(from);
  const end = to === undefined ? always : spanOfDate(to);
  if (typeof start === 'string') return start;
  if (typeof end === 'string') return end;
  if ([from, to].some((date) => date?.month !== undefined && seasons.has(date.month.digits)))
    return 'a range goes from day to day, month to month or year to year';
  if (from !== undefined && to !== undefined && componentsOf(from) !== componentsOf(to))
    return 'a range goes from day to day, month to month or year to year';
  return end.last < start.first ? 'a range in it ends before it begins' : { first: start.first, last: end.last };
}

function componentsOf({ month, day }: CalendarDate): number {
  return day !== undefined ? 3 : month !== undefined ? 2 : 1;
}

function spanOfSet(members: readonly (CalendarDate | Range)[]): Span | Fault {
  let first = Infinity;
  let last = -Infinity;
  for (const member of members) {
    const span = spanOf(member);
    if (typeof span === 'string') return span;
    first = Math.min(first, span.first);
    last = Math.max(last, span.last);
  }
  return { first, last };
}

function precisionOf(expression: Expression): Precision {
  switch (expression.kind) {
    case 'date':
      return precisionOfDate(expression);
    case 'long year': {
      const digits = digitsOf(Math.abs(expression.year));
      return precisionOfYear(digits - (expression.significant ?? digits));
    }
    case 'time':
    case 'interval':
      return expression.kind;
    default:
      return 'set';
  }
}

/** The precision of the smallest part of which something is known. */
function precisionOfDate({ year, month, day }: CalendarDate): Precision {
  if (day !== undefined && day.digits !== 'XX') return 'day';
  if (month !== undefined && month.digits !== 'XX') return seasons.has(month.digits) ? 'season' : 'month';
  return precisionOfYear(/X*$/.exec(year.digits)?.[0].length ?? 0);
}

/** The precision of a year, by how many of its last digits are unknown. */
function precisionOfYear(unknown: number): Precision {
  return unknown === 1 ? 'decade' : unknown === 2 ? 'century' : 'year';
}

function dayNumber(year: number, month: number, day: number): number {
  return year * 10_000 + month * 100 + day;
}

/** A day as ISO 8601, or null outside the years that every DATE column can hold. */
function isoDay(day: number): string | null {
  if (day < dayNumber(1, 1, 1) || day > dayNumber(9999, 12, 31)) return null;
  return `${pad(Math.floor(day / 10_000), 4)}-${pad(Math.floor(day / 100) % 100, 2)}-${pad(day % 100, 2)}`;
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
