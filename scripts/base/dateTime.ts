/** A day of the calendar (RFC 3339, `full-date`) in the years 1 to 9999, the years that every DATE column can hold. */
export function isDay(text: string): boolean {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return false;
  const year = wholeNumber(text, 0, 4);
  const day = wholeNumber(text, 8, 10);
  // NaN fails each comparison
  return year > 0 && day > 0 && day <= daysIn(year, wholeNumber(text, 5, 7));
}

/** The number that the digits in part of a text make; NaN if anything else is among them. */
function wholeNumber(text: string, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    value = digit >= 0 && digit <= 9 ? value * 10 + digit : Number.NaN;
  }
  return value;
}

function daysIn(year: number, month: number): number {
  if (!(month >= 1 && month <= 12)) return 0;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (leap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const minutesOfDay = 24 * 60;

/** A time with its offset (RFC 3339, `full-time`). The second 60 is a leap second: it ends a day of UTC. */
export function isTime(text: string): boolean {
  const parts = /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|([+-])(\d\d):(\d\d))$/.exec(text);
  if (parts === null) return false;
  const [hour = 0, minute = 0, second = 0] = parts.slice(1, 4).map(Number);
  const [offsetHour = 0, offsetMinute = 0] = parts.slice(5).map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || offsetHour > 23 || offsetMinute > 59) return false;
  if (second < 60) return true;
  const offset = (offsetHour * 60 + offsetMinute) * (parts[4] === '-' ? -1 : 1);
  const utc = (hour * 60 + minute - offset + minutesOfDay) % minutesOfDay;
  return second === 60 && utc === minutesOfDay - 1;
}

/**
 * A date-time (RFC 3339) as the shortest text of the same microsecond in UTC, `2022-01-14T12:00:00Z`; undefined if it
 * is not one, or is outside the years 1 to 9999. Anything finer than a microsecond is cut off.
 */
export function shortestUtc(text: string): string | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)[Tt]((\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|z|[+-]\d\d:\d\d))$/.exec(text);
  if (parts === null) return undefined;
  const [, day = '', full = '', time = '', fraction = '', offset = ''] = parts;
  // Date.parse alone would read 30 February as 2 March, and 24:00 as the next day
  if (!isDay(day) || !isTime(full)) return undefined;
  // clocks count days of 86,400 seconds, so a leap second is the second after it
  const leap = time.endsWith(':60');
  const counted = leap ? `${time.slice(0, 6)}59` : time;
  const milliseconds = Date.parse(`${day}T${counted}${offset.toUpperCase()}`) + (leap ? 1000 : 0);
  const utc = new Date(milliseconds).toISOString();
  if (!isDay(utc.slice(0, 10))) return undefined;
  const micros = fraction.slice(0, 6).replace(/0+$/, '');
  return `${utc.slice(0, 19)}${micros === '' ? '' : `.${micros}`}Z`;
}

/** Whether a text is an RFC 3339 date or date-time outside the years 1 to 9999 in UTC. */
export function isOutsideYears(text: string): boolean {
  if (isDay(text) || shortestUtc(text) !== undefined) return false;
  // the calendar repeats itself every 400 years
  if (!isDay(text.slice(0, 10).replace(/^0000/, '0400'))) return false;
  return text.length === 10 || (/^[Tt]$/.test(text.slice(10, 11)) && isTime(text.slice(11)));
}
