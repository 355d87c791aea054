import type { ExplorerColumn } from '../../write/explorer/model.ts';
import type { ColumnData } from './columns.ts';

/** Values of a column with the number of rows that have them. */
export interface ValueCount {
  /** Null for the empty cell. */
  readonly value: string | null;
  readonly count: number;
}

/** A bar of a histogram: the rows with a value between two bounds, both included. */
export interface Bin {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

export type FacetKind = 'values' | 'days' | 'numbers';

/** A column with more distinct texts than this is not offered as a choice. */
const mostChoices = 300;
const longestChoice = 100;

/** How the values of a column are offered as a choice; undefined if there are too many. */
export function facetKind(column: ExplorerColumn, data: ColumnData): FacetKind | undefined {
  if (column.type === 'json') return undefined;
  if (column.type === 'date') return 'days';
  if (data.kind === 'numbers') return 'numbers';
  if (column.codes !== undefined || column.type === 'boolean') return 'values';
  return data.kind === 'coded' && isChoice(data.dictionary) ? 'values' : undefined;
}

/** Whether texts are names to choose from: few, and none of them prose. */
function isChoice(texts: readonly string[]): boolean {
  return texts.length <= mostChoices && texts.every((text) => text.length <= longestChoice);
}

/** The values of a column in some rows: codes in list order, others by number of rows, the empty cell last. */
export function countValues(column: ExplorerColumn, data: ColumnData, rows: Uint32Array): readonly ValueCount[] {
  const counts = new Map<string | null, number>((column.codes ?? []).map(({ code }) => [code, 0]));
  if (data.kind === 'coded') {
    const found = new Float64Array(data.dictionary.length + 1);
    for (const row of rows) found[(data.indices[row] ?? -1) + 1]! += 1;
    for (const [i, count] of found.entries()) if (count > 0) counts.set(data.dictionary[i - 1] ?? null, count);
  } else if (data.kind === 'texts') {
    for (const row of rows) {
      const value = data.cells[row] ?? null;
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  const all = [...counts].map(([value, count]): ValueCount => ({ value, count }));
  const listed = new Set((column.codes ?? []).map(({ code }) => code));
  const isListed = ({ value }: ValueCount): boolean => value !== null && listed.has(value);
  const byNumber = (a: ValueCount, b: ValueCount): number =>
    Number(a.value === null) - Number(b.value === null) || b.count - a.count;
  return [...all.filter(isListed), ...all.filter((each) => !isListed(each)).toSorted(byNumber)];
}

/** The most bars in a histogram. */
const mostBins = 24;

/** The histogram of numbers in some rows, in steps of 1, 2 or 5 times a power of ten. */
export function countNumbers(data: ColumnData, rows: Uint32Array): readonly Bin[] {
  if (data.kind !== 'numbers') return [];
  let [least, most] = [Infinity, -Infinity];
  for (const row of rows) {
    const value = data.numbers[row] ?? Number.NaN;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (least > most) return [];
  const edges = edgesOf(least, most);
  const counts = edges.slice(1).map(() => 0);
  const size = (edges[1] ?? 1) - (edges[0] ?? 0);
  for (const row of rows) {
    const value = data.numbers[row] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    // division can be off by one
    let bin = Math.min(counts.length - 1, Math.max(0, Math.floor((value - least) / size)));
    while (value < (edges[bin] ?? 0)) bin--;
    while (value >= (edges[bin + 1] ?? Infinity)) bin++;
    counts[bin]! += 1;
  }
  const whole = size >= 1 && isWhole(data, rows);
  return counts.map((count, i) => {
    // a bar ends before the next one begins: with integers, at the integer before
    const end = edges[i + 1] ?? 0;
    return { from: String(edges[i]), to: String(whole ? end - 1 : below(end)), count };
  });
}

/** The bounds of the bars, around the smallest and the largest number; one bar if these are too close. */
function edgesOf(least: number, most: number): readonly number[] {
  const step = niceStep((most - least) / mostBins);
  const largest = Math.max(Math.abs(least), Math.abs(most));
  if (step < 1e-290 || step < largest * 1e-10) return [least, above(most)];
  const first = Math.floor(least / step);
  const edges = Array.from({ length: Math.floor(most / step) - first + 2 }, (_, i) => round((first + i) * step));
  const [start = least, end = most] = [edges[0], edges.at(-1)];
  return [...(start > least ? [round(start - step)] : []), ...edges, ...(end <= most ? [round(end + step)] : [])];
}

/** The next number below another. */
function below(value: number): number {
  return -above(-value);
}

/** The next number above another: its bits plus one. */
function above(value: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value === 0 ? 0 : value);
  bits.setBigInt64(0, bits.getBigInt64(0) + (value < 0 ? -1n : 1n));
  return bits.getFloat64(0);
}

const wholeness = new WeakMap<ColumnData, boolean>();

function isWhole(data: ColumnData, rows: Uint32Array): boolean {
  if (data.kind !== 'numbers') return false;
  const before = wholeness.get(data);
  if (before !== undefined) return before;
  const found = rows.every((row) => !((data.numbers[row] ?? 0) % 1));
  wholeness.set(data, found);
  return found;
}

function niceStep(size: number): number {
  if (size <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(size));
  return round([1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= size) ?? size);
}

/** Rounds off the last digits, which are inexact in a sum of steps. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}

/** The periods in which days are counted, from decades to days. */
export type DayStep = 'decade' | 'year' | 'month' | 'day';

/** How a period of days is written: `2022`, `2022-01`, `2022-01-14`, `202` for the decade. */
const lengths: Readonly<Record<DayStep, number>> = { decade: 3, year: 4, month: 7, day: 10 };

/** The first and the last day of some rows, as ISO 8601; undefined if no row has one. */
export function dayExtent(data: ColumnData, rows: Uint32Array): readonly [string, string] | undefined {
  let [least, most]: [string | undefined, string | undefined] = [undefined, undefined];
  for (const row of rows) {
    const day = data.kind === 'coded' ? data.dictionary[data.indices[row] ?? -1] : dayIn(data, row);
    if (day === undefined) continue;
    if (least === undefined || day < least) least = day;
    if (most === undefined || day > most) most = day;
  }
  return least === undefined || most === undefined ? undefined : [least, most];
}

function dayIn(data: ColumnData, row: number): string | undefined {
  return data.kind === 'texts' ? (data.cells[row] ?? undefined) : undefined;
}

const day = 86_400_000;
const mostDays = 45;

/** The smallest step that gives few enough bars between two days. */
export function dayStep([first, last]: readonly [string, string]): DayStep {
  const days = (Date.parse(last) - Date.parse(first)) / day;
  if (days <= mostDays) return 'day';
  if (days <= 30 * mostDays) return 'month';
  return days <= 365 * 2 * mostDays ? 'year' : 'decade';
}

/** All periods from the first day to the last, without a gap. */
export function periods([first, last]: readonly [string, string], step: DayStep): readonly string[] {
  const all: string[] = [];
  const length = lengths[step];
  for (let at = first.slice(0, length); at <= last.slice(0, length); at = next(at, step)) all.push(at);
  return all;
}

function next(period: string, step: DayStep): string {
  if (step === 'decade') return String(Number(period) + 1).padStart(3, '0');
  if (step === 'year') return String(Number(period) + 1).padStart(4, '0');
  if (step === 'day') return new Date(Date.parse(period) + day).toISOString().slice(0, 10);
  const [year = '', month = ''] = period.split('-');
  return month === '12' ? `${next(year, 'year')}-01` : `${year}-${String(Number(month) + 1).padStart(2, '0')}`;
}

/** The period that contains a day. */
export function periodOf(isoDay: string, step: DayStep): string {
  return isoDay.slice(0, lengths[step]);
}

/** The first and last day of a period, as texts that sort like days. */
export function boundsOf(period: string, step: DayStep): { readonly from: string; readonly to: string } {
  if (step === 'decade') return { from: `${period}0-01-01`, to: `${period}9-12-31` };
  if (step === 'year') return { from: `${period}-01-01`, to: `${period}-12-31` };
  if (step === 'month') {
    const end = new Date(Date.parse(`${next(period, 'month')}-01`) - day).toISOString().slice(0, 10);
    return { from: `${period}-01`, to: end };
  }
  return { from: period, to: period };
}

/** A period in words. */
export function periodLabel(period: string, step: DayStep): string {
  return step === 'decade' ? `${period}0s` : period;
}

/** The histogram of days in some rows. */
export function countDays(data: ColumnData, rows: Uint32Array): readonly (Bin & { readonly label: string })[] {
  const extent = dayExtent(data, rows);
  if (extent === undefined) return [];
  const step = dayStep(extent);
  const counts = new Map(periods(extent, step).map((period) => [period, 0]));
  for (const row of rows) {
    const isoDay = data.kind === 'coded' ? data.dictionary[data.indices[row] ?? -1] : dayIn(data, row);
    if (isoDay === undefined) continue;
    const period = periodOf(isoDay, step);
    counts.set(period, (counts.get(period) ?? 0) + 1);
  }
  return [...counts].map(([period, count]) => ({ ...boundsOf(period, step), label: periodLabel(period, step), count }));
}
