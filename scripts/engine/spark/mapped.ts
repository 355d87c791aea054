import type { Cell, Row, Table } from '../../compile/model.ts';
import { sparkType } from './sql.ts';

/**
 * What a line of a map task holds:
 * - `row`: a row of a table, `record`: a record as it is read, `problem`: a problem with its place
 * - `id`: an identifier, `reference`: one that leads to a record which may be in another part, `withdrawal`: a record
 *   that is withdrawn, `excused`: an identifier that a faulty file may mean, `mark`: by what a record can be taken for
 *   another
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
  | 'failure';

/** A line of a map task. `id` and `form` are JSON; `form` is what ids are compared in, or what a record is replaced by. */
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

/** The columns of a line, in order, as Spark declares them. */
export const lineColumns = 'kind STRING, tbl STRING, id STRING, form STRING, part INT, n BIGINT, text STRING';

/** A line as it is printed for Spark. JSON holds no tab and no newline, so that nothing needs an escape. */
export function printLine({ kind, table, id = '', form = '', part, n, text }: Line): string {
  return `${kind}\t${table}\t${id}\t${form}\t${part}\t${n}\t${text}\n`;
}

/** A row as JSON: an object with `c0`, `c1` and so on for the cells that are not NULL. */
export function rowText(row: Row): string {
  return JSON.stringify(Object.fromEntries(row.flatMap((cell, i) => (cell === null ? [] : [[`c${i}`, cell]]))));
}

/** The cells of a row that `rowText` has printed. */
export function cellsOf(row: Readonly<Record<string, Cell>>, columns: number): Row {
  return Array.from({ length: columns }, (_, i) => row[`c${i}`] ?? null);
}

/** The type of `rowText` for a table, as `from_json` takes it. */
export function rowType({ columns }: Pick<Table, 'columns'>): string {
  return columns.map((column, i) => `c${i} ${sparkType(column)}`).join(', ');
}

/** The columns of a typed row of a table. */
export function cellsAs({ columns }: Pick<Table, 'columns'>): readonly string[] {
  return columns.map((_, i) => `c${i}`);
}
