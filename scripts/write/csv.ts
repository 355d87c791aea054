import { stringify } from 'csv-stringify/sync';
import type { Row, Table } from '../compile/model.ts';

/**
 * Rows as CSV (RFC 4180, but lines end with LF): NULL is the empty field, the empty text is `""`, truth values are `true` and `false`.
 * Texts with a CR or with space at an end are quoted too, so that no reader trims or splits them.
 */
export function csvRows(rows: readonly Row[]): string {
  return stringify([...rows], {
    record_delimiter: '\n',
    cast: { boolean: (value) => (value ? 'true' : 'false'), number: (value) => String(value) },
    quoted_match: /^$|[\r]|^\s|\s$/,
  });
}

export function csvHeader(table: Table): string {
  return csvRows([table.columns.map((column) => column.name)]);
}
