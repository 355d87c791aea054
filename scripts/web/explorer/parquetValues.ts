import type { DecodedArray, ParquetParsers } from 'hyparquet';
import type { Decoded } from './columns.ts';
import { textsOf } from './parquetTexts.ts';

/** Values of Parquet as the CSV of a release prints them; texts stay bytes: see `withTexts`. */
export const asInCsv = {
  stringFromBytes: (bytes) => bytes,
  jsonFromBytes: (bytes) => bytes,
  dateFromDays: dayText,
  timestampFromMilliseconds: (milliseconds) => timestampText(milliseconds * 1000n),
  timestampFromMicroseconds: timestampText,
  timestampFromNanoseconds: (nanoseconds) => timestampText(nanoseconds / 1000n),
} satisfies Partial<ParquetParsers>;

/** Values with texts instead of their bytes. Values from one dictionary entry share one text. */
export function withTexts(values: DecodedArray): ArrayLike<Decoded> {
  if (!Array.isArray(values)) return values;
  const encoded: Uint8Array[] = [];
  const known = comeUpAgain(values) ? new Map<Uint8Array, number>() : undefined;
  const numbers = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value: unknown = values[i];
    if (!(value instanceof Uint8Array)) {
      numbers[i] = -1;
      continue;
    }
    const number = known?.get(value) ?? encoded.length;
    if (number === encoded.length) {
      known?.set(value, number);
      encoded.push(value);
    }
    numbers[i] = number;
  }
  const texts = textsOf(encoded);
  return values.map((value, i) => texts[numbers[i] ?? -1] ?? value);
}

/** How many values of a column are inspected. */
const sampled = 256;

/** Whether values come from a dictionary, judging by the first of them. */
function comeUpAgain(values: readonly unknown[]): boolean {
  const some = values.slice(0, sampled).filter((value) => value instanceof Uint8Array);
  return new Set(some).size < some.length;
}

const microsecondsOfDay = 86_400_000_000n;
/** The day numbers that mean infinity in DuckDB. */
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

/** A time in UTC as in RFC 3339, without trailing zeros in its fraction. */
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
  return year < 0 ? String(year) : String(year).padStart(4, '0');
}

/** Days in 400 years, after which the calendar repeats. */
const daysOfCycle = 146_097;

/** The year of a day in the Gregorian calendar, and month and day as `-01-31`. `Date` alone ends in the year 275760. */
function dateOf(days: number): { readonly year: number; readonly rest: string } {
  const cycles = Math.floor(days / daysOfCycle);
  const date = new Date((days - cycles * daysOfCycle) * 86_400_000);
  return { year: date.getUTCFullYear() + 400 * cycles, rest: date.toISOString().slice(4, 10) };
}
