import type { Column, PolymorphicKey, Table } from '../../compile/model.ts';
import { type ExportFormat, exportedResourceName } from '../../release/exportFormats.ts';
import { type Json, type JsonObject, defined, unlessEmpty } from '../../json/json.ts';
import { mostIndexedRows, withIndexes } from '../../engine/keys.ts';
import type { Described, DescribedDatabase } from './described.ts';

/**
 * datapackage.json: Data Package v2, with Table Schema for each table. Properties beyond the standard: `rowCount`,
 * `contentHash`, `tablesWithoutKeys`, `holds`, `withoutDatabase`, `views`, `derived` (its rows are those of a view),
 * `commit`, `pointer`, `unit`, and `tableFor` of a field that names the table of the record in another field: that
 * field, and the key of each table.
 */
export function dataPackage(input: Described): Json {
  const { dataset, facts, tables, derived, formats, database } = input;
  return defined({
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: dataset.name,
    title: dataset.title,
    description: dataset.description,
    version: dataset.version,
    created: facts.date ?? undefined,
    commit: facts.commit ?? undefined,
    withoutDatabase: database === undefined ? true : undefined,
    homepage: dataset.homepage,
    doi: dataset.doi,
    baseUrl: dataset.baseUrl,
    temporalCoverage: dataset.temporalCoverage,
    spatialCoverage: unlessEmpty(dataset.spatialCoverage),
    licenses: unlessEmpty(dataset.licenses.map((each) => defined({ ...each }))),
    contributors: unlessEmpty(dataset.contributors.map((each) => defined({ ...each, roles: unlessEmpty(each.roles) }))),
    sources: unlessEmpty(dataset.sources.map((each) => defined({ ...each }))),
    keywords: unlessEmpty(dataset.keywords),
    resources: [
      ...tables.map((table) => csvResource(table, input)),
      ...derived.map((table) => ({ ...csvResource(table, input), derived: true })),
      ...formats.flatMap((format) => [
        ...tables.map((table) => exportedResource(format, table, input)),
        ...derived.map((table) => ({ ...exportedResource(format, table, input), derived: true })),
      ]),
      ...(database === undefined ? [] : [databaseResource(input, database)]),
    ],
  });
}

function databaseResource(input: Described, database: DescribedDatabase): JsonObject {
  const { dataset, views } = input;
  const isWhole = database.holds === 'tables';
  const keyless = isWhole ? withoutKeys(input) : [];
  const large = keyless.length === 0 ? '' : keysOfLargeTables;
  return defined({
    name: `${dataset.name}-duckdb`,
    path: database.file,
    format: 'duckdb',
    mediatype: 'application/vnd.duckdb',
    description:
      (isWhole ? `All tables with types, keys, comments and views in one DuckDB database. ${large}` : overParquet) +
      'Its bytes differ from build to build; contentHash is the digest of its tables: SHA-256 over the ' +
      'lines "<SHA-256 of csv/<table>.csv>  csv/<table>.csv", in order of table name.',
    contentHash: `sha256:${database.contentSha256}`,
    tablesWithoutKeys: unlessEmpty(keyless),
    holds: isWhole ? undefined : database.holds,
    views: unlessEmpty(views.map(({ name, description, sql }) => defined({ name, description, sql }))),
  });
}

const overParquet =
  'A DuckDB database in which each table is a view over the Parquet files of this release, with types and comments: ' +
  'open it from the folder of the release. ';

const keysOfLargeTables =
  `Of tables with more than ${mostIndexedRows} rows, and of keys that lead to them, the comment says the keys: ` +
  'no constraint checks them, since the indexes would be larger than the data. ';

/** The tables that have keys without constraints in the database. */
function withoutKeys({ tables, rowCounts }: Described): readonly string[] {
  const declared = withIndexes(tables, (name) => rowCounts.get(name) ?? 0);
  return tables.filter((table, i) => declared[i] !== table).map(({ name }) => name);
}

function csvResource(table: Table, input: Described): JsonObject {
  const { path, bytes, sha256 } = input.file(`csv/${table.name}.csv`);
  return defined({
    name: table.name,
    type: 'table',
    path,
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    title: table.title,
    description: table.description,
    bytes,
    hash: `sha256:${sha256}`,
    rowCount: input.rowCounts.get(table.name) ?? 0,
    dialect: { delimiter: ',', lineTerminator: '\n', quoteChar: '"', doubleQuote: true, header: true },
    schema: tableSchema(table),
  });
}

/**
 * If there are several files, `path` is a list and the digests are in SHA256SUMS. The fields have the type `any`, since
 * the resource of the CSV has their types. frictionless reads Parquet through pandas, which turns whole numbers with
 * NULL into fractions, and does not know the size of such a file: so no size is given.
 */
function exportedResource(format: ExportFormat, table: Table, input: Described): JsonObject {
  const files = input.exportedFiles(format.name, table.name).map(input.file);
  const [only] = files;
  return defined({
    name: exportedResourceName(format.name, table.name),
    path: files.length === 1 && only !== undefined ? only.path : files.map((file) => file.path),
    format: format.name,
    mediatype: format.mediaType,
    title: table.title,
    description: `The same rows as ${table.name}, ${format.beyondCsv}.`,
    hash: files.length === 1 && only !== undefined ? `sha256:${only.sha256}` : undefined,
    rowCount: input.rowCounts.get(table.name) ?? 0,
    schema: { fields: table.columns.map(({ name }) => ({ name, type: 'any' })) },
  });
}

/** Table Schema (Data Package v2) of a table. */
export function tableSchema(table: Table): JsonObject {
  const keys = table.foreignKeys.map((fk) => ({
    fields: fk.columns,
    reference: { resource: fk.table, fields: fk.tableColumns },
  }));
  return defined({
    fields: table.columns.map((c) => field(c, table.primaryKey.length === 1 && table.primaryKey[0] === c.name)),
    missingValues: [''],
    primaryKey: unlessEmpty(table.primaryKey),
    foreignKeys: unlessEmpty(keys),
  });
}

const fieldTypes: Readonly<Record<Column['type'], string>> = {
  string: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'datetime',
  json: 'any',
};

/** Whether a column is never NULL, and can hold the empty text. */
function holdsEmptyText({ type, nullable, codes, constraints: { minLength } }: Column): boolean {
  if (type !== 'string' || nullable || (typeof minLength === 'number' && minLength > 0)) return false;
  return codes === undefined || codes.some(({ code }) => code === '');
}

function field(column: Column, unique: boolean): JsonObject {
  const { pattern, minimum, maximum, minLength, maxLength } = column.constraints;
  const numeric = column.type === 'integer' || column.type === 'number';
  const text = column.type === 'string' && column.codes === undefined;
  const constraints = defined({
    required: column.nullable ? undefined : true,
    unique: unique ? true : undefined,
    enum: column.codes?.map(({ code }) => code),
    pattern: text ? pattern : undefined,
    minLength: text ? minLength : undefined,
    maxLength: text ? maxLength : undefined,
    minimum: numeric ? minimum : undefined,
    maximum: numeric ? maximum : undefined,
  });
  return defined({
    name: column.name,
    type: fieldTypes[column.type],
    title: column.title,
    description: column.description,
    unit: column.unit,
    pointer: column.pointer,
    tableFor: column.tableFor === undefined ? undefined : tableFor(column.tableFor),
    // readers of CSV cannot distinguish `""` from an empty field: here both are the empty text
    missingValues: holdsEmptyText(column) ? [] : undefined,
    constraints: Object.keys(constraints).length === 0 ? undefined : constraints,
  });
}

function tableFor({ column, targets }: PolymorphicKey): JsonObject {
  return { field: column, references: targets.map((target) => ({ resource: target.table, fields: [target.column] })) };
}
