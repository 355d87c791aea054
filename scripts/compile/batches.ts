import { reserved } from '../schema/extensions.ts';
import type { Batch, Row, Table } from './model.ts';

const batchSize = 2048;
/** The largest batch for rows of whole texts, in UTF-16 units. */
const mostUnits = 4 * 1024 * 1024;

/** Rows that are collected until they make a batch, in the order of the tables. */
interface Collected {
  readonly add: (table: string, row: Row) => void;
  readonly isFull: () => boolean;
  readonly flush: () => Generator<Batch>;
}

/** Collects rows of the planned tables, and of provenance. */
export function collecting(planned: readonly Table[]): Collected {
  const names = [...planned.map(({ name }) => name), reserved.provenance];
  const collected = new Map<string, Row[]>(names.map((name) => [name, []]));
  let [rows, units] = [0, 0];
  return {
    add(table, row) {
      collected.get(table)?.push(row);
      rows++;
      units += unitsOf(row);
    },
    isFull: () => rows >= batchSize || units >= mostUnits,
    *flush() {
      [rows, units] = [0, 0];
      for (const [table, some] of collected) {
        if (some.length === 0) continue;
        yield { table, rows: some };
        collected.set(table, []);
      }
    },
  };
}

/** The length of the texts of a row, in UTF-16 units. */
function unitsOf(row: Row): number {
  let units = 0;
  for (const cell of row) if (typeof cell === 'string') units += cell.length;
  return units;
}

/** Rows of a table in batches of the usual size. */
export function* inBatches(table: string, rows: readonly Row[]): Generator<Batch> {
  for (let i = 0; i < rows.length; i += batchSize) yield { table, rows: rows.slice(i, i + batchSize) };
}
