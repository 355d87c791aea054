import type { ExplorerColumn } from '../../write/explorer/model.ts';
import { type ColumnData, valueAt } from './columns.ts';
import { boundsOf, countValues, dayExtent, dayStep, periodLabel, periodOf, periods } from './facets.ts';
import { colours } from './pictures.ts';

/** The rows of a period, by the values of a code. */
export interface Stack {
  readonly label: string;
  /** First and last day. */
  readonly from: string;
  readonly to: string;
  /** For each value, in the order of the chart; values beyond the last colour share one entry. */
  readonly counts: readonly number[];
  readonly total: number;
}

export interface StackedPicture {
  readonly periods: readonly Stack[];
  /** The most rows in a period. */
  readonly most: number;
  readonly values: readonly { readonly value: string | null; readonly count: number }[];
  /** Rows without the date. */
  readonly undated: number;
}

/** Counts rows by period, and in each by the values of a code. */
export function stacksOverTime(
  day: ColumnData,
  code: ColumnData | undefined,
  column: ExplorerColumn | undefined,
  rows: Uint32Array,
): StackedPicture {
  const extent = dayExtent(day, rows);
  const values =
    code === undefined || column === undefined
      ? []
      : countValues(column, code, rows)
          .filter(({ count }) => count > 0)
          .toSorted((a, b) => b.count - a.count);
  if (extent === undefined) return { periods: [], most: 0, values, undated: rows.length };
  const step = dayStep(extent);
  const indexOf = new Map(values.map(({ value }, i) => [value, Math.min(i, colours)]));
  const counts = new Map(periods(extent, step).map((period) => [period, Array.from({ length: colours + 1 }, () => 0)]));
  let undated = 0;
  for (const row of rows) {
    const at = valueAt(day, row);
    const stack = at === null ? undefined : counts.get(periodOf(String(at), step));
    if (stack === undefined) {
      undated++;
      continue;
    }
    const value = code === undefined ? null : valueAt(code, row);
    stack[indexOf.get(value === null ? null : String(value)) ?? 0]! += 1;
  }
  const stacks = [...counts].map(([period, each]): Stack => ({
    ...boundsOf(period, step),
    label: periodLabel(period, step),
    counts: each,
    total: each.reduce((sum, count) => sum + count, 0),
  }));
  return { periods: stacks, most: Math.max(...stacks.map(({ total }) => total)), values, undated };
}
