import type { ExplorerColumn, ExplorerModel, ExplorerTable } from '../../write/explorer/model.ts';
import { type TableData, type Value, columnOf, valueAt } from './columns.ts';

/** The tables of a release that contain its facts. */
export function storedTables({ tables }: ExplorerModel): readonly ExplorerTable[] {
  return tables.filter(({ view }) => view === undefined);
}

/** The tables of a release that are derived from others. */
export function viewsOf({ tables }: ExplorerModel): readonly ExplorerTable[] {
  return tables.filter(({ view }) => view !== undefined);
}

/** The tables that can contain the records of a column. */
export function targetsOf(table: ExplorerTable, column: ExplorerColumn): readonly string[] {
  if (column.references.length > 0) return column.references;
  const key = table.foreignKeys.find((fk) => fk.columns.length === 1 && fk.columns[0] === column.name);
  return key === undefined ? [] : [key.table];
}

/** The table of records to which the rows of a table belong: itself, or the one above its child tables. */
export function recordTableOf(release: ExplorerModel, table: ExplorerTable): ExplorerTable | undefined {
  let at: ExplorerTable | undefined = table;
  // parents come first in a release, so this loop ends
  while (at !== undefined && !at.records) {
    const above: string | undefined = at.fields.length === 0 ? undefined : at.foreignKeys[0]?.table;
    at = release.tables.find((each) => each.name === above);
  }
  return at;
}

/** The identifier of the record to which a row belongs: the first cell of its key. */
export function recordIdOf(data: TableData, row: number): Value {
  const [key = ''] = data.table.primaryKey;
  const column = columnOf(data, key);
  return column === undefined ? null : valueAt(column, row);
}

/** The tables that can contain the record of a cell: a single one if the row says which. */
export function targetsAt(data: TableData, column: ExplorerColumn, row: number): readonly string[] {
  const { tableColumn } = column;
  if (tableColumn === undefined) return targetsOf(data.table, column);
  const names = columnOf(data, tableColumn);
  const name = names === undefined ? null : valueAt(names, row);
  return name === null ? [] : [String(name)];
}

/** A record by its table and its identifier in the address. */
interface RecordName {
  readonly table: string;
  readonly id: string;
}

/**
 * The record behind a row: the one that it is or belongs to. For a row of a view, the record that its first column
 * with a certain record names.
 */
export function recordOfRow(release: ExplorerModel, data: TableData, row: number): RecordName | undefined {
  const { table } = data;
  const owner = recordTableOf(release, table);
  if (owner !== undefined)
    return { table: owner.name, id: table.records ? addressId(data, row) : String(recordIdOf(data, row)) };
  if (table.view === undefined) return undefined;
  const isRecords = (name: string): boolean => release.tables.some((each) => each.name === name && each.records);
  for (const column of table.columns) {
    const [target, ...others] = targetsAt(data, column, row);
    const cells = columnOf(data, column.name);
    const id = cells === undefined ? null : valueAt(cells, row);
    if (id !== null && target !== undefined && others.length === 0 && isRecords(target))
      return { table: target, id: String(id) };
  }
  return undefined;
}

const rowsById = new WeakMap<TableData, ReadonlyMap<string, number>>();

/** The row of a record; undefined if there is none. A record without an identifier has its file and index. */
export function rowOf(data: TableData, id: string): number | undefined {
  const known = rowsById.get(data);
  if (known !== undefined) return known.get(id);
  const keys = data.table.primaryKey.map((name) => columnOf(data, name));
  const rows = new Map<string, number>();
  for (let row = 0; row < data.rows; row++) rows.set(idAt(keys, row), row);
  rowsById.set(data, rows);
  return rows.get(id);
}

function idAt(keys: readonly (TableData['columns'][number] | undefined)[], row: number): string {
  return keys.map((column) => (column === undefined ? '' : String(valueAt(column, row)))).join(' ');
}

/** The identifier of a record in its address; without one, its file and index. */
export function addressId(data: TableData, row: number): string {
  return idAt(
    data.table.primaryKey.map((name) => columnOf(data, name)),
    row,
  );
}

/** The column that describes a row that is no record: the first required text that is not a key, code or reference. */
function labelColumn(table: ExplorerTable): ExplorerColumn | undefined {
  const texts = table.columns.filter(
    (column) =>
      column.type === 'string' &&
      column.codes === undefined &&
      column.references.length === 0 &&
      !table.primaryKey.includes(column.name) &&
      !table.columns.some((each) => each.name === `${column.name}_earliest`),
  );
  return texts.find((column) => !column.nullable) ?? texts[0];
}

/** The most characters in the name of a record: the first text of a table can be a book. */
const longestLabel = 200;

function labelFrom(text: string): string {
  // half of a character beyond U+FFFF is none
  return text.length <= longestLabel ? text : `${text.slice(0, longestLabel).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A description of a record in words; undefined if it has none. */
export function labelOf(data: TableData, row: number): string | undefined {
  const other = data.table.label === undefined ? labelColumn(data.table) : undefined;
  const names = data.table.label?.columns ?? (other === undefined ? [] : [other.name]);
  const texts = names.flatMap((name) => {
    const column = columnOf(data, name);
    const value = column === undefined ? null : valueAt(column, row);
    return value === null || value === '' ? [] : [labelFrom(String(value))];
  });
  return data.table.label?.isWhole === true && texts.length > 0 ? texts.join(' ') : texts[0];
}

/** A column of some table that can name the records of another. */
export interface Referrer {
  readonly table: ExplorerTable;
  readonly column: ExplorerColumn;
}

/** The columns that can name the records of a table; the keys of its own child tables and spans do not count. */
export function referrersOf(release: ExplorerModel, name: string): readonly Referrer[] {
  return release.tables.flatMap((table) =>
    table.columns
      .filter((column) => column.references.includes(name) && table.fields.length > 0)
      .map((column) => ({ table, column })),
  );
}

/** The rows whose column has a value. */
export function rowsWith(data: TableData, name: string, value: string): readonly number[] {
  const column = columnOf(data, name);
  if (column === undefined) return [];
  const rows: number[] = [];
  if (column.kind === 'coded') {
    const wanted = column.dictionary.indexOf(value);
    if (wanted >= 0) for (let row = 0; row < data.rows; row++) if (column.indices[row] === wanted) rows.push(row);
    return rows;
  }
  for (let row = 0; row < data.rows; row++) if (String(valueAt(column, row)) === value) rows.push(row);
  return rows;
}
