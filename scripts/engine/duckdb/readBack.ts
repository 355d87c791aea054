import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { permits } from '../../base/permits.ts';
import type { Table } from '../../compile/model.ts';
import type { CsvFile, ParquetPart, StoredDigests, StoredRelease } from '../engine.ts';
import { allowWideRows, interruptedBy, isWide, memoryOfBuild, openDuckDb, threads } from './instance.ts';
import { hashOfRows, mergedHashes, textDigest } from './rowDigests.ts';
import { literal, numberedParquetRows, numberedRows } from './sql.ts';

/** Opens a finished release with another DuckDB instance, which has only the files. */
export async function reopen(folder: string, database: string, signal?: AbortSignal): Promise<StoredRelease> {
  const instance = await openDuckDb(path.join(folder, '.duckdb-temporary'), memoryOfBuild);
  const connections = await Promise.all(Array.from({ length: threads }, async () => instance.connect()));
  const ignore = connections.map((connection) => interruptedBy(signal, connection));
  const [first] = connections;
  if (first === undefined) throw new Error('DuckDB has no thread');
  for (const connection of connections) await connection.run("SET TimeZone = 'UTC'");
  await first.run(`ATTACH ${literal(path.join(folder, database))} AS release (READ_ONLY)`);
  // each connection has its own thread: threads that share a query wait for each other
  await first.run('SET threads = 1');
  const permit = permits(threads);
  const free = [...connections];
  /** Runs a query on a free connection; for wide rows, while there is no other query. */
  const query = async <T>(csv: CsvFile, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> =>
    permit(isWide(csv) ? threads : 1, async () => {
      const connection = free.pop() ?? first;
      try {
        await allowWideRows(connection, csv);
        return await work(connection);
      } finally {
        free.push(connection);
      }
    });
  return {
    digest: async (table, csv, parquet) => digestsOf(folder, table, csv, parquet, query),
    close() {
      for (const end of ignore) end();
      for (const connection of connections) connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Runs a query about the rows of a CSV file. */
type Query = <T>(csv: CsvFile, work: (connection: DuckDBConnection) => Promise<T>) => Promise<T>;

async function digestsOf(
  folder: string,
  table: Table,
  csv: CsvFile,
  parquet: readonly ParquetPart[],
  query: Query,
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
