import path from 'node:path';
import type { Table } from '../../compile/model.ts';
import type { ExportedPart, FormatName } from '../../release/exportFormats.ts';
import type { CsvFile, ExportedTable, Reopening, StoredDigests, StoredRelease } from '../engine.ts';
import { type ConnectionPool, connectionPool } from './connectionPool.ts';
import { numberedRowsIn } from './formats/index.ts';
import { memoryOfBuild, openDuckDb, threads } from './instance.ts';
import { type RowHashes, hashOfRows, mergedHashes, storedDigests } from './rowDigests.ts';
import { literal, numberedRows } from './sql.ts';

/** Opens a finished release with another DuckDB instance, which has only the files. */
export async function reopen(
  folder: string,
  database: string,
  { signal, spared = 0 }: Reopening = {},
): Promise<StoredRelease> {
  const instance = await openDuckDb(path.join(folder, '.duckdb-temporary'), memoryOfBuild, 1);
  let pool: ConnectionPool | undefined;
  const close = async (): Promise<void> => {
    await pool?.close();
    instance.closeSync();
  };
  try {
    pool = await connectionPool(instance, signal, Math.max(1, threads - spared));
    const attach = `ATTACH ${literal(path.join(folder, database))} AS release (READ_ONLY)`;
    await pool.each(async (connection) => connection.run("SET TimeZone = 'UTC'"));
    await pool.run({ rows: 0, bytes: 0 }, async (connection) => connection.run(attach));
  } catch (error) {
    await close();
    throw error;
  }
  const { run } = pool;
  return { digest: async (table, csv, exported) => digestsOf(folder, table, csv, exported, run), close };
}

async function digestsOf(
  folder: string,
  table: Table,
  csv: CsvFile,
  exported: ExportedTable,
  query: ConnectionPool['run'],
): Promise<StoredDigests> {
  const stored = numberedRows(table, 'release.main.');
  const hashOfPart = async (format: FormatName, { file, from }: ExportedPart): Promise<RowHashes> => {
    const rows = numberedRowsIn(format, { file: path.join(folder, file), table, longestLine: csv.longestLine });
    const numbered = { ...rows, number: `${rows.number} + ${from}` };
    return query(csv, async (connection) => hashOfRows(connection, table, numbered));
  };
  const hashOfFiles = async (format: FormatName, parts: readonly ExportedPart[]): Promise<[FormatName, string]> => [
    format,
    mergedHashes(await Promise.all(parts.map(async (part) => hashOfPart(format, part)))),
  ];
  const [{ digest, hashes }, ...files] = await Promise.all([
    query(csv, async (connection) => storedDigests(connection, table, stored, csv)),
    ...[...exported].map(async ([format, parts]) => hashOfFiles(format, parts)),
  ]);
  return { rows: digest, database: mergedHashes(hashes), exported: new Map(files) };
}
