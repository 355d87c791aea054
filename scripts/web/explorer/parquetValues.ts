import type { ParquetParsers } from 'hyparquet';

// a mark of byte order at the start of a text is part of it
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Values of Parquet as the CSV of a release prints them. */
export const asInCsv = {
  stringFromBytes: (bytes) => decoder.decode(bytes),
  jsonFromBytes: (bytes) => decoder.decode(bytes),
  dateFromDays: dayText,
  timestampFromMilliseconds: (milliseconds) => timestampText(milliseconds * 1000n),
  timestampFromMicroseconds: timestampText,
  timestampFromNanoseconds: (nanoseconds) => timestampText(nanoseconds / 1000n),
} satisfies Partial<ParquetParsers>;

const microsecondsOfDay = 86_400_000_000n;
/** Days that stand for no day. */
const endless: ReadonlyMap<number, string> = new Map([
  [2_147_483_647, 'infinity'],
  [-2_147_483_647, '-infinity'],
]);

/** A day, counted from 1970-01-01: ISO 8601, and before the year 1 as DuckDB prints it, `0044-03-15 (BC)`. */
function dayText(days: number): string {
  const known = endless.get(days);
  if (known !== undefined) return known;
  const { year, rest } = dateOf(days);
  return year > 0 ? `${padded(year)}${rest}` : `${padded(1 - year)}${rest} (BC)`;
}

/** A time in UTC as RFC 3339 writes it, with no more of a fraction than it has. */
function timestampText(microseconds: bigint): string {
  const inDay = ((microseconds % microsecondsOfDay) + microsecondsOfDay) % microsecondsOfDay;
  const { year, rest } = dateOf(Number((microseconds - inDay) / microsecondsOfDay));
  const time = new Date(Number(inDay / 1000n)).toISOString().slice(11, 19);
  const fraction = String(inDay % 1_000_000n)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return `${padded(year)}${rest}T${time}${fraction === '' ? '' : `.${fraction}`}Z`;
}

function padded(year: number): string {
  return year < 0 ? `-${padded(-year)}` : String(year).padStart(4, '0');
}

/** Days of 400 years, after which the calendar repeats itself. */
const daysOfCycle = 146_097;

/** The year of a day in the Gregorian calendar, and month and day as `-01-31`. `Date` alone ends in the year 275760. */
function dateOf(days: number): { readonly year: number; readonly rest: string } {
  const cycles = Math.floor(days / daysOfCycle);
  const date = new Date((days - cycles * daysOfCycle) * 86_400_000);
  return { year: date.getUTCFullYear() + 400 * cycles, rest: date.toISOString().slice(4, 10) };
}
