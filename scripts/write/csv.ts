import { stringify } from 'csv-stringify/sync';
import type { Cell, Row, Table } from '../compile/model.ts';

/** Rows as CSV, and a length in UTF-16 units that no line exceeds. */
export interface CsvText {
  readonly text: string;
  readonly longest: number;
}

/**
 * Rows as CSV (RFC 4180, but lines end with LF): NULL is the empty field, the empty text is `""`, truth values are
 * `true` and `false`. Texts with a CR or with space at an end are quoted too, so that no reader trims or splits them.
 */
export function csvRows(rows: readonly Row[]): CsvText {
  const text = stringify([...rows], {
    record_delimiter: '\n',
    cast: { boolean: (value) => (value ? 'true' : 'false'), number: (value) => String(value) },
    quoted_match: /^$|[\r]|^\s|\s$/,
  });
  return { text, longest: rows.reduce((most, row) => Math.max(most, mostLength(row)), 0) };
}

/** Longest number or truth value in print. */
const mostPrinted = 32;

/** A length that the line of a row does not exceed: each cell may be quoted, and each quote in it doubled. */
function mostLength(row: Row): number {
  return row.reduce<number>((sum, cell) => sum + lengthOf(cell) + 1, 0);
}

function lengthOf(cell: Cell): number {
  if (typeof cell !== 'string') return cell === null ? 0 : mostPrinted;
  return cell.length + 2 + (cell.includes('"') ? cell.length : 0);
}

export function csvHeader(table: Table): string {
  return csvRows([table.columns.map((column) => column.name)]).text;
}
