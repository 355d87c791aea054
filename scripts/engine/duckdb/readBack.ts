import path from 'node:path';
import type { StoredRelease } from '../engine.ts';
import { allowWideRows, interruptedBy, memoryOfBuild, openDuckDb } from './instance.ts';
import { hashOfRows, mergedHashes, textDigest } from './rowDigests.ts';
import { literal, numberedParquetRows, numberedRows } from './sql.ts';

/** Opens a finished release with another DuckDB instance, which has only the files. */
export async function reopen(folder: string, database: string, signal?: AbortSignal): Promise<StoredRelease> {
  const instance = await openDuckDb(path.join(folder, '.duckdb-temporary'), memoryOfBuild);
  const connection = await instance.connect();
  const ignore = interruptedBy(signal, connection);
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run(`ATTACH ${literal(path.join(folder, database))} AS release (READ_ONLY)`);
  return {
    async digest(table, csv, parquet) {
      await allowWideRows(connection, csv);
      const stored = numberedRows(table, 'release.main.');
      const parts = [];
      for (const { file, from } of parquet)
        parts.push(await hashOfRows(connection, table, numberedParquetRows(table, path.join(folder, file), from)));
      return {
        rows: await textDigest(connection, table, stored, csv),
        database: mergedHashes([await hashOfRows(connection, table, stored)]),
        parquet: mergedHashes(parts),
      };
    },
    close() {
      ignore();
      connection.closeSync();
      instance.closeSync();
    },
  };
}
