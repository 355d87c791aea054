import type { DuckDBConnection } from '@duckdb/node-api';
import type { Table } from '../compile/model.ts';
import { codePoints, groupBy, list, quoted } from '../base/text.ts';
import { reserved } from '../schema/extensions.ts';
import { citation } from '../write/metadata/citation.ts';
import { createFacts } from '../engine/duckdb/facts.ts';
import type { ReleaseFacts } from '../engine/engine.ts';
import { withIndexes } from '../engine/keys.ts';
import { dataLicense } from '../read/dataset.ts';
import { digestOfSchemas } from '../read/schemas.ts';
import type { ViewReport } from '../engine/duckdb/planViews.ts';
import { selectFromParquet } from '../engine/duckdb/viewDatabase.ts';
import { columnComment, createTable, documentation, identifier, literal } from '../engine/duckdb/sql.ts';
import { ask, messageOf, run } from './ask.ts';
import { checkFacts } from './facts.ts';
import type { Descriptor } from './descriptor.ts';
import type { Add, CheckedRelease } from './findings.ts';

/** Reports a problem with the database. */
type Tell = (message: string) => void;

/** Opens the database of a release for reading. @returns whether it could be opened */
export async function attachDatabase(
  connection: DuckDBConnection,
  file: string,
  shown: string,
  add: Add,
): Promise<boolean> {
  try {
    await run(connection, `ATTACH ${literal(file)} AS release (READ_ONLY)`);
    return true;
  } catch (error) {
    add(shown, 'release', `it cannot be opened: ${messageOf(error)}`);
    return false;
  }
}

/**
 * Compares the whole catalogue of the database with one made from the descriptor, and its table `dataset` with the
 * descriptor. No SQL of the database is run: no view, macro or generated column. So only plain tables that match the
 * descriptor are ever read.
 * @returns the names of the tables that can be read
 */
export async function checkDatabase(
  connection: DuckDBConnection,
  { digests, add }: CheckedRelease,
  descriptor: Descriptor,
  views: ViewReport,
  file: string,
): Promise<ReadonlySet<string>> {
  const tell: Tell = (message) => add(file, 'release', message);
  const tables = tablesInDatabase(descriptor);
  if (!(await createExpected(connection, tables, factsOf(descriptor, digests), add))) return new Set();
  const bare = await checkObjects(connection, tell);
  const alike = await checkViews(connection, descriptor, views, tell, add);
  const names = [...tables.map((table) => table.name), reserved.dataset];
  const present = await tableNames(connection, names, tell);
  // columns of views are listed together with those of tables, and DuckDB may plan views to list them
  if (!bare || !alike) return new Set();
  const readable = await checkTables(connection, tables, names, present, tell);
  if (readable.has(reserved.dataset)) await checkFacts(connection, tell);
  return readable;
}

/** The tables as a build declares them in the database: for large ones, the comment lists the keys. */
function tablesInDatabase({ tables, database }: Descriptor): readonly Table[] {
  if (database?.holds === 'views') return [];
  const rowCounts = new Map(tables.map(({ table, csv }) => [table.name, Number(csv.rowCount)]));
  return withIndexes(
    tables.map(({ table }) => table),
    (name) => rowCounts.get(name) ?? 0,
  );
}

const schemaFolder = 'schema/';

/** The expected content of the table `dataset`. */
function factsOf({ dataset, commit, date }: Descriptor, digests: ReadonlyMap<string, string>): ReleaseFacts {
  const schemas = [...digests]
    .filter(([name]) => name.startsWith(schemaFolder))
    .map(([name, digest]) => [name.slice(schemaFolder.length), digest] as const);
  return {
    name: dataset.name,
    version: dataset.version,
    title: dataset.title ?? null,
    commit,
    date,
    license: dataLicense(dataset)?.name ?? null,
    citation: citation(dataset, { commit, date }),
    schemas: digestOfSchemas(new Map(schemas)),
  };
}

/** Creates the tables of the descriptor, empty, in memory: parents before children, whatever its order. */
async function createExpected(
  connection: DuckDBConnection,
  tables: readonly Table[],
  facts: ReleaseFacts,
  add: Add,
): Promise<boolean> {
  const fail = (message: string): false => {
    add('datapackage.json', 'release', message);
    return false;
  };
  try {
    await createFacts(connection, facts);
  } catch (error) {
    return fail(`the table ${reserved.dataset} cannot be created from it: ${messageOf(error)}`);
  }
  const made = new Set<string>();
  for (let left = [...tables]; left.length > 0;) {
    const ready = left.filter((t) => t.foreignKeys.every((fk) => fk.table === t.name || made.has(fk.table)));
    if (ready.length === 0) return fail(`foreign keys form a cycle: ${list(left.map((t) => t.name))}`);
    for (const table of ready) {
      try {
        await run(connection, createTable(table));
      } catch (error) {
        return fail(`the table ${quoted(table.name)} cannot be created: ${messageOf(error)}`);
      }
      made.add(table.name);
    }
    left = left.filter((t) => !made.has(t.name));
  }
  return true;
}

/** What a release never contains besides tables and views; each query returns names. */
const foreign: readonly (readonly [what: string, names: string])[] = [
  ['schemas', "SELECT schema_name FROM duckdb_schemas() WHERE schema_name <> 'main'"],
  ['macros', 'SELECT function_name FROM duckdb_functions() WHERE true'],
  ['sequences', 'SELECT sequence_name FROM duckdb_sequences() WHERE true'],
  ['types', 'SELECT type_name FROM duckdb_types() WHERE NOT internal'],
  ['indexes', 'SELECT index_name FROM duckdb_indexes() WHERE true'],
  ['coordinate systems', 'SELECT crs_name FROM duckdb_coordinate_systems() WHERE true'],
];

async function checkObjects(connection: DuckDBConnection, tell: Tell): Promise<boolean> {
  let bare = true;
  for (const [what, names] of foreign) {
    for (const [name] of await ask(connection, `${names} AND database_name = 'release' ORDER BY ALL`)) {
      bare = false;
      tell(`it has ${quoted(String(name))} among its ${what}, but a release has none`);
    }
  }
  return bare;
}

/** Compares the views with those of the descriptor: names, SQL as stored by DuckDB, comments. */
async function checkViews(
  connection: DuckDBConnection,
  descriptor: Descriptor,
  { faults, stored }: ViewReport,
  tell: Tell,
  add: Add,
): Promise<boolean> {
  for (const { view, message } of faults)
    add('datapackage.json', 'release', view === '' ? message : `the view ${quoted(view)}: ${message}`);
  const rows = await ask(
    connection,
    "SELECT view_name, sql, comment FROM duckdb_views() WHERE database_name = 'release' AND NOT internal ORDER BY ALL",
  );
  const found = new Map(rows.map(([name, sql, comment]) => [String(name), { sql: String(sql), comment }]));
  const sqlOf = new Map(stored);
  let alike = faults.length === 0;
  const differ = (message: string): void => {
    alike = false;
    tell(message);
  };
  const ofTables = await viewsOfTables(connection, descriptor);
  for (const { name, sql } of ofTables) sqlOf.set(name, sql);
  for (const { name, description = null } of [...ofTables, ...descriptor.views]) {
    const [view, sql] = [found.get(name), sqlOf.get(name)];
    found.delete(name);
    if (view === undefined) differ(`the view ${quoted(name)} is missing`);
    else if (sql !== undefined && !definitions(name, sql).includes(view.sql))
      differ(`the view ${quoted(name)} is ${cut(view.sql)}, but datapackage.json has ${cut(sql)}`);
    else if (view.comment !== description)
      tell(`the comment on the view ${quoted(name)} is not its description in datapackage.json`);
  }
  for (const name of found.keys()) differ(`datapackage.json does not describe its view ${quoted(name)}`);
  return alike;
}

/** The views in place of tables, in a database without tables, as stored by DuckDB. */
async function viewsOfTables(
  connection: DuckDBConnection,
  { tables, database }: Descriptor,
): Promise<readonly { readonly name: string; readonly description: string | undefined; readonly sql: string }[]> {
  if (database?.holds !== 'views') return [];
  const views = [];
  for (const { table, exported } of tables) {
    const select = literal(selectFromParquet(table, exported.get('parquet')?.paths ?? []));
    const [[sql] = []] = await ask(connection, `SELECT json_deserialize_sql(json_serialize_sql(${select}))`);
    views.push({ name: table.name, description: documentation(table), sql: String(sql) });
  }
  return views;
}

/** The statement of a view, where DuckDB quotes a name only if it must. */
function definitions(name: string, select: string): readonly string[] {
  return [name, identifier(name)].map((each) => `CREATE VIEW ${each} AS ${select};`);
}

function cut(sql: string): string {
  return quoted(sql, 200);
}

async function tableNames(
  connection: DuckDBConnection,
  expected: readonly string[],
  tell: Tell,
): Promise<ReadonlySet<string>> {
  const rows = await ask(
    connection,
    "SELECT table_name FROM duckdb_tables() WHERE database_name = 'release' AND schema_name = 'main' ORDER BY ALL",
  );
  const present = new Set(rows.map(([name]) => String(name)));
  for (const name of expected) if (!present.has(name)) tell(`the table ${quoted(name)} is missing`);
  for (const name of present)
    if (!expected.includes(name)) tell(`datapackage.json does not describe its table ${quoted(name)}`);
  return present;
}

/** Compares columns, keys and comments, then whole definitions. @returns the tables that are defined as expected */
async function checkTables(
  connection: DuckDBConnection,
  tables: readonly Table[],
  names: readonly string[],
  present: ReadonlySet<string>,
  tell: Tell,
): Promise<ReadonlySet<string>> {
  const described = await describeTables(connection);
  // writing them to the database would take longer than all other queries
  const remarks = new Map(tables.map((table) => [table.name, remarksOn(table)]));
  const readable = new Set<string>();
  for (const name of names.filter((each) => present.has(each))) {
    const [expected, found] = [described.get(`memory ${name}`), described.get(`release ${name}`)];
    if (expected === undefined || found === undefined) continue;
    const lines = [...expected.lines, ...(remarks.get(name) ?? [])];
    const lacks = lines.filter((line) => !found.lines.includes(line));
    const has = found.lines.filter((line) => !lines.includes(line));
    if (lacks.length + has.length > 0)
      tell(`table ${quoted(name)}: ${difference(lacks, has)}, unlike in datapackage.json`);
    if (expected.sql === found.sql) readable.add(name);
    else if (lacks.length + has.length === 0) tell(`table ${quoted(name)} has another definition: ${cut(found.sql)}`);
  }
  return readable;
}

/** The comments on a table and its columns, in the form of `describeTables`. */
function remarksOn(table: Table): readonly string[] {
  const remarks = [
    { of: 'the comment ', text: documentation(table) },
    ...table.columns.map((column) => ({ of: `the comment on column ${column.name}: `, text: columnComment(column) })),
  ];
  return remarks.flatMap(({ of, text }) => (text === undefined ? [] : [`${of}${text}`]));
}

function difference(lacks: readonly string[], has: readonly string[]): string {
  const some = (lines: readonly string[]): string => list(lines.slice(0, 3).map(shortened));
  const parts = [
    ...(lacks.length === 0 ? [] : [`lacks ${some(lacks)}`]),
    ...(has.length === 0 ? [] : [`has ${some(has)}`]),
  ];
  return list(parts);
}

function shortened(line: string): string {
  const points = codePoints(line);
  return points.length > 200 ? `${points.slice(0, 200).join('')}…` : line;
}

/** A table as its database lists it: a line for each column, key and comment; and the SQL that would create it. */
interface TableDescription {
  readonly lines: readonly string[];
  readonly sql: string;
}

/** The tables of both databases, by `<database> <table>`: DuckDB always lists all of them. */
async function describeTables(connection: DuckDBConnection): Promise<ReadonlyMap<string, TableDescription>> {
  const of = "database_name IN ('memory', 'release') AND schema_name = 'main'";
  const key = "database_name || ' ' || table_name";
  const keyTypes = ['PRIMARY KEY', 'FOREIGN KEY', 'UNIQUE', 'CHECK'].map(literal).join(', ');
  const columns = await ask(
    connection,
    `SELECT ${key}, 'column ' || column_index || ' ' || column_name || ' ' || data_type ||
       if(is_nullable, '', ' NOT NULL') || coalesce(' DEFAULT or AS ' || column_default, ''),
       'the comment on column ' || column_name || ': ' || comment
     FROM duckdb_columns() WHERE ${of} ORDER BY database_name, table_name, column_index`,
  );
  const keys = await ask(
    connection,
    `SELECT ${key}, constraint_text FROM duckdb_constraints()
     WHERE ${of} AND constraint_type IN (${keyTypes}) ORDER BY ALL`,
  );
  const tables = await ask(
    connection,
    `SELECT ${key}, 'the comment ' || comment, sql FROM duckdb_tables() WHERE ${of} ORDER BY ALL`,
  );
  const lines = groupBy(
    [
      ...columns.map(([table, column]) => [table, column]),
      ...keys,
      ...tables.map(([table, comment]) => [table, comment]),
      ...columns.map(([table, , comment]) => [table, comment]),
    ].filter(([, line]) => line !== null),
    ([table]) => String(table),
  );
  return new Map(
    tables.map(([table, , sql]) => [
      String(table),
      { lines: (lines.get(String(table)) ?? []).map(([, line]) => String(line)), sql: String(sql) },
    ]),
  );
}
