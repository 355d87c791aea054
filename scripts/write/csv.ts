import type { Cell, Row, Table } from '../compile/model.ts';

/** Rows as CSV, and the UTF-16 units of the longest line. */
export interface CsvText {
  readonly text: string;
  readonly longest: number;
}

/**
 * Rows as CSV (RFC 4180, but lines end with LF): NULL is the empty field, the empty text is `""`, truth values are
 * `true` and `false`. Texts with a CR or with space at an end are quoted too, so that no reader trims or splits them.
 * Written by hand because it is a quarter of a build with csv-stringify; a test compares the two.
 */
export function csvRows(rows: readonly Row[]): CsvText {
  let text = '';
  let longest = 0;
  for (const row of rows) {
    let line = '';
    for (let i = 0; i < row.length; i++) {
      const field = csvField(row[i] ?? null);
      line = i === 0 ? field : `${line},${field}`;
    }
    text += `${line}\n`;
    longest = Math.max(longest, line.length + 1);
  }
  return { text, longest };
}

const special = /[",\n\r]/;
const spaceAtEnd = /^\s|\s$/;

function csvField(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  if (cell === '') return '""';
  if (!special.test(cell) && !(mayEndInSpace(cell) && spaceAtEnd.test(cell))) return cell;
  return `"${cell.replaceAll('"', '""')}"`;
}

/** Whether the first or the last character could be a space; letters and digits of ASCII are quickly passed over. */
function mayEndInSpace(text: string): boolean {
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  return first <= 0x20 || first >= 0x80 || last <= 0x20 || last >= 0x80;
}

export function csvHeader(table: Table): string {
  return csvRows([table.columns.map((column) => column.name)]).text;
}
