import type { Cell, Row, Table } from '../compile/model.ts';

/** A view as its users see it. */
export interface NamedView {
  readonly name: string;
  readonly sql: string;
}

/** One state of a dataset, to be compared with another: its tables, and rows of them. */
export interface Edition {
  readonly version: string;
  readonly tables: readonly Table[];
  readonly views: readonly NamedView[];
  /** Rows by table, in order. Rows that are known to be equal in both editions can be left out of both. */
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  /** The records, by `recordKey`. */
  readonly records: ReadonlyMap<string, PlacedName>;
}

/** The record to which a row belongs: the table it is in by its schema, and its identifier. */
export interface RecordName {
  readonly table: string;
  readonly id: string;
}

/** A record's name, and its file below the folder of records. */
export interface PlacedName extends RecordName {
  readonly file: string;
}

/** A record's name as a key of maps. */
export function recordKey({ table, id }: RecordName): string {
  return JSON.stringify([table, id]);
}

/** Finds the record of a table's rows, from the table's foreign keys: each child table refers to the one above it. */
export function recordNaming(tables: readonly Table[]): (table: Table, row: Row) => RecordName {
  const roots = new Map(tables.map((table) => [table.name, rootOf(table, tables)]));
  return (table, row) => {
    if (namesItsRecord(table)) return { table: String(row[0]), id: String(row[1]) };
    const root = roots.get(table.name) ?? table;
    const key = table === root ? keyIndices(table) : table.columns.slice(0, root.primaryKey.length).map((_, i) => i);
    return { table: root.name, id: key.map((i) => String(row[i] ?? '')).join(' ') };
  };
}

/** The toolkit's tables about records begin with the record's table and identifier. */
function namesItsRecord({ columns }: Table): boolean {
  return columns[0]?.name === 'table_name' && columns[1]?.name === 'record_id';
}

/** A child table's key extends that of its parent, so it leads up to the table of the records. */
function rootOf(table: Table, tables: readonly Table[]): Table {
  const up = table.foreignKeys.find(
    ({ columns }) =>
      columns.length > 0 &&
      columns.length < table.primaryKey.length &&
      columns.every((c, i) => table.primaryKey[i] === c),
  );
  const parent = up === undefined ? undefined : tables.find((t) => t.name === up.table);
  return parent === undefined || parent === table ? table : rootOf(parent, tables);
}

/** Columns of the key by index; all columns if the table has none. */
export function keyIndices({ primaryKey, columns }: Table): readonly number[] {
  const names = columns.map((c) => c.name);
  return primaryKey.length === 0 ? [...names.keys()] : primaryKey.map((name) => names.indexOf(name));
}

/** The cells of a row's key. */
export function keyOf(table: Table, row: Row): readonly Cell[] {
  return keyIndices(table).map((i) => row[i] ?? null);
}
