import { Malformed, describedTable, listAt, objectAt, textAt } from '../compile/describedTables.ts';
import type { Table } from '../compile/model.ts';
import { type Json, type JsonObject, isArray, isObject, member } from '../json/json.ts';
import { didYouMean } from '../base/suggestions.ts';
import { Failure } from '../base/problem.ts';
import { type DatasetDescription, datasetKeys, describeDataset } from '../read/dataset.ts';
import { datasetFaults, isDatasetFile } from '../validate/datasetFile.ts';
import { quoted } from '../base/text.ts';
import { type ExportFormat, type FormatName, exportFormats, exportedResourceName } from '../release/exportFormats.ts';
import { isDerived } from '../release/folder.ts';

/** A table from a release's `datapackage.json`, and its files. */
export interface DescribedTable {
  readonly table: Table;
  readonly csv: DescribedFile;
  /** Its files in exported formats, as far as resources hold them. */
  readonly exported: ReadonlyMap<FormatName, DescribedFile>;
}

export interface DescribedFile {
  readonly paths: readonly string[];
  readonly bytes: Json | undefined;
  readonly hash: Json | undefined;
  readonly rowCount: Json | undefined;
}

/** A database; if it holds only views, Spark made the build and wrote the Parquet files. */
export interface DescribedDatabase {
  readonly path: string;
  readonly holds: 'tables' | 'views';
  readonly contentHash: Json | undefined;
}

/** A view, as described by the resource of the database. */
export interface DescribedView {
  readonly name: string;
  readonly description: string | undefined;
  readonly sql: string;
}

export interface Descriptor {
  readonly dataset: DatasetDescription;
  readonly commit: string | null;
  /** Date of the commit, RFC 3339. */
  readonly date: string | null;
  readonly tables: readonly DescribedTable[];
  /** The rows of views. */
  readonly derived: readonly DescribedTable[];
  /** The formats that hold some table beside CSV and the database, and Parquet. */
  readonly formats: readonly ExportFormat[];
  readonly database: DescribedDatabase | undefined;
  /** Whether the release says that it has no database because it would be too large. */
  readonly withoutDatabase: boolean;
  readonly views: readonly DescribedView[];
}

/** Reads the parts of a descriptor that concern the data, or returns what is wrong with it. */
export function readDescriptor(value: Json): Descriptor | { readonly message: string } {
  try {
    refuseUnwritable(value);
    return descriptorOf(objectAt(value, 'the descriptor'));
  } catch (error) {
    if (error instanceof Failure) return { message: error.message };
    throw error;
  }
}

/**
 * Rejects what SQL has no literal for, at any depth, without recursion, since a descriptor can be nested very deeply. A
 * pointer is never part of a statement, and a property's name can contain any character. @throws Malformed
 */
function refuseUnwritable(whole: Json): void {
  const left: Json[] = [whole];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (value === Infinity || value === -Infinity) throw new Malformed('it contains a number that is too large');
    if (typeof value === 'string' && value.includes('\0'))
      throw new Malformed(`${quoted(value)} contains U+0000 (NUL), which a database cannot store`);
    if (isArray(value)) for (const each of value) left.push(each);
    else if (isObject(value))
      for (const [key, each] of Object.entries(value)) if (key !== 'pointer') left.push(key, each);
  }
}

function descriptorOf(value: JsonObject): Descriptor {
  checkSpelling(value, keysOfPackage, 'the descriptor');
  const resources = listAt(value, 'resources').map((r, i) => objectAt(r, `resource ${i}`));
  const of = (format: string): readonly JsonObject[] => resources.filter((r) => member(r, 'format') === format);
  // a release of an older toolkit can lack a format, but not for some tables only
  const formats = exportFormats.filter(({ name }) => name === 'parquet' || of(name).length > 0);
  const files = new Map(formats.flatMap(({ name }) => of(name)).map((r) => [textAt(r, 'name'), fileOf(r)]));
  const described = (r: JsonObject): DescribedTable => {
    const table = describedTable(r);
    const exported = formats.flatMap(({ name }): [FormatName, DescribedFile][] => {
      const file = files.get(exportedResourceName(name, table.name));
      return file === undefined ? [] : [[name, file]];
    });
    return { table, csv: fileOf(r), exported: new Map(exported) };
  };
  const tables = of('csv').flatMap((r) => (isDerived(r) ? [] : [described(r)]));
  const derived = of('csv').flatMap((r) => (isDerived(r) ? [described(r)] : []));
  const names = [...tables, ...derived].map(({ table }) => table.name.toLowerCase());
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Malformed(`two tables are called ${twice}`);
  for (const { table } of [...tables, ...derived]) checkKeys(table, tables);
  const [database] = of('duckdb');
  const [commit, created] = [member(value, 'commit'), member(value, 'created')];
  return {
    dataset: datasetOf(value),
    commit: typeof commit === 'string' ? commit : null,
    date: typeof created === 'string' ? created : null,
    tables,
    derived,
    formats,
    withoutDatabase: member(value, 'withoutDatabase') === true,
    database:
      database === undefined
        ? undefined
        : {
            path: textAt(database, 'path'),
            holds: member(database, 'holds') === 'views' ? 'views' : 'tables',
            contentHash: member(database, 'contentHash'),
          },
    views: database === undefined ? [] : viewsOf(database),
  };
}

/**
 * The description of the dataset in the terms of `dataset.json`. Without one, the name is that of a folder, in any
 * script.
 */
function datasetOf(value: JsonObject): DatasetDescription {
  const name = textAt(value, 'name');
  const terms = Object.fromEntries(Object.entries(value).filter(([key]) => datasetKeys.includes(key)));
  const file = { ...terms, name: 'release' };
  const faults = datasetFaults(file, undefined);
  if (isDatasetFile(file, faults)) return { ...describeDataset(file, name), name };
  const [{ message, pointer } = { message: 'it does not describe a dataset', pointer: '' }] = faults;
  throw new Malformed(`${message}${pointer === '' ? '' : ` at ${pointer}`} of the descriptor`);
}

function viewsOf(database: JsonObject): readonly DescribedView[] {
  if (member(database, 'views') === undefined) return [];
  const views = listAt(database, 'views').map((view, i): DescribedView => {
    const given = objectAt(view, `view ${i}`);
    const description = member(given, 'description');
    if (description !== undefined && typeof description !== 'string')
      throw new Malformed(`the description of view ${i} is not a text`);
    return { name: textAt(given, 'name'), description, sql: textAt(given, 'sql') };
  });
  const names = views.map(({ name }) => name.toLowerCase());
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Malformed(`two views are called ${quoted(twice)}`);
  return views;
}

/** The keys of an object, from Data Package 2.0 and ours, and of the objects below with keys of their own. */
interface Keys {
  readonly keys: readonly string[];
  readonly below?: Readonly<Record<string, Keys>>;
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const keysOfForeignKey: Keys = {
  keys: words('fields reference'),
  below: { reference: { keys: words('resource fields') } },
};

const keysOfField: Keys = {
  keys: words(
    `name type format title description example constraints categories categoriesOrdered missingValues rdfType
     unit pointer tableFor`,
  ),
  below: {
    tableFor: { keys: words('field references'), below: { references: { keys: words('resource fields') } } },
    constraints: {
      keys: words(
        'required unique minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum jsonSchema pattern enum',
      ),
    },
  },
};

const keysOfResource: Keys = {
  keys: words(
    `$schema name path data type title description format mediatype encoding bytes hash sources licenses dialect schema
     rowCount contentHash tablesWithoutKeys holds views derived`,
  ),
  below: {
    schema: {
      keys: words('$schema fields fieldsMatch missingValues primaryKey uniqueKeys foreignKeys'),
      below: { fields: keysOfField, foreignKeys: keysOfForeignKey },
    },
    views: { keys: words('name description sql') },
  },
};

const keysOfPackage: Keys = {
  keys: [...datasetKeys, ...words('$schema id created commit image resources withoutDatabase')],
  below: { resources: keysOfResource },
};

/**
 * A misspelt key would silently remove a constraint or a fact.
 * @throws Malformed for a key that is nearly a known one
 */
function checkSpelling(object: JsonObject, { keys, below }: Keys, at: string): void {
  for (const [key, value] of Object.entries(object)) {
    const hint = keys.includes(key) ? undefined : didYouMean(key, keys);
    if (hint !== undefined) throw new Malformed(`unknown key ${quoted(key)} in ${at} (${hint})`);
    const inside = below !== undefined && Object.hasOwn(below, key) ? below[key] : undefined;
    if (inside === undefined) continue;
    for (const each of isArray(value) ? value : [value])
      if (isObject(each)) checkSpelling(each, inside, placeOf(each, key, at));
  }
}

function placeOf(object: JsonObject, key: string, above: string): string {
  const name = member(object, 'name');
  return `${key}${typeof name === 'string' ? ` ${quoted(name)}` : ''} of ${above}`;
}

function checkKeys(table: Table, tables: readonly DescribedTable[]): void {
  const need = (owner: Table | undefined, name: string, key: string): void => {
    if (owner?.columns.some((c) => c.name === name) !== true)
      throw new Malformed(`the ${key} of ${table.name} names ${name}, which is missing`);
  };
  for (const name of table.primaryKey) need(table, name, 'primary key');
  for (const key of table.foreignKeys) {
    if (key.columns.length !== key.tableColumns.length)
      throw new Malformed(`a foreign key of ${table.name} has different numbers of columns on its two sides`);
    for (const name of key.columns) need(table, name, 'foreign key');
    const target = tables.find((t) => t.table.name === key.table)?.table;
    for (const name of key.tableColumns) need(target, name, 'foreign key');
  }
  for (const { tableFor } of table.columns) {
    if (tableFor === undefined) continue;
    need(table, tableFor.column, 'tableFor');
    for (const target of tableFor.targets)
      need(tables.find((t) => t.table.name === target.table)?.table, target.column, 'tableFor');
  }
}

function fileOf(resource: JsonObject): DescribedFile {
  const at = member(resource, 'path');
  const paths = isArray(at) ? at : [at];
  if (!paths.every((p) => typeof p === 'string')) throw new Malformed(`resource ${textAt(resource, 'name')}: no path`);
  const [bytes, hash, rowCount] = ['bytes', 'hash', 'rowCount'].map((key) => member(resource, key));
  return { paths, bytes, hash, rowCount };
}
