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
  const simple = rows.map(simpleLine);
  const others = rows.filter((_, i) => simple[i] === undefined);
  // its lines cannot be told apart
  if (others.some(hasBreak)) return { text: stringified(rows), longest: Math.max(...rows.map(mostLength)) };
  const lines = others.length === 0 ? [] : stringified(others).split('\n');
  let next = 0;
  let text = '';
  let longest = 0;
  for (const each of simple) {
    const line = each ?? lines[next++] ?? '';
    text += `${line}\n`;
    longest = Math.max(longest, line.length + 1);
  }
  return { text, longest };
}

/** Texts that need quotes. */
const needsQuotes = /[",\r\n]|^\s|\s$|^$/;

const special = /[",\r\n]/;
const escapedOrBreak = /["\r\n]/;

/**
 * A row in which no text has a quotation mark or a line break, as most do not: joining its cells takes a fraction of
 * the time of csv-stringify. Undefined for any other row.
 */
function simpleLine(row: Row): string | undefined {
  let line = '';
  let separator = '';
  for (const cell of row) {
    const field = simpleField(cell);
    if (field === undefined) return undefined;
    line += separator + field;
    separator = ',';
  }
  return line;
}

function simpleField(cell: Cell): string | undefined {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  if (special.test(cell)) return escapedOrBreak.test(cell) ? undefined : `"${cell}"`;
  return cell === '' || isSpace(cell, 0) || isSpace(cell, cell.length - 1) ? `"${cell}"` : cell;
}

/** Whether there is white space at an index; most characters are decided by their number. */
function isSpace(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return (unit <= 0x20 || unit >= 0xa0) && /\s/.test(text.charAt(index));
}

function stringified(rows: readonly Row[]): string {
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
