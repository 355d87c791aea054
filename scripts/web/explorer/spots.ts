import { type ColumnData, valueAt } from './columns.ts';

/** A point of a map with the rows that are there. */
export interface Spot {
  /** Degrees. */
  readonly latitude: number;
  readonly longitude: number;
  readonly rows: readonly number[];
}

/** The points of some rows, those with the most rows first, so that small ones are drawn over large ones. */
export function spotsOf(latitude: ColumnData, longitude: ColumnData, rows: Uint32Array): readonly Spot[] {
  const spots = new Map<string, Spot & { readonly rows: number[] }>();
  for (const row of rows) {
    const [north, east] = [valueAt(latitude, row), valueAt(longitude, row)];
    if (typeof north !== 'number' || typeof east !== 'number') continue;
    const key = `${north} ${east}`;
    const spot = spots.get(key) ?? { latitude: north, longitude: east, rows: [] };
    spot.rows.push(row);
    spots.set(key, spot);
  }
  return [...spots.values()].toSorted((a, b) => b.rows.length - a.rows.length);
}

/** Scale of a point with several rows: its area grows with their number, up to a size that leaves others visible. */
export function sizeOf({ rows }: Spot): number {
  return Math.min(3, Math.sqrt(rows.length));
}

/** The most frequent value of a point's rows; of several, the first. */
export function mainValue(column: ColumnData, { rows }: Spot): string | null {
  const counts = new Map<string | null, number>();
  for (const row of rows) {
    const value = valueAt(column, row);
    const text = value === null ? null : String(value);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const [first] = [...counts].toSorted(([, a], [, b]) => b - a);
  return first?.[0] ?? null;
}
