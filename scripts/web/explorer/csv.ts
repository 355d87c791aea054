import { type TableData, type Value, columnOf, valueAt } from './columns.ts';

/** Byte order mark: without it, spreadsheets assume another encoding. */
const byteOrderMark = '\uFEFF';

/** Rows as CSV like that of the release, with a byte order mark. */
export function csvOf(data: TableData, rows: Uint32Array, columns: readonly string[]): string {
  const cells = columns.map((name) => columnOf(data, name));
  const lines = Array.from(rows, (row) =>
    cells.map((column) => field(column === undefined ? null : valueAt(column, row))).join(','),
  );
  return `${byteOrderMark}${[columns.map(field).join(','), ...lines].join('\n')}\n`;
}

/** NULL is the empty field, the empty text is `""`. */
function field(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  return value === '' || /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
