import { type ColumnData, type TableData, columnOf } from './columns.ts';
import { orderOf } from './order.ts';
import type { Order } from './orderKeys.ts';
import type { Range, Selection, Sort } from './selection.ts';

/** For each row, 1 if it passes a filter, else 0. */
type Mask = Uint8Array;

/** The rows that pass a selection; for the counts of a facet, those that pass all other filters. */
export interface Selected {
  /** Row numbers in the order in which they are shown. */
  readonly rows: Uint32Array;
  /** The rows that pass every filter except that of a column. */
  readonly rowsBut: (column: string) => Uint32Array;
}

/** Applies a selection to a table. Columns that the table does not have are ignored. */
export function select(data: TableData, selection: Selection): Selected {
  const masks = masksOf(data, selection);
  const failed = new Uint8Array(data.rows);
  for (const mask of masks.values()) for (let i = 0; i < data.rows; i++) failed[i]! += mask[i] === 1 ? 0 : 1;
  const passing = collect(data.rows, (row) => failed[row] === 0);
  return {
    rows: sorted(data, passing, selection.sort),
    rowsBut(column) {
      const own = masks.get(column);
      if (own === undefined) return passing;
      return collect(data.rows, (row) => failed[row] === 0 || (failed[row] === 1 && own[row] === 0));
    },
  };
}

function collect(rows: number, passes: (row: number) => boolean): Uint32Array {
  const found = new Uint32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) if (passes(row)) found[count++] = row;
  return found.slice(0, count);
}

/** The masks of all filters: of each column's under its name, of the search under the empty one. */
function masksOf(data: TableData, { search, values, ranges }: Selection): ReadonlyMap<string, Mask> {
  const masks = new Map<string, Mask>();
  if (search !== '') masks.set('', searchMask(data, search));
  for (const name of new Set([...values.keys(), ...ranges.keys()])) {
    const column = columnOf(data, name);
    if (column === undefined) continue;
    const chosen = values.get(name);
    const range = ranges.get(name);
    const byValue = chosen === undefined ? undefined : valuesMask(column, chosen, data.rows);
    const byRange = range === undefined ? undefined : rangeMask(column, range, data.rows);
    masks.set(name, both(byValue, byRange) ?? new Uint8Array(data.rows).fill(1));
  }
  return masks;
}

function both(a: Mask | undefined, b: Mask | undefined): Mask | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.map((pass, i) => pass & (b[i] ?? 0));
}

/** A mask of a column, made by testing its values. Each text of a dictionary is tested once. */
function maskOf(
  column: ColumnData,
  rows: number,
  ofText: (text: string | null) => boolean,
  ofNumber: (value: number) => boolean,
): Mask {
  const found = new Uint8Array(rows);
  if (column.kind === 'coded') {
    const { dictionary, indices } = column;
    const passes = dictionary.map((text) => ofText(text));
    const empty = ofText(null);
    for (let i = 0; i < rows; i++) found[i] = (passes[indices[i] ?? -1] ?? empty) ? 1 : 0;
  } else if (column.kind === 'texts') {
    for (let i = 0; i < rows; i++) found[i] = ofText(column.cells[i] ?? null) ? 1 : 0;
  } else {
    for (let i = 0; i < rows; i++) found[i] = ofNumber(column.numbers[i] ?? Number.NaN) ? 1 : 0;
  }
  return found;
}

function valuesMask(column: ColumnData, chosen: ReadonlySet<string | null>, rows: number): Mask {
  const wanted = new Set([...chosen].map((value) => (value === null ? Number.NaN : Number(value))));
  return maskOf(
    column,
    rows,
    (text) => chosen.has(text),
    (value) => wanted.has(value),
  );
}

function rangeMask(column: ColumnData, { from, to }: Range, rows: number): Mask {
  const [least, most] = [from === undefined ? -Infinity : Number(from), to === undefined ? Infinity : Number(to)];
  return maskOf(
    column,
    rows,
    (text) => text !== null && (from === undefined || text >= from) && (to === undefined || text <= to),
    (value) => value >= least && value <= most,
  );
}

/** A row passes if one of its texts has the words, ignoring case. */
function searchMask(data: TableData, search: string): Mask {
  const found = new Uint8Array(data.rows);
  const wanted = search.toLowerCase();
  const has = (text: string | null): boolean => text !== null && text.toLowerCase().includes(wanted);
  for (const [i, column] of data.columns.entries()) {
    if (!isSearched(data.table.columns[i]?.type)) continue;
    const own = maskOf(column, data.rows, has, () => false);
    for (let row = 0; row < data.rows; row++) found[row]! |= own[row] ?? 0;
  }
  return found;
}

/** Whether a search looks into columns of this type. */
export function isSearched(type: string | undefined): boolean {
  return type === 'string';
}

/** Rows in order of a column, empty cells last; equal rows keep the order of the release. */
function sorted(data: TableData, rows: Uint32Array, sort: Sort | undefined): Uint32Array {
  const column = sort === undefined ? undefined : columnOf(data, sort.column);
  if (sort === undefined || column === undefined) return rows;
  const order = orderOf(column);
  const waiting = new Uint8Array(data.rows);
  for (let i = 0; i < rows.length; i++) waiting[rows[i] ?? 0] = 1;
  const all = sort.descending ? reversed(order) : order.rows;
  const found = new Uint32Array(rows.length);
  let count = 0;
  for (let i = 0; i < all.length; i++) {
    const row = all[i] ?? 0;
    if (waiting[row] === 0) continue;
    found[count++] = row;
    waiting[row] = 0;
  }
  // the remaining rows have no value
  for (let i = 0; i < rows.length; i++) if (waiting[rows[i] ?? 0] === 1) found[count++] = rows[i] ?? 0;
  return found;
}

/** A reversed order in which equal rows keep theirs. */
function reversed({ rows, isSame }: Order): Uint32Array {
  const found = new Uint32Array(rows.length);
  let count = 0;
  for (let end = rows.length; end > 0;) {
    let start = end - 1;
    while (isSame[start] === 1) start--;
    for (let i = start; i < end; i++) found[count++] = rows[i] ?? 0;
    end = start;
  }
  return found;
}
