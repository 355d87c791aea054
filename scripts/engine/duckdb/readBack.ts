import path from 'node:path';
import type { Table } from '../../compile/model.ts';
import type { CsvFile, ParquetPart, StoredDigests, StoredRelease } from '../engine.ts';
import { type ConnectionPool, connectionPool } from './connectionPool.ts';
import { memoryOfBuild, openDuckDb } from './instance.ts';
import { hashOfRows, mergedHashes, textDigest } from './rowDigests.ts';
import { literal, numberedParquetRows, numberedRows } from './sql.ts';

/** Opens a finished release with another DuckDB instance, which has only the files. */
export async function reopen(folder: string, database: string, signal?: AbortSignal): Promise<StoredRelease> {
  const instance = await openDuckDb(path.join(folder, '.duckdb-temporary'), memoryOfBuild);
  let pool: ConnectionPool | undefined;
  const close = async (): Promise<void> => {
    await pool?.close();
    instance.closeSync();
  };
  try {
    pool = await connectionPool(instance, signal);
    const attach = `ATTACH ${literal(path.join(folder, database))} AS release (READ_ONLY)`;
    await pool.each(async (connection) => connection.run("SET TimeZone = 'UTC'"));
    await pool.run({ rows: 0, bytes: 0 }, async (connection) => connection.run(attach));
  } catch (error) {
    await close();
    throw error;
  }
  const { run } = pool;
  return { digest: async (table, csv, parquet) => digestsOf(folder, table, csv, parquet, run), close };
}

async function digestsOf(
  folder: string,
  table: Table,
  csv: CsvFile,
  parquet: readonly ParquetPart[],
  query: ConnectionPool['run'],
): Promise<StoredDigests> {
  const stored = numberedRows(table, 'release.main.');
  const [rows, database, ...parts] = await Promise.all([
    query(csv, async (connection) => textDigest(connection, table, stored, csv)),
    query(csv, async (connection) => hashOfRows(connection, table, stored)),
    ...parquet.map(async ({ file, from }) => {
      const numbered = numberedParquetRows(table, path.join(folder, file), from);
      return query(csv, async (connection) => hashOfRows(connection, table, numbered));
    }),
  ]);
  return { rows, database: mergedHashes([database]), parquet: mergedHashes(parts) };
}
