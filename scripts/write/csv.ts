import { stringify } from 'csv-stringify/sync';
import type { Cell, Row, Table } from '../compile/model.ts';

/** Rows as CSV, and a length in UTF-16 units that no line exceeds. */
export interface CsvText {
  readonly text: string;
  readonly longest: number;
}

/**
 * Rows as CSV (RFC 4180, but lines end with LF): NULL is the empty field, the empty text is `""`, booleans are `true`
 * and `false`. Texts with a CR, or with space at an end, are quoted too, so that no reader trims or splits them.
 */
export function csvRows(rows: readonly Row[]): CsvText {
  if (rows.some(hasBreak)) return { text: quotedText(rows), longest: Math.max(...rows.map(mostLength)) };
  const plain = rows.map(plainLine);
  const quoted = quotedText(rows.filter((_, i) => plain[i] === undefined)).split('\n');
  let text = '';
  let longest = 0;
  let next = 0;
  for (const each of plain) {
    const line = each ?? quoted[next++] ?? '';
    text += `${line}\n`;
    longest = Math.max(longest, line.length + 1);
  }
  return { text, longest };
}

/** Texts that need quotes. */
const needsQuotes = /[",\r\n]|^\s|\s$|^$/;

/**
 * A row that needs no quotes, as most do not: joining its cells takes a quarter of the time of csv-stringify. Undefined
 * for any other row.
 */
function plainLine(row: Row): string | undefined {
  for (const cell of row) if (typeof cell === 'string' && needsQuotes.test(cell)) return undefined;
  return row.join(',');
}

function quotedText(rows: readonly Row[]): string {
  return stringify([...rows], {
    record_delimiter: '\n',
    cast: { boolean: (value) => (value ? 'true' : 'false'), number: (value) => String(value) },
    quoted_match: needsQuotes,
  });
}

function hasBreak(row: Row): boolean {
  for (const cell of row) if (typeof cell === 'string' && cell.includes('\n')) return true;
  return false;
}

/** The longest print of a number or boolean. */
const mostPrinted = 32;

/** An upper bound for the length of a row's line: each cell may be quoted, and each quote in it doubled. */
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
