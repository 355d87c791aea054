import path from 'node:path';
import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBInstance,
  DuckDBTimestampTZValue,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Cell, Column, Row, Table } from '../../compile/model.ts';
import { Failure } from '../../base/problem.ts';
import type { Check, View } from '../../read/schemas.ts';
import { printable } from '../../base/text.ts';
import { reserved } from '../../schema/extensions.ts';
import { type CheckRow, runChecks } from './runChecks.ts';
import { comments, createTable, documentation, identifier, literal, plainType, viewComments, waiting } from './sql.ts';

/** What a release says of itself in each of its files. */
export interface ReleaseFacts {
  readonly name: string;
  readonly version: string;
  readonly title: string | null;
  /** Git commit of the records and schemas, null outside git. */
  readonly commit: string | null;
  /** Date of that commit, RFC 3339. */
  readonly date: string | null;
  readonly license: string | null;
  readonly citation: string;
  /** Digest of the schemas. */
  readonly schemas: string;
}

/** A Parquet file, and which rows it gets: all, or those from one number to before another. */
export interface ParquetPart {
  readonly file: string;
  readonly from: number;
  readonly to: number | undefined;
}

/** A DuckDB database that is being written. */
export interface DatabaseWriter {
  /** Adds rows; a table that is left out where it is empty is created with its first. */
  readonly append: (table: Table, rows: readonly Row[]) => Promise<void>;
  /** Writes a table as Parquet: version 2, zstd, with the release's facts as key-value metadata. */
  readonly exportParquet: (table: Table, part: ParquetPart) => Promise<void>;
  /** Ends the appending, and writes down the facts of the release; no row can be added after. */
  readonly seal: (facts: ReleaseFacts) => Promise<void>;
  /** Creates views in which `planViews` has found no fault, with access to files switched off. */
  readonly addViews: (views: readonly View[]) => Promise<void>;
  /** The rows of checks in which `planViews` has found no fault; after `addViews`, so that they can read no file. */
  readonly runChecks: (checks: readonly Check[]) => Promise<readonly CheckRow[]>;
  readonly close: () => Promise<void>;
  /** Gives up: what has been written does not matter any more. */
  readonly abandon: () => Promise<void>;
}

/** Rows that an appender holds before they are written; DuckDB writes by itself, in no order of tables, at 204,800. */
const mostHeld = 60_000;
/** Rows of one transaction: what it has written it keeps in memory, its part of the keys above all. */
const mostUncommitted = 400_000;
const chunkSize = 2048;
/**
 * Rows of a Parquet row group. Of a million rows a query for one key took 4 ms, against 80 with DuckDB's 122,880, in a file 1 % larger; below, the file
 * grows and every query slows.
 */
export const rowGroupSize = 10_240;

/** Settings of every DuckDB that a build opens: no download, no file outside the folder given, times in UTC. */
export async function openDuckDb(temporary: string, memory = '512MB'): Promise<DuckDBInstance> {
  return DuckDBInstance.create(':memory:', {
    memory_limit: memory,
    temp_directory: temporary,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
}

/** Creates the database file with its tables and their comments. @throws Failure for a path that DuckDB cannot write to */
export async function createDatabase(file: string, tables: readonly Table[]): Promise<DatabaseWriter> {
  refusePath(file);
  const instance = await openDuckDb(path.join(path.dirname(file), '.duckdb-temporary'));
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run(`ATTACH ${literal(file)} AS release (STORAGE_VERSION 'v1.1.0', BLOCK_SIZE 16384)`);
  await connection.run('USE release');
  await connection.run('BEGIN');
  let sealed: ReleaseFacts | undefined;
  // in the order in which tables get their first rows: parents before children
  const appenders = new Map<string, Appending>();
  const open = async (table: Table): Promise<Appending> => {
    await connection.run(createTable(table));
    for (const comment of comments(table)) await connection.run(comment);
    if (isLate(table)) await connection.run(createTable(table, true));
    const appender = isLate(table)
      ? await connection.createAppender(waiting(table), 'main', 'temp')
      : await connection.createAppender(table.name, 'main', 'release');
    const types = table.columns.map((_, i) => appender.columnType(i));
    const appending: Appending = { table, appender, types, rows: [], held: 0 };
    appenders.set(table.name, appending);
    return appending;
  };
  for (const table of tables) if (!table.optional) await open(table);
  let uncommitted = 0;
  const flushAll = (): void => {
    for (const appending of appenders.values()) flushAppender(appending);
  };
  return {
    async append(table, rows) {
      const appending = appenders.get(table.name) ?? (await open(table));
      for (const row of rows) appending.rows.push(row);
      while (appending.rows.length >= chunkSize) appendChunk(appending, appending.rows.splice(0, chunkSize));
      uncommitted += rows.length;
      if (appending.held > mostHeld) flushAll();
      if (uncommitted < mostUncommitted) return;
      flushAll();
      await connection.run('COMMIT');
      await connection.run('BEGIN');
      uncommitted = 0;
    },
    async seal(facts) {
      sealed = facts;
      flushAll();
      for (const { appender } of appenders.values()) appender.closeSync();
      for (const table of tables.filter(isLate)) {
        await connection.run(
          `INSERT INTO ${identifier(table.name)} SELECT * FROM temp.main.${identifier(waiting(table))}`,
        );
        await connection.run(`DROP TABLE temp.main.${identifier(waiting(table))}`);
      }
      await createFacts(connection, facts);
      await connection.run('COMMIT');
    },
    async exportParquet(table, { file: target, from, to }) {
      // rows are numbered in the order in which they came
      const rows = to === undefined ? '' : ` WHERE rowid >= ${from} AND rowid < ${to} ORDER BY rowid`;
      await connection.run(
        `COPY (SELECT ${table.columns.map((c) => parquetColumn(c)).join(', ')} FROM ${identifier(table.name)}${rows}) TO ${literal(target)} ` +
          parquetOptions(sealed, documentation(table)),
      );
    },
    async addViews(views) {
      await connection.run('SET enable_external_access = false');
      await connection.run('SET lock_configuration = true');
      for (const view of views) await createView(connection, view);
    },
    runChecks: (checks) => runChecks(connection, checks),
    async abandon() {
      for (const { appender } of appenders.values()) appender.closeSync();
      await connection.run('ROLLBACK');
      connection.closeSync();
      instance.closeSync();
    },
    async close() {
      await connection.run('CHECKPOINT release');
      await connection.run('USE memory');
      await connection.run('DETACH release');
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** How COPY writes Parquet: version 2, zstd, with what a release says of itself as key-value metadata. */
export function parquetOptions(facts: ReleaseFacts | undefined, description: string | undefined): string {
  const { name, version, commit, license } = facts ?? {};
  const metadata = Object.entries({ dataset: name, version, commit, licence: license, description })
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    .map(([key, value]) => `${key}: ${literal(value)}`);
  return `(FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, ROW_GROUP_SIZE ${rowGroupSize}, KV_METADATA {${metadata.join(', ')}})`;
}

/** DuckDB takes what stands behind a `?` in the path of a database for options, and looks for its log elsewhere. */
function refusePath(file: string): void {
  const parts = file.split(path.sep);
  const at = parts.findIndex((part) => part.includes('?'));
  if (at < 0) return;
  const folder = printable(parts.slice(0, at + 1).join(path.sep));
  throw new Failure(`DuckDB cannot write below a folder with ? in its name: rename ${folder}, or give another --dist`);
}

/** Parquet has no enumerations: codes are texts there. */
function parquetColumn(column: Column): string {
  const name = identifier(column.name);
  return column.codes === undefined ? name : `${name}::${plainType(column)} AS ${name}`;
}

/** Rows of provenance come with the records that they speak of, before the sources that they name may be there. */
function isLate(table: Table): boolean {
  return table.name === reserved.provenance && table.foreignKeys.length > 0;
}

interface Appending {
  readonly table: Table;
  readonly appender: DuckDBAppender;
  readonly types: readonly DuckDBType[];
  /** Rows that do not fill a chunk yet. */
  readonly rows: Row[];
  /** Rows that were appended since the last flush. */
  held: number;
}

function flushAppender(appending: Appending): void {
  if (appending.rows.length > 0) appendChunk(appending, appending.rows.splice(0));
  if (appending.held === 0) return;
  appending.appender.flushSync();
  appending.held = 0;
}

function appendChunk(appending: Appending, rows: readonly Row[]): void {
  const chunk = DuckDBDataChunk.create(appending.types, rows.length);
  for (const [i, column] of appending.table.columns.entries()) {
    const convert = converters[column.type];
    chunk.setColumnValues(
      i,
      rows.map((row) => toValue(row[i] ?? null, convert)),
    );
  }
  chunk.rowCount = rows.length;
  appending.appender.appendDataChunk(chunk);
  appending.held += rows.length;
}

function toValue(cell: Cell, convert: ((cell: Cell) => DuckDBValue) | undefined): DuckDBValue {
  return cell === null || convert === undefined ? cell : convert(cell);
}

const converters: Readonly<Record<Column['type'], ((cell: Cell) => DuckDBValue) | undefined>> = {
  string: undefined,
  json: undefined,
  boolean: undefined,
  number: undefined,
  integer: (cell) => BigInt(Number(cell)),
  date: (cell) => new DuckDBDateValue(Date.parse(`${String(cell)}T00:00:00Z`) / 86_400_000),
  timestamp: (cell) => new DuckDBTimestampTZValue(microseconds(String(cell))),
};

/** Microseconds since 1970 of a timestamp in its shortest UTC form. */
function microseconds(text: string): bigint {
  const [seconds = '', fraction = ''] = text.slice(0, -1).split('.');
  return BigInt(Date.parse(`${seconds}Z`)) * 1000n + BigInt(fraction.padEnd(6, '0'));
}

/** Creates the table `dataset` of a release, with its one row, in the database in use. */
export async function createFacts(connection: DuckDBConnection, facts: ReleaseFacts): Promise<void> {
  const columns = factColumns(facts);
  const declared = columns.map(({ name, type }) => `${identifier(name)} ${type}`);
  await connection.run(`CREATE TABLE dataset (${declared.join(', ')})`);
  await connection.run("COMMENT ON TABLE dataset IS 'Which release of which dataset this is.'");
  for (const { name, comment } of columns)
    await connection.run(`COMMENT ON COLUMN dataset.${identifier(name)} IS ${literal(comment)}`);
  const values = columns.map(({ value }) => (value === null ? 'NULL' : literal(value)));
  await connection.run(`INSERT INTO dataset VALUES (${values.join(', ')})`);
}

interface FactColumn {
  readonly name: string;
  readonly type: string;
  readonly value: string | null;
  readonly comment: string;
}

function factColumns(facts: ReleaseFacts): readonly FactColumn[] {
  const required = 'VARCHAR NOT NULL';
  const text = 'VARCHAR';
  return [
    { name: 'name', type: required, value: facts.name, comment: 'Name of the dataset.' },
    { name: 'version', type: required, value: facts.version, comment: 'Version of the dataset.' },
    { name: 'title', type: text, value: facts.title, comment: 'Title of the dataset.' },
    {
      name: 'commit',
      type: text,
      value: facts.commit,
      comment: 'Git commit of its records and schemas; empty outside git.',
    },
    { name: 'date', type: 'TIMESTAMP WITH TIME ZONE', value: facts.date, comment: 'Date of that commit.' },
    { name: 'licence', type: text, value: facts.license, comment: 'Licence of the data (SPDX).' },
    { name: 'citation', type: required, value: facts.citation, comment: 'How to cite this release.' },
    {
      name: 'schemas_sha256',
      type: required,
      value: facts.schemas,
      comment:
        'Digest of the schemas: SHA-256 over the lines "<SHA-256 of the file>  <path in the schema folder>" of all JSON Schemas, in code-point order of path.',
    },
  ];
}

async function createView(connection: DuckDBConnection, view: View): Promise<void> {
  try {
    await connection.run(`CREATE VIEW ${identifier(view.name)} AS ${view.sql}`);
    for (const comment of viewComments(view)) await connection.run(comment);
  } catch (error) {
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
    throw new Failure(`${view.shown}: ${first}`);
  }
}
