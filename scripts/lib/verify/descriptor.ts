import { Malformed, describedTable, listAt, objectAt, textAt } from '../compile/describedTables.ts';
import type { Table } from '../compile/model.ts';
import { type Json, type JsonObject, isArray, member } from '../json/json.ts';

/** A table as a release's `datapackage.json` describes it, and its files. */
export interface DescribedTable {
  readonly table: Table;
  readonly csv: DescribedFile;
  /** Undefined where no resource holds the table as Parquet. */
  readonly parquet: DescribedFile | undefined;
}

export interface DescribedFile {
  readonly paths: readonly string[];
  readonly bytes: Json | undefined;
  readonly hash: Json | undefined;
  readonly rowCount: Json | undefined;
}

export interface Descriptor {
  readonly name: string;
  readonly version: string;
  readonly commit: string | null;
  readonly tables: readonly DescribedTable[];
  readonly database: { readonly path: string; readonly contentHash: Json | undefined } | undefined;
}

/** Reads a descriptor as far as it concerns the data, or tells what is wrong with it. */
export function readDescriptor(value: Json): Descriptor | { readonly message: string } {
  try {
    return descriptorOf(objectAt(value, 'the descriptor'));
  } catch (error) {
    if (error instanceof Malformed) return { message: error.message };
    throw error;
  }
}

function descriptorOf(value: JsonObject): Descriptor {
  const resources = listAt(value, 'resources').map((r, i) => objectAt(r, `resource ${i}`));
  const of = (format: string): readonly JsonObject[] => resources.filter((r) => member(r, 'format') === format);
  const parquet = new Map(of('parquet').map((r) => [textAt(r, 'name'), fileOf(r)]));
  const tables = of('csv').map((r): DescribedTable => {
    const table = describedTable(r);
    return { table, csv: fileOf(r), parquet: parquet.get(`${table.name}-parquet`) };
  });
  const names = tables.map(({ table }) => table.name.toLowerCase());
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Malformed(`two tables are called ${twice}`);
  for (const { table } of tables) checkKeys(table, tables);
  const [database] = of('duckdb');
  const commit = member(value, 'commit');
  return {
    name: textAt(value, 'name'),
    version: textAt(value, 'version'),
    commit: typeof commit === 'string' ? commit : null,
    tables,
    database:
      database === undefined
        ? undefined
        : { path: textAt(database, 'path'), contentHash: member(database, 'contentHash') },
  };
}

function checkKeys(table: Table, tables: readonly DescribedTable[]): void {
  const need = (owner: Table | undefined, name: string, key: string): void => {
    if (owner?.columns.some((c) => c.name === name) !== true)
      throw new Malformed(`the ${key} of ${table.name} names ${name}, which is not there`);
  };
  for (const name of table.primaryKey) need(table, name, 'primary key');
  for (const key of table.foreignKeys) {
    if (key.columns.length !== key.tableColumns.length)
      throw new Malformed(`a foreign key of ${table.name} is lopsided`);
    for (const name of key.columns) need(table, name, 'foreign key');
    const target = tables.find((t) => t.table.name === key.table)?.table;
    for (const name of key.tableColumns) need(target, name, 'foreign key');
  }
}

function fileOf(resource: JsonObject): DescribedFile {
  const at = member(resource, 'path');
  const paths = isArray(at) ? at : [at];
  if (!paths.every((p) => typeof p === 'string')) throw new Malformed(`resource ${textAt(resource, 'name')}: no path`);
  const [bytes, hash, rowCount] = ['bytes', 'hash', 'rowCount'].map((key) => member(resource, key));
  return { paths, bytes, hash, rowCount };
}
