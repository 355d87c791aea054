import { option, sentence } from '../../base/sentence.ts';
import path from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Column, Table } from '../../compile/model.ts';
import { Failure } from '../../base/problem.ts';
import type { View } from '../../read/schemas.ts';
import { printable, quoted } from '../../base/text.ts';
import type { ExportedPart } from '../../release/exportFormats.ts';
import type { CsvFile, Engine, ReleaseFacts, Store } from '../engine.ts';
import { isSmall } from '../keys.ts';
import { type ConnectionPool, connectionPool } from './connectionPool.ts';
import { createFacts } from './facts.ts';
import { fileFormats } from './formats/index.ts';
import { type Size, allowWideRows, interruptedBy, memoryOfBuild, openDuckDb, threads } from './instance.ts';
import { reopen } from './readBack.ts';
import { runChecks } from './runChecks.ts';
import {
  comments,
  createTable,
  csvRowsOf,
  fileType,
  identifier,
  literal,
  numberedRows,
  plainColumn,
  viewComments,
} from './sql.ts';

/** DuckDB as the engine of a build. */
export const duckdb: Engine = { open: createDatabase, reopen };

/** Rows in one transaction: a table with keys keeps its new rows in memory until the transaction ends. */
const mostUncommitted = 400_000;

/** Blocks of a database in bytes: a block holds values of one column, so small tables would waste large ones. */
const blockSize = { small: 16_384, large: 262_144 };

/** Of fewer rows, as CSV in bytes, one thread makes a database faster than several. */
const leastBytesForThreads = 4 * 1024 * 1024;
/**
 * If no table has so much CSV, in bytes, FSST is not tried: it takes most of the time to write a database with many
 * columns, and texts of so few rows take as many blocks without it.
 */
const leastBytesForFsst = 1024 * 1024;

/** Creates the database file. @throws Failure for a path that DuckDB cannot write to */
async function createDatabase(file: string, bytes: number | undefined, signal?: AbortSignal): Promise<Store> {
  const { instance, connection } = await beginDatabase(file, bytes);
  const ignore = interruptedBy(signal, connection);
  let pool: ConnectionPool | undefined;
  const leave = async (): Promise<void> => {
    ignore();
    await pool?.close();
    connection.closeSync();
    instance.closeSync();
  };
  const readers = async (): Promise<ConnectionPool> => {
    if (pool === undefined) {
      pool = await connectionPool(instance, signal);
      await pool.each(async (each) => each.run('USE release'));
    }
    return pool;
  };
  const sizes = new Map<string, Size>();
  const { written, ...exports } = exportsOf(connection, sizes, readers);
  return {
    ...tablesOf(connection, sizes),
    ...exports,
    ...viewsOf(connection, sizes, written),
    ...endOf(connection, written, leave),
  };
}

/** Rows are appended in one thread: with several, their groups in Parquet would differ from run to run. */
function tablesOf(connection: DuckDBConnection, sizes: Map<string, Size>): Pick<Store, 'create' | 'append'> {
  const created = new Set<string>();
  let uncommitted = 0;
  const create: Store['create'] = async (tables) => {
    // one call for all of it takes a fraction of the time of as many calls
    const sql = tables.flatMap((table) => [createTable(table), ...comments(table)]);
    if (sql.length > 0) await connection.run(sql.join(';\n'));
    for (const { name } of tables) created.add(name);
  };
  return {
    create,
    async append(table, csv) {
      if (!created.has(table.name)) await create([table]);
      await allowWideRows(connection, csv);
      if (csv.rows > 0) await connection.run(insert(table, csv));
      sizes.set(table.name, added(csv, sizes.get(table.name)));
      uncommitted += csv.rows;
      if (uncommitted < mostUncommitted) return;
      await connection.run('COMMIT');
      await connection.run('BEGIN');
      uncommitted = 0;
    },
  };
}

/** @param readers the connections that read the tables of a sealed store */
function exportsOf(
  connection: DuckDBConnection,
  sizes: ReadonlyMap<string, Size>,
  readers: () => Promise<ConnectionPool>,
): Pick<Store, 'seal' | 'export'> & {
  /** Waits until the rows are in the file. */
  readonly written: () => Promise<void>;
} {
  let sealed: ReleaseFacts | undefined;
  let written: Promise<unknown> = Promise.resolve();
  return {
    written: async () => void (await written),
    async seal(facts) {
      sealed = facts;
      await createFacts(connection, facts);
      if ([...sizes.values()].every(({ bytes }) => bytes < leastBytesForFsst))
        await connection.run("SET disabled_compression_methods = 'fsst'");
      await connection.run('COMMIT');
      // each reads a table in one thread: with several, a large one sometimes gets other pages, so other bytes
      const { run } = await readers();
      // the exports, which come next, leave a core idle at times
      written = run(widest(sizes), async (reader) => reader.run('CHECKPOINT release'));
      // whoever waits for it gets the error
      written.catch(() => {});
    },
    async export(format, table, part) {
      const size = sizes.get(table.name) ?? { rows: 0, bytes: 0 };
      const rows = { query: partQuery(table, part), table, size, facts: sealed };
      const { run } = await readers();
      await run(size, async (reader) => fileFormats[format].write(reader, part.file, rows));
    },
  };
}

function viewsOf(
  connection: DuckDBConnection,
  sizes: ReadonlyMap<string, Size>,
  written: () => Promise<void>,
): Pick<Store, 'addViews' | 'runChecks'> {
  return {
    async addViews(views) {
      await written();
      await connection.run(`SET threads = ${isMuch(sizes) ? threads : 1}`);
      await connection.run('SET enable_external_access = false');
      await connection.run('SET lock_configuration = true');
      // each transaction waits for the disk
      await connection.run('BEGIN');
      for (const view of views) await addView(connection, view);
      await connection.run('COMMIT');
    },
    runChecks: (checks) => runChecks(connection, checks),
  };
}

/** The size of the table with the widest rows: statements about them need the most memory. */
function widest(sizes: ReadonlyMap<string, Size>): Size {
  const width = ({ rows, bytes }: Size): number => bytes / Math.max(1, rows);
  return [...sizes.values()].toSorted((a, b) => width(b) - width(a))[0] ?? { rows: 0, bytes: 0 };
}

function isMuch(sizes: ReadonlyMap<string, Size>): boolean {
  return [...sizes.values()].reduce((sum, { bytes }) => sum + bytes, 0) >= leastBytesForThreads;
}

/** @param leave closes the connection */
function endOf(
  connection: DuckDBConnection,
  written: () => Promise<void>,
  leave: () => Promise<void>,
): Pick<Store, 'abandon' | 'close'> {
  return {
    async abandon() {
      await rollBack(connection);
      await leave();
    },
    async close() {
      await written();
      await connection.run('CHECKPOINT release');
      await connection.run('USE memory');
      await connection.run('DETACH release');
      await leave();
    },
  };
}

function added(csv: CsvFile, before: Size = { rows: 0, bytes: 0 }): Size {
  return { rows: before.rows + csv.rows, bytes: before.bytes + csv.bytes };
}

/** Creates an empty database, and begins a transaction. */
async function beginDatabase(
  file: string,
  bytes: number | undefined,
): Promise<{ readonly instance: DuckDBInstance; readonly connection: DuckDBConnection }> {
  refusePath(file);
  const instance = await openDuckDb(path.join(path.dirname(file), '.duckdb-temporary'), memoryOfBuild, 1);
  const connection = await instance.connect();
  try {
    await attachEmpty(connection, file, bytes);
    return { instance, connection };
  } catch (error) {
    connection.closeSync();
    instance.closeSync();
    throw error;
  }
}

async function attachEmpty(connection: DuckDBConnection, file: string, bytes: number | undefined): Promise<void> {
  const block = isSmall(bytes) ? blockSize.small : blockSize.large;
  const sql = [
    "SET TimeZone = 'UTC'",
    // a killed build begins anew: it needs no log
    `ATTACH ${literal(file)} AS release (RECOVERY_MODE no_wal_writes, STORAGE_VERSION 'v1.1.0', BLOCK_SIZE ${block})`,
    'USE release',
    'BEGIN',
  ];
  await connection.run(sql.join(';\n'));
}

/** Rolls back a transaction, if there is one. */
async function rollBack(connection: DuckDBConnection): Promise<void> {
  try {
    await connection.run('ROLLBACK');
  } catch {
    // everything was committed, or nothing can be written any more
  }
}

/** The rows of a table, or the part of them for one file: rows are numbered in the order in which they came. */
function partQuery(table: Table, { from, to }: Pick<ExportedPart, 'from' | 'to'>): string {
  const { rows, number } = numberedRows(table);
  const some = to === undefined ? '' : ` WHERE ${number} >= ${from} AND ${number} < ${to} ORDER BY ${number}`;
  return `SELECT ${table.columns.map((c) => exportedColumn(c)).join(', ')} FROM ${rows}${some}`;
}

/** The statement that loads a CSV file, row by row in order; each code becomes a value of its enumeration. */
function insert(table: Table, { file, longestLine }: CsvFile): string {
  const columns = table.columns.map((c): [string, string] => [c.name, fileType(c)]);
  return `INSERT INTO ${identifier(table.name)} SELECT * FROM ${csvRowsOf(file, columns, longestLine)}`;
}

/** DuckDB reads what follows a `?` in the path of a database as options, and looks for its log elsewhere. */
function refusePath(file: string): void {
  const parts = file.split(path.sep);
  const at = parts.findIndex((part) => part.includes('?'));
  if (at < 0) return;
  const folder = printable(parts.slice(0, at + 1).join(path.sep));
  throw new Failure(
    sentence`DuckDB cannot write below a folder with ? in its name: rename ${folder}, or choose another with ${option('dist')}`,
  );
}

/** Files have no enumerations: codes are texts there. */
function exportedColumn(column: Column): string {
  return column.codes === undefined ? plainColumn(column) : `${plainColumn(column)} AS ${identifier(column.name)}`;
}

/** Creates a view of a dataset. @throws Failure if DuckDB rejects it */
export async function addView(connection: DuckDBConnection, view: View): Promise<void> {
  try {
    await connection.run(`CREATE VIEW ${identifier(view.name)} AS ${view.sql}`);
    const remarks = viewComments(view);
    if (remarks.length > 0) await connection.run(remarks.join(';\n'));
  } catch (error) {
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
    const [, missing] = /does not have a column with name "(.+)"$/.exec(first) ?? [];
    const message =
      missing === undefined ? first : `its comment describes a column ${quoted(missing)}, which the view lacks`;
    throw new Failure(`${view.shown}: ${message}`);
  }
}
