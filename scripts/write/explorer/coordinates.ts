import type { ExplorerColumn, ExplorerTable } from './model.ts';

/** Columns that hold degrees of latitude and longitude. */
export interface Coordinates {
  readonly latitude: ExplorerColumn;
  readonly longitude: ExplorerColumn;
}

/** The coordinates of a table: two numbers of one object that the schema bounds by ±90 and ±180. */
export function coordinatesOf({ columns }: Pick<ExplorerTable, 'columns'>): Coordinates | undefined {
  const bounded = (limit: number): readonly ExplorerColumn[] =>
    columns.filter(({ type, minimum, maximum }) => type === 'number' && minimum === -limit && maximum === limit);
  for (const latitude of bounded(90)) {
    const longitude = bounded(180).find((each) => objectOf(each) === objectOf(latitude));
    if (longitude !== undefined) return { latitude, longitude };
  }
  return undefined;
}

/** JSON Pointer of the object that contains a column's value. */
export function objectOf({ pointer = '' }: ExplorerColumn): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}
