import type { Cell, Row, Table } from '../../compile/model.ts';
import type { Json } from '../../json/json.ts';
import { reserved } from '../../schema/extensions.ts';
import { sparkType } from './sql.ts';

/**
 * What a line of a map task holds:
 * - `row`: a row of a table, `record`: a record as it is read, `problem`: a problem with its place
 * - `id`: an identifier, `reference`: a reference to a record that may be in another part, `withdrawal`: a withdrawn
 *   record, `excused`: an identifier that a faulty file may mean, `mark`: what makes a record look like another one
 * - `summary`: counts of the part, `failure`: why it cannot be mapped
 */
export type Kind =
  | 'row'
  | 'record'
  | 'problem'
  | 'id'
  | 'reference'
  | 'withdrawal'
  | 'excused'
  | 'mark'
  | 'summary'
  | 'failure'
  | 'differs';

/**
 * A line of a map task. `id` and `form` are JSON; `form` is what ids are compared in, or what a record is replaced by.
 * Spark takes an empty `table` for NULL.
 */
export interface Line {
  readonly kind: Kind;
  readonly table: string;
  readonly id?: string;
  readonly form?: string;
  /** Number of the part of the records. */
  readonly part: number;
  /** Number in the part, in the order in which records are read. */
  readonly n: number;
  /** JSON. */
  readonly text: string;
}

/** The columns of a line, in order, as declared for Spark. */
export const lineColumns = 'kind STRING, tbl STRING, id STRING, form STRING, part INT, n BIGINT, text STRING';

/** A line in the form for Spark. JSON contains no tab or newline, so nothing needs an escape. */
export function printLine({ kind, table, id = '', form = '', part, n, text }: Line): string {
  return `${kind}\t${table}\t${id}\t${form}\t${part}\t${n}\t${text}\n`;
}

/** A row as JSON: an object with `c0`, `c1` and so on for the cells that are not NULL, and its key as `k`. */
export function rowText(row: Row, key: readonly number[]): string {
  let text = key.length === 0 ? '{' : `{"k":${JSON.stringify(sortKey(key.map((i) => row[i] ?? null)))}`;
  for (let i = 0; i < row.length; i++) {
    const cell = row[i] ?? null;
    if (cell !== null) text += `${text.length > 1 ? ',' : ''}"c${i}":${JSON.stringify(cell)}`;
  }
  return `${text}}`;
}

/** A record as JSON: its text as `r`, and the key of its row in the root table as `k`. */
export function recordText(record: Json, key: Cell): string {
  return JSON.stringify({ ...(key === null ? {} : { k: sortKey([key]) }), r: JSON.stringify(record) });
}

/** The positions of the columns that order the rows of a table; none for code lists, which keep their order. */
export function keyColumns({ name, columns, primaryKey }: Table): readonly number[] {
  if (name === reserved.codeLists) return [];
  return primaryKey.map((key) => columns.findIndex((column) => column.name === key));
}

/** A text that sorts like the key: texts by code point, numbers by value. */
export function sortKey(cells: readonly Cell[]): string {
  return cells.map(sortedCell).join('\0\0');
}

const bits = new DataView(new ArrayBuffer(8));

function sortedCell(cell: Cell): string {
  if (typeof cell === 'string') return cell.includes('\0') ? cell.replaceAll('\0', '\0\u0001') : cell;
  if (typeof cell !== 'number') return String(cell);
  bits.setFloat64(0, cell);
  const upper = bits.getUint32(0);
  const isNegative = upper >= 0x8000_0000;
  const halves = isNegative ? [~upper >>> 0, ~bits.getUint32(4) >>> 0] : [upper + 0x8000_0000, bits.getUint32(4)];
  return halves.map((half) => half.toString(16).padStart(8, '0')).join('');
}

/** The cells of a row that `rowText` has printed. */
export function cellsOf(row: Readonly<Record<string, Cell>>, columns: number): Row {
  return Array.from({ length: columns }, (_, i) => row[`c${i}`] ?? null);
}

/** The type of `rowText` for a table, for `from_json`. */
export function rowType({ columns }: Pick<Table, 'columns'>): string {
  return ['k STRING', ...columns.map((column, i) => `c${i} ${sparkType(column)}`)].join(', ');
}

/** The columns of a typed row of a table. */
export function cellsAs({ columns }: Pick<Table, 'columns'>): readonly string[] {
  return columns.map((_, i) => `c${i}`);
}
