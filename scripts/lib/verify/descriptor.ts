import { type Column, type ColumnType, type ForeignKey, type Table, column } from '../compile/model.ts';
import { type Json, type JsonObject, isArray, isObject, member } from '../json/json.ts';

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

/** What is wrong with a descriptor; thrown within this file, a value outside of it. */
class Malformed extends Error {
  override readonly name = 'Malformed';
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
    const table = tableOf(r);
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

function tableOf(resource: JsonObject): Table {
  const name = textAt(resource, 'name');
  const schema = objectAt(member(resource, 'schema'), `the schema of ${name}`);
  const columns = listAt(schema, 'fields').map((f, i) => columnOf(objectAt(f, `field ${i} of ${name}`), name));
  if (columns.length === 0) throw new Malformed(`table ${name} has no fields`);
  const keys = member(schema, 'foreignKeys');
  return {
    name,
    title: undefined,
    description: undefined,
    columns,
    primaryKey: namesAt(schema, 'primaryKey'),
    foreignKeys: isArray(keys) ? keys.map((key) => foreignKeyOf(objectAt(key, `a foreign key of ${name}`), name)) : [],
    optional: false,
  };
}

function foreignKeyOf(key: JsonObject, table: string): ForeignKey {
  const reference = objectAt(member(key, 'reference'), `a foreign key of ${table}`);
  const resource = textAt(reference, 'resource');
  return {
    columns: namesAt(key, 'fields'),
    // the empty name stands for the table itself
    table: resource === '' ? table : resource,
    tableColumns: namesAt(reference, 'fields'),
  };
}

const types: Readonly<Record<string, ColumnType>> = {
  string: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamp',
  any: 'json',
};

function columnOf(field: JsonObject, table: string): Column {
  const name = textAt(field, 'name');
  const typeName = textAt(field, 'type');
  const type = Object.hasOwn(types, typeName) ? types[typeName] : undefined;
  if (type === undefined) throw new Malformed(`field ${name} of ${table} has the unknown type ${typeName}`);
  const given = member(field, 'constraints');
  const constraints = isObject(given) ? given : {};
  const codes = member(constraints, 'enum');
  const pointer = member(field, 'pointer');
  return column(name, type, {
    nullable: member(constraints, 'required') !== true,
    codes: isArray(codes)
      ? codes.filter((c) => typeof c === 'string').map((code) => ({ code, description: undefined }))
      : undefined,
    constraints,
    pointer: typeof pointer === 'string' ? pointer : undefined,
  });
}

function objectAt(value: Json | undefined, what: string): JsonObject {
  if (!isObject(value)) throw new Malformed(`${what} is no object`);
  return value;
}

function listAt(object: JsonObject, key: string): readonly Json[] {
  const value = member(object, key);
  if (!isArray(value)) throw new Malformed(`"${key}" is no list`);
  return value;
}

function textAt(object: JsonObject, key: string): string {
  const value = member(object, key);
  if (typeof value !== 'string') throw new Malformed(`"${key}" is no text`);
  return value;
}

/** One name or a list of them; none where the key is not there. */
function namesAt(object: JsonObject, key: string): readonly string[] {
  const value = member(object, key);
  if (value === undefined) return [];
  const names = isArray(value) ? value : [value];
  if (!names.every((n) => typeof n === 'string')) throw new Malformed(`"${key}" is no list of names`);
  return names;
}
