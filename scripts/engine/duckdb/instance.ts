import os from 'node:os';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { mostColumns } from '../../base/limits.ts';
import { literal, plainPath } from './sql.ts';

/** More threads need more memory than they have here: each holds rows that are not written yet. */
const mostThreads = 4;

/** The number of threads of a DuckDB instance. */
export const threads = Math.min(os.availableParallelism(), mostThreads);

/** Memory for DuckDB while a build also holds the identifiers of all records. */
export const memoryOfBuild = '256MB';

const mebibyte = 1024 * 1024;
/**
 * DuckDB processes so many rows at once, and each thread holds them several times: as read, as computed and as sorted.
 */
const rowsAtOnce = 2048;
const timesHeld = 4;
/** Rows with more bytes than this need more memory than a build has by default. */
const wideRow = 4096;

/** Whether rows need more memory than a build has by default. */
export function isWide({ rows, bytes }: Size): boolean {
  return bytes / Math.max(1, rows) >= wideRow;
}

/** Rows, and their bytes as CSV. */
export interface Size {
  readonly rows: number;
  readonly bytes: number;
}

/** Gives DuckDB the memory that it needs for a table of wide rows, such as whole texts. */
export async function allowWideRows(connection: DuckDBConnection, size: Size): Promise<void> {
  if (!isWide(size)) return;
  const average = size.bytes / size.rows;
  const needed = 256 + Math.ceil((timesHeld * rowsAtOnce * average) / mebibyte);
  await connection.run(`SET memory_limit = '${needed}MiB'`);
}

/** Memory for DuckDB to fill tables: it reserves 256 KiB for each column, and uses little of it. */
export function memoryFor(columns: number): string {
  return `${512 + Math.ceil(Math.min(columns, mostColumns) * 0.3)}MB`;
}

export const memoryByDefault = '512MB';

/**
 * Settings of every DuckDB instance of a build: no downloads, no files outside the given folder, times in UTC. A thread
 * that waits for another one spins: with little to do, one is faster than several.
 */
export async function openDuckDb(
  temporary: string,
  memory = memoryByDefault,
  cores = threads,
): Promise<DuckDBInstance> {
  return DuckDBInstance.create(':memory:', {
    memory_limit: memory,
    threads: String(cores),
    temp_directory: temporary,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
}

/**
 * From now on, paths are relative to the folder of a release, and nothing outside it can be read. DuckDB does not let
 * anybody take that back.
 */
export async function confineTo(connection: DuckDBConnection, folder: string): Promise<void> {
  // paths are compared as written: views over Parquet files have relative ones
  const folders = [...new Set([folder, plainPath(folder), 'parquet'])];
  await connection.run(`SET file_search_path = ${literal(folder)}`);
  await connection.run(`SET allowed_directories = [${folders.map(literal).join(', ')}]`);
  await connection.run('SET enable_external_access = false');
}

/** A connection is interrupted again after this many milliseconds: an interruption ends only one statement. */
const again = 50;

/** Interrupts the statement of a connection, and those after it. @returns a function that stops this */
function interruptOn(connection: DuckDBConnection): () => void {
  connection.interrupt();
  const timer = setInterval(() => connection.interrupt(), again);
  return () => clearInterval(timer);
}

/**
 * Makes a signal interrupt what a connection runs, from now on if it has already come. @returns a function that stops
 * this, to be called before the connection is closed
 */
export function interruptedBy(signal: AbortSignal | undefined, connection: DuckDBConnection): () => void {
  let calm = (): void => {};
  const stop = (): void => {
    calm = interruptOn(connection);
  };
  if (signal?.aborted === true) stop();
  else signal?.addEventListener('abort', stop);
  return () => {
    calm();
    signal?.removeEventListener('abort', stop);
  };
}

/** Runs work on a connection for at most this many milliseconds. @throws Error if it takes longer, or fails */
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
