import { lazy } from './lazy.ts';
import { monthNames, parseEdtf } from './edtf.ts';
import {
  type CalendarDate,
  type Component,
  type DateSet,
  type Interval,
  type IntervalEnd,
  type LongYear,
  type Qualifier,
  type Range,
  type Time,
  parseExpression,
} from './edtfExpression.ts';
import { list } from './text.ts';

/** What a text in Extended Date/Time Format means, as an English phrase; undefined if it is not a date. */
export function edtfInWords(text: string): string | undefined {
  const expression = parseEdtf(text) === undefined ? undefined : parseExpression(text);
  if (expression === undefined) return undefined;
  switch (expression.kind) {
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(text) ? `${weekdayOf(text)} ${dateInWords(expression)}` : alone(expression);
    case 'long year':
      return longYear(expression);
    case 'time':
      return time(expression);
    case 'interval':
      return interval(expression);
    default:
      return set(expression);
  }
}

const vocabulary = [
  'a about all an and any approximate as at BC date dates day earlier end estimated first form fourth from half in last',
  'later month no northern of on one or perhaps quarter second southern start than the these third time to UTC',
  'uncertain unknown until up without year years',
].flatMap((line) => line.split(' '));

const isInVocabulary = lazy(() => {
  const days = Array.from({ length: 7 }, (_, i) => weekdayOf(`2022-05-0${i + 1}`));
  const word = [...vocabulary, ...seasons, ...monthNames, ...days].join('|');
  return new RegExp(String.raw`^(?:(?:${word}|-?[\dX][\dX,]*(?::\d\d)*|\(UTC[-+][\d:]+\))[,:]?(?: |$))+$`);
});

/** Whether a text can be what `edtfInWords` writes: it has no words that no date has. */
export function canBeDateInWords(text: string): boolean {
  return isInVocabulary().test(text);
}

/** A day, written `2022-03-14`, as `14 March 2022`. */
export function dayInWords(day: string): string {
  const [year = '', month = '', number = ''] = day.split('-');
  return `${Number(number)} ${monthNames[Number(month) - 1] ?? ''} ${year}`;
}

const weekdays = lazy(() => new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }));

/** The English name of the day of the week of a day. */
export function weekdayOf(day: string): string {
  return weekdays().format(new Date(`${day}T00:00:00Z`));
}

function alone(date: CalendarDate): string {
  const isYear = date.month === undefined && !date.year.digits.includes('X') && qualifiersOf(date).every(isPlain);
  return isYear ? `the year ${yearInWords(date)}` : dateInWords(date);
}

const parts = ['year', 'month', 'day'] as const;

/** The qualifier of each part that a date has. A sign after a part also qualifies those to its left. */
function qualifiersOf({ year, month, day }: CalendarDate): readonly ReadonlySet<Qualifier>[] {
  const own = [year, month, day].filter((part) => part !== undefined);
  return own.map((part, i) => {
    const signs = [part.before, ...own.slice(i).map(({ after }) => after)].filter((sign) => sign !== undefined);
    return new Set(signs.flatMap((sign): readonly Qualifier[] => (sign === '%' ? ['?', '~'] : [sign])));
  });
}

function isPlain(signs: ReadonlySet<Qualifier>): boolean {
  return signs.size === 0;
}

/** A date with its qualifiers: those of the whole date before it, those of some parts after it. */
function dateInWords(date: CalendarDate): string {
  const words = plainInWords(date);
  const all = qualifiersOf(date);
  const has = (sign: Qualifier): readonly string[] => parts.filter((_, i) => all[i]?.has(sign) === true);
  const [uncertain, approximate] = [has('?'), has('~')];
  const isWhole = (some: readonly string[]): boolean => some.length === all.length;
  const before = [...(isWhole(uncertain) ? ['perhaps '] : []), ...(isWhole(approximate) ? ['about '] : [])];
  const after = [
    ...(uncertain.length > 0 && !isWhole(uncertain) ? [`, the ${list(uncertain, 'and')} uncertain`] : []),
    ...(approximate.length > 0 && !isWhole(approximate) ? [`, the ${list(approximate, 'and')} approximate`] : []),
  ];
  return [...before, words, ...after].join('');
}

function plainInWords(date: CalendarDate): string {
  const { year, month, day } = date;
  const inYear = isUnknown(year) ? 'of' : 'in';
  const years = yearInWords(date);
  if (month === undefined) return years;
  if (month.digits === 'XX') {
    const isOneUnknown = day === undefined || isUnknown(day);
    if (isOneUnknown) return `an unknown ${day === undefined ? 'month' : 'day'} ${inYear} ${years}`;
    return `${dayOf(day)} of an unknown month ${inYear} ${years}`;
  }
  if (month.digits.includes('X')) {
    const months = `${digitsOf('month', month)} ${inYear} ${years}`;
    return day === undefined ? months : `${dayOf(day)} of ${months}`;
  }
  const name = monthInWords(month.digits);
  const inMonth = year.digits.includes('X') ? `${name} ${inYear} ${years}` : `${name} ${years}`;
  if (day === undefined) return inMonth;
  return day.digits.includes('X') ? `${dayOf(day)} in ${inMonth}` : `${Number(day.digits)} ${inMonth}`;
}

function isUnknown({ digits }: Component): boolean {
  return /^X+$/.test(digits);
}

function dayOf(day: Component): string {
  if (isUnknown(day)) return 'an unknown day';
  return day.digits.includes('X') ? digitsOf('day', day) : `day ${Number(day.digits)}`;
}

/** A part of which only some digits are known. */
function digitsOf(part: string, { digits }: Component): string {
  return `a ${part} of the form ${digits}`;
}

function yearInWords({ negative, year }: CalendarDate): string {
  const { digits } = year;
  if (isUnknown(year)) return `an unknown year${negative ? ' BC' : ''}`;
  if (!digits.includes('X')) return inEra(negative ? -Number(digits) : Number(digits));
  const form = `${negative ? '-' : ''}${digits}`;
  if (!/^\d+X+$/.test(digits) || negative) return digitsOf('year', { ...year, digits: form });
  return `one of the years ${digits.replaceAll('X', '0')} to ${digits.replaceAll('X', '9')}`;
}

/** A year as people count it: the year 0 of the calendar is 1 BC. */
function inEra(year: number): string {
  const size = year > 0 ? year : 1 - year;
  const digits = size > 9999 ? size.toLocaleString('en') : String(size);
  return year > 0 ? digits : `${digits} BC`;
}

/** In the order of their numbers, from 21 on. */
const seasons = ['spring', 'summer', 'autumn', 'winter'] as const;
const ordinals = ['first', 'second', 'third', 'fourth'] as const;

/** The name of a month, or of the part of a year that a number from 21 to 41 means, up to its year. */
function monthInWords(digits: string): string {
  const number = Number(digits);
  if (number <= 12) return monthNames[number - 1] ?? '';
  if (number <= 32) {
    const where = ['', 'northern ', 'southern '][Math.floor((number - 21) / 4)] ?? '';
    return `${where}${seasons[(number - 21) % 4] ?? ''}`;
  }
  const [first, part] = number <= 36 ? [33, 'quarter'] : number <= 39 ? [37, 'third'] : [40, 'half'];
  return `the ${number === 39 ? 'last' : (ordinals[number - first] ?? '')} ${part} of`;
}

function longYear({ year, significant }: LongYear): string {
  if (significant === undefined) return `the year ${inEra(year)}`;
  const unit = 10 ** Math.max(0, String(Math.abs(year)).length - significant);
  const lowest = Math.floor(Math.abs(year) / unit) * unit;
  const [from, to] = year < 0 ? [-(lowest + unit - 1), -lowest] : [lowest, lowest + unit - 1];
  return `a year from ${inEra(from)} to ${inEra(to)}, estimated as ${inEra(year)}`;
}

function time({ date, hours, minutes, seconds, offset }: Time): string {
  const clock = [hours, minutes, ...(seconds === 0 ? [] : [seconds])].map((n) => String(n).padStart(2, '0')).join(':');
  const zone = offset === '' ? '' : offset === 'Z' ? ' UTC' : ` (UTC${offset})`;
  return `${dateInWords(date)} at ${clock}${zone}`;
}

function interval({ from, to }: Interval): string {
  if (from === '..')
    return to === '..' ? 'without a start or an end' : `until ${endInWords(to, 'an unknown end')}, without a start`;
  if (to === '..') return `from ${endInWords(from, 'an unknown start')} on, without an end`;
  return `from ${endInWords(from, 'an unknown start')} to ${endInWords(to, 'an unknown end')}`;
}

function endInWords(end: Exclude<IntervalEnd, '..'>, unknown: string): string {
  if (end === '') return unknown;
  return end.kind === 'time' ? time(end) : dateInWords(end);
}

/** One of several dates, or all of them. */
function set({ kind, members }: DateSet): string {
  const [only] = members;
  const isOne = kind === 'one of';
  if (members.length === 1 && only?.kind === 'range')
    return isOne ? `one date, ${rangeInWords(only)}` : `all dates ${rangeInWords(only, 'up to', 'from')}`;
  const all = members.map((member) => (member.kind === 'range' ? rangeInWords(member) : dateInWords(member)));
  if (members.length === 1) return all.join('');
  return isOne ? `one date: ${list(all, 'or')}` : `all of these dates: ${list(all, 'and')}`;
}

function rangeInWords({ from, to }: Range, before = 'no later than', after = 'no earlier than'): string {
  if (from === undefined) return to === undefined ? 'at any time' : `${before} ${dateInWords(to)}`;
  if (to === undefined) return `${after} ${dateInWords(from)}${after === 'from' ? ' on' : ''}`;
  return `from ${dateInWords(from)} to ${dateInWords(to)}`;
}
