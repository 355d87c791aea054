import os from 'node:os';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { mostColumns } from '../../base/limits.ts';
import { literal, plainPath } from './sql.ts';

/** More threads need more memory than they get here: each holds rows that are not written yet. */
const mostThreads = 4;

/** How many threads a DuckDB has here. */
export const threads = Math.min(os.availableParallelism(), mostThreads);

/** Memory of a DuckDB beside which a build holds the identifiers of all records. */
export const memoryOfBuild = '256MB';

const mebibyte = 1024 * 1024;
/** DuckDB works on so many rows at once, and each thread holds them several times: as read, as computed and as sorted. */
const rowsAtOnce = 2048;
const timesHeld = 4;
/** Rows of more bytes than this need more memory than a build has by itself. */
const wideRow = 4096;

/** Whether rows need more memory than a build has by itself. */
export function isWide({ rows, bytes }: Size): boolean {
  return bytes / Math.max(1, rows) >= wideRow;
}

interface Size {
  readonly rows: number;
  readonly bytes: number;
}

/** Gives a DuckDB the memory that it needs for a table of wide rows, such as whole texts. */
export async function allowWideRows(connection: DuckDBConnection, size: Size): Promise<void> {
  if (!isWide(size)) return;
  const average = size.bytes / size.rows;
  const needed = 256 + Math.ceil((timesHeld * rowsAtOnce * average) / mebibyte);
  await connection.run(`SET memory_limit = '${needed}MiB'`);
}

/** Memory of a DuckDB that fills tables: it sets 256 KiB aside for each column, and touches little of it. */
export function memoryFor(columns: number): string {
  return `${512 + Math.ceil(Math.min(columns, mostColumns) * 0.3)}MB`;
}

/** Settings of every DuckDB that a build opens: no download, no file outside the folder given, times in UTC. */
export async function openDuckDb(temporary: string, memory = '512MB'): Promise<DuckDBInstance> {
  return DuckDBInstance.create(':memory:', {
    memory_limit: memory,
    threads: String(threads),
    temp_directory: temporary,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
}

/** From now on paths are relative to the folder of a release, and nothing outside of it can be read. */
export async function confineTo(connection: DuckDBConnection, folder: string): Promise<void> {
  // paths are compared as they are written: views over Parquet files have relative ones
  const folders = [...new Set([folder, plainPath(folder), 'parquet'])];
  await connection.run(`SET file_search_path = ${literal(folder)}`);
  await connection.run(`SET allowed_directories = [${folders.map(literal).join(', ')}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}

/** After this many milliseconds a connection is interrupted again: an interruption ends one statement. */
const again = 50;

/** Breaks off the statement of a connection, and those after it. @returns what ends that */
function interruptOn(connection: DuckDBConnection): () => void {
  connection.interrupt();
  const timer = setInterval(() => connection.interrupt(), again);
  return () => clearInterval(timer);
}

/** Lets a signal break off what a connection runs. @returns what ends that, before the connection is closed */
export function interruptedBy(signal: AbortSignal | undefined, connection: DuckDBConnection): () => void {
  let calm = (): void => {};
  const stop = (): void => {
    calm = interruptOn(connection);
  };
  signal?.addEventListener('abort', stop);
  return () => {
    calm();
    signal?.removeEventListener('abort', stop);
  };
}

/** Runs work on a connection for at most this many milliseconds. @throws Error where it takes longer, or fails */
export async function inTime<T>(
  connection: DuckDBConnection,
  milliseconds: number,
  work: () => Promise<T>,
): Promise<T> {
  let calm: (() => void) | undefined;
  const timer = setTimeout(() => {
    calm = interruptOn(connection);
  }, milliseconds);
  try {
    return await work();
  } catch (error) {
    throw calm === undefined
      ? error
      : new Error(`it takes longer than ${milliseconds / 1000} seconds`, { cause: error });
  } finally {
    clearTimeout(timer);
    calm?.();
  }
}
