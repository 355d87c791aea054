/** `?` uncertain, `~` approximate, `%` both. */
export type Qualifier = '?' | '~' | '%';

/** A year, month or day: its digits, `X` for an unknown one, and its qualifiers. */
export interface Component {
  readonly digits: string;
  /** Qualifies this component alone. */
  readonly before: Qualifier | undefined;
  /** Qualifies this component and those to its left. */
  readonly after: Qualifier | undefined;
}

/** A year, a month, a season (a month of 21 to 41) or a day. */
export interface CalendarDate {
  readonly kind: 'date';
  readonly negative: boolean;
  readonly year: Component;
  readonly month: Component | undefined;
  readonly day: Component | undefined;
}

/** A year of more than four digits, with an exponent, or with only its first digits significant. */
export interface LongYear {
  readonly kind: 'long year';
  readonly year: number;
  readonly significant: number | undefined;
}

/** A day with a time of day: hours and minutes, perhaps seconds and an offset. */
export interface Time {
  readonly kind: 'time';
  readonly date: CalendarDate;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly offset: string;
}

/** From one date to another. An end is `..` where it is open, empty if it is not known. */
export interface Interval {
  readonly kind: 'interval';
  readonly from: IntervalEnd;
  readonly to: IntervalEnd;
}

export type IntervalEnd = CalendarDate | Time | '..' | '';

/** All dates from one to another; if one end is missing, all dates before or after the other. */
export interface Range {
  readonly kind: 'range';
  readonly from: CalendarDate | undefined;
  readonly to: CalendarDate | undefined;
}

/** One of several dates, `[…]`, or all of them, `{…}`. */
export interface DateSet {
  readonly kind: 'one of' | 'all of';
  readonly members: readonly (CalendarDate | Range)[];
}

export type Expression = CalendarDate | LongYear | Time | Interval | DateSet;

/**
 * The parts of an Extended Date/Time Format text (ISO 8601-2:2019, levels 0 to 2); undefined if it lacks the form. This
 * does not check that the month and day exist, or that an interval ends after it begins.
 */
export function parseExpression(text: string): Expression | undefined {
  const first = text.charAt(0);
  if (first === '[') return set('one of', ']', text);
  if (first === '{') return set('all of', '}', text);
  const slash = text.indexOf('/');
  if (slash >= 0) return interval(text.slice(0, slash), text.slice(slash + 1));
  return calendarDate(text) ?? shortYear(text) ?? longYear(text) ?? time(text);
}

const datePattern = /^([?~%])?(-)?([\dX]{4})([?~%])?(?:-([?~%])?([\dX]{2})([?~%])?(?:-([?~%])?([\dX]{2})([?~%])?)?)?$/;

function calendarDate(text: string): CalendarDate | undefined {
  const parts = datePattern.exec(text);
  if (parts === null) return undefined;
  const year = component(parts[1], parts[3], parts[4]);
  // both would qualify the year: `%` is the sign for uncertain and approximate
  if (year === undefined || (parts[1] !== undefined && parts[4] !== undefined)) return undefined;
  return {
    kind: 'date',
    negative: parts[2] !== undefined,
    year,
    month: component(parts[5], parts[6], parts[7]),
    day: component(parts[8], parts[9], parts[10]),
  };
}

function component(
  before: string | undefined,
  digits: string | undefined,
  after: string | undefined,
): Component | undefined {
  return digits === undefined ? undefined : { digits, before: qualifier(before), after: qualifier(after) };
}

function qualifier(sign: string | undefined): Qualifier | undefined {
  return sign === '?' || sign === '~' || sign === '%' ? sign : undefined;
}

/**
 * A century of two digits or a decade of three (ISO 8601-1:2019): `19` is `19XX`, `198` is `198X`. Valid only by
 * itself, so that `2022/23` is not an interval.
 */
function shortYear(text: string): CalendarDate | undefined {
  const [, sign = '', digits, after = ''] = /^(-)?(\d{2,3})([?~%])?$/.exec(text) ?? [];
  return digits === undefined ? undefined : calendarDate(sign + digits.padEnd(4, 'X') + after);
}

function longYear(text: string): LongYear | undefined {
  const [, letter, sign = '', digits = '', exponent, significant] =
    /^(Y)?(-)?(\d+)(?:E(\d+))?(?:S([1-9]\d*))?$/.exec(text) ?? [];
  const wellFormed =
    letter === undefined
      ? digits.length === 4 && exponent === undefined && significant !== undefined
      : exponent === undefined
        ? /^[1-9]\d{4}/.test(digits)
        : true;
  if (!wellFormed) return undefined;
  const year = Number(`${sign}${digits}e${exponent ?? 0}`);
  return { kind: 'long year', year, significant: significant === undefined ? undefined : Number(significant) };
}

function time(text: string): Time | undefined {
  const [, day = '', hours, minutes, seconds = 0, offset = ''] =
    /^(-?\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d(?::\d\d)?)?$/.exec(text) ?? [];
  const date = calendarDate(day);
  if (date === undefined) return undefined;
  return { kind: 'time', date, hours: Number(hours), minutes: Number(minutes), seconds: Number(seconds), offset };
}

function interval(before: string, after: string): Interval | undefined {
  // an interval with both ends unknown says nothing
  if (before === '' && after === '') return undefined;
  const [from, to] = [before, after].map((end) =>
    end === '' || end === '..' ? end : (calendarDate(end) ?? time(end)),
  );
  return from === undefined || to === undefined ? undefined : { kind: 'interval', from, to };
}

function set(kind: DateSet['kind'], close: string, text: string): DateSet | undefined {
  if (!text.endsWith(close)) return undefined;
  const elements = text.slice(1, -1).split(',');
  const members = elements.map((element, i) => member(element, i === 0, i === elements.length - 1));
  const known = members.filter((one) => one !== undefined);
  return known.length === members.length ? { kind, members: known } : undefined;
}

/** A date or range. Only the first can lack a start, and only the last an end. */
function member(text: string, first: boolean, last: boolean): CalendarDate | Range | undefined {
  const dots = text.indexOf('..');
  if (dots < 0) return calendarDate(text);
  const [before, after] = [text.slice(0, dots), text.slice(dots + 2)];
  if ((before === '' && (after === '' || !first)) || (after === '' && !last)) return undefined;
  const [from, to] = [before, after].map((end) => (end === '' ? undefined : calendarDate(end)));
  const wellFormed = (before === '') === (from === undefined) && (after === '') === (to === undefined);
  return wellFormed ? { kind: 'range', from, to } : undefined;
}
