import type { ColumnData } from './columns.ts';
import { type Order, sortKeys } from './orderKeys.ts';
import { orderTexts } from './orderTexts.ts';

/** The order of a column: numbers by size, texts by code point, as in SQL. It is computed once, at the first sort. */
export function orderOf(column: ColumnData): Order {
  const before = known.get(column);
  if (before !== undefined) return before;
  const order =
    column.kind === 'texts'
      ? orderTexts(column.cells)
      : column.kind === 'numbers'
        ? orderNumbers(column.numbers)
        : orderCoded(column.dictionary, column.indices);
  known.set(column, order);
  return order;
}

const known = new WeakMap<ColumnData, Order>();

/** Sorts numbers by their bits: read as integers, these sort like the numbers, in reverse below zero. */
function orderNumbers(numbers: Float64Array): Order {
  const rows = rowsWhere(numbers.length, (row) => !Number.isNaN(numbers[row]));
  const [upper, lower] = [new Uint32Array(rows.length), new Uint32Array(rows.length)];
  const bits = new DataView(new ArrayBuffer(8));
  for (let i = 0; i < rows.length; i++) {
    // −0 becomes 0
    bits.setFloat64(0, (numbers[rows[i] ?? 0] ?? 0) + 0);
    const [first, second] = [bits.getUint32(0), bits.getUint32(4)];
    const isNegative = first >= 0x8000_0000;
    upper[i] = isNegative ? ~first : first + 0x8000_0000;
    lower[i] = isNegative ? ~second : second;
  }
  return orderBy(rows, upper, lower);
}

/** Codes by the rank of their text; each text is in the dictionary once. */
function orderCoded(dictionary: readonly string[], indices: Int32Array): Order {
  const ranks = new Uint32Array(dictionary.length);
  for (const [rank, index] of orderTexts(dictionary).rows.entries()) ranks[index] = rank;
  const rows = rowsWhere(indices.length, (row) => (indices[row] ?? -1) >= 0);
  const keys = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) keys[i] = ranks[indices[rows[i] ?? 0] ?? 0] ?? 0;
  return orderBy(rows, new Uint32Array(rows.length), keys);
}

function orderBy(rows: Uint32Array, upper: Uint32Array, lower: Uint32Array): Order {
  const sorted = sortKeys([upper, lower]);
  const isSame = new Uint8Array(rows.length);
  for (let i = 1; i < sorted.length; i++) {
    const [a, b] = [sorted[i - 1] ?? 0, sorted[i] ?? 0];
    if (lower[a] === lower[b] && upper[a] === upper[b]) isSame[i] = 1;
  }
  return { rows: sorted.map((i) => rows[i] ?? 0), isSame };
}

function rowsWhere(rows: number, has: (row: number) => boolean): Uint32Array {
  const found = new Uint32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) if (has(row)) found[count++] = row;
  return found.subarray(0, count);
}
