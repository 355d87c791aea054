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
  return csvGroups(rows, rows.length)[0] ?? { text: '', longest: 0 };
}

/** The same for each group of so many rows. */
export function csvGroups(rows: readonly Row[], size: number): readonly CsvText[] {
  const plain = rows.map(plainLine);
  const others = rows.filter((_, i) => plain[i] === undefined);
  // its lines cannot be told apart
  if (others.some(hasBreak))
    return inGroups(rows, size).map((some) => ({ text: quotedText(some), longest: Math.max(...some.map(mostLength)) }));
  const quoted = others.length === 0 ? [] : quotedText(others).split('\n');
  let next = 0;
  return inGroups(plain, size).map((some) => {
    let text = '';
    let longest = 0;
    for (const each of some) {
      const line = each ?? quoted[next++] ?? '';
      text += `${line}\n`;
      longest = Math.max(longest, line.length + 1);
    }
    return { text, longest };
  });
}

function inGroups<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  if (list.length <= size) return list.length === 0 ? [] : [list];
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
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
