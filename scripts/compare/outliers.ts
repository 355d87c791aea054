import type { Batch, Cell, Column, Table } from '../compile/model.ts';
import { isObject } from '../json/json.ts';
import { reserved } from '../schema/extensions.ts';
import type { Difference } from './difference.ts';
import type { RecordName } from './edition.ts';

/** With fewer other values, nothing is known about what is usual. */
const fewestOthers = 8;

/** A value is an outlier beyond this many interquartile ranges from the nearer quartile (Tukey 1977). */
const farOut = 3;

/** This many records give the quartiles well enough to show that a value is not an outlier. */
const mostSampled = 2000;
/** With fewer values, a sample shows nothing. */
const fewestSampled = 500;
/** In a sample, a value beyond this many interquartile ranges is compared with all others. */
const doubtful = 2;

/** A new value that is far from those of the other records. */
export interface Outlier {
  readonly record: RecordName;
  readonly table: string;
  readonly column: string;
  readonly value: Cell;
  /** The least and the greatest of the other values. */
  readonly others: readonly [least: Cell, greatest: Cell];
}

interface Candidate extends Pick<Outlier, 'record' | 'table' | 'value'> {
  readonly column: Column;
}

/**
 * New numbers and dates that are outliers: outside all other values, and far from their quartiles. A sample of the
 * other records shows that most values are usual; all records are read only if a value may not be.
 * @param others rows of the records that did not change; with `most`, of about that many records, evenly spread
 */
export function outliersOf(
  difference: Difference,
  tables: readonly Table[],
  others: (most?: number) => Iterable<Batch>,
): readonly Outlier[] {
  const all = candidatesOf(difference, tables);
  if (all.length === 0) return [];
  const sample = valuesOf(tables, others(mostSampled));
  const candidates = all.filter((each) => !isUsual(each, sample));
  if (candidates.length === 0) return [];
  const known = valuesOf(tables, others());
  const found = candidates.flatMap(({ record, table, column, value }): readonly Outlier[] => {
    const sorted =
      known
        .get(table)
        ?.get(column.name)
        ?.toSorted((a, b) => sizeOf(a) - sizeOf(b)) ?? [];
    const [least, greatest] = [sorted[0], sorted.at(-1)];
    if (least === undefined || greatest === undefined || !isFarOut(sizeOf(value), sorted.map(sizeOf), farOut))
      return [];
    const first = tables.find(({ name }) => name === table)?.columns.find((c) => c.pointer === column.pointer);
    return [{ record, table, column: (first ?? column).name, value, others: [least, greatest] }];
  });
  // the bounds of an uncertain date are two columns of one field
  const keyOf = ({ record, table, column }: Outlier): string => JSON.stringify([record, table, column]);
  return [...new Map(found.toReversed().map((each) => [keyOf(each), each])).values()].toReversed();
}

/** Whether a sample shows that a value is not an outlier. */
function isUsual({ table, column, value }: Candidate, sample: Values): boolean {
  const values = sample.get(table)?.get(column.name) ?? [];
  if (values.length < fewestSampled) return false;
  const sorted = values.map(sizeOf).toSorted((a, b) => a - b);
  // if most values are equal, the whole range of all values counts
  const varies = sorted[sorted.length >> 2] !== sorted[(3 * sorted.length) >> 2];
  return !isFarOut(sizeOf(value), sorted, varies ? doubtful : 0);
}

/** The new numbers and dates. */
function candidatesOf({ rows }: Difference, tables: readonly Table[]): readonly Candidate[] {
  return rows.flatMap(({ record, table: name, field, new: fresh }): readonly Candidate[] => {
    const table = tables.find((each) => each.name === name);
    if (table === undefined || name === reserved.provenance || name === reserved.withdrawn) return [];
    return measured(table).flatMap((column) => {
      const value = field === null && fresh !== undefined && isObject(fresh) ? fresh[column.name] : fresh;
      if (field !== null && field !== column.name) return [];
      return typeof value === 'number' || typeof value === 'string' ? [{ record, table: name, column, value }] : [];
    });
  });
}

/** The columns with numbers or dates that records contain. */
function measured({ columns, primaryKey }: Table): readonly Column[] {
  return columns.filter(
    ({ name, type, pointer, references }) =>
      ['integer', 'number', 'date'].includes(type) &&
      pointer !== undefined &&
      references.length === 0 &&
      !primaryKey.includes(name),
  );
}

/** Values of columns, by table and column. */
type Values = ReadonlyMap<string, ReadonlyMap<string, readonly Cell[]>>;

/** The values of each measured column, by table. */
function valuesOf(tables: readonly Table[], batches: Iterable<Batch>): Values {
  const values = new Map<string, Map<string, Cell[]>>();
  for (const { table: name, rows } of batches) {
    const table = tables.find((each) => each.name === name);
    if (table === undefined) continue;
    const columns = values.get(name) ?? new Map<string, Cell[]>();
    values.set(name, columns);
    for (const column of measured(table)) {
      const at = table.columns.indexOf(column);
      const known = columns.get(column.name) ?? [];
      columns.set(column.name, known);
      for (const row of rows) if (row[at] !== null && row[at] !== undefined) known.push(row[at]);
    }
  }
  return values;
}

/** A number as it is, a date in days. */
function sizeOf(value: Cell): number {
  return typeof value === 'string' ? Date.parse(value) / 86_400_000 : Number(value);
}

/** Whether a value is outside all others, and beyond this many interquartile ranges from the nearer quartile. */
function isFarOut(value: number, sorted: readonly number[], ranges: number): boolean {
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  const [least, first, third, greatest] = [at(0), at(0.25), at(0.75), at(1)];
  if (sorted.length < fewestOthers || (value >= least && value <= greatest)) return false;
  const spread = third - first === 0 ? greatest - least : third - first;
  return spread > 0 && (value < first - ranges * spread || value > third + ranges * spread);
}
