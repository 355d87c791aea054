import path from 'node:path';
import type { Batch, Table } from '../compile/model.ts';
import { breather } from '../disk/breathe.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import type { CsvFile, Engine, Store } from '../engine/engine.ts';
import type { ViewSink } from '../engine/duckdb/exportViews.ts';
import { withIndexes } from '../engine/keys.ts';
import { type RowDigest, rowDigest } from '../engine/rowDigest.ts';
import { csvHeader, csvRows } from './csv.ts';

/** What was written of a table. */
export interface Written extends CsvFile {
  /** That of `rowDigest`, of the compiled rows. */
  readonly digest: string;
}

interface Writing {
  readonly file: string;
  rows: number;
  bytes: number;
  longestLine: number;
}

/** UTF-8 takes at most this many bytes for a UTF-16 unit. */
const mostBytesOfUnit = 3;

/** Digests the rows of tables, in the order in which they come. */
export interface Digester {
  readonly take: (batch: Batch) => void;
  /** @returns the files with the digests of the rows in them */
  readonly end: (files: ReadonlyMap<string, CsvFile>) => ReadonlyMap<string, Written>;
}

export function digester(): Digester {
  const digests = new Map<string, RowDigest>();
  const digestOf = (table: string): RowDigest => {
    const digest = digests.get(table) ?? rowDigest();
    digests.set(table, digest);
    return digest;
  };
  return {
    take: ({ table, rows }) => digestOf(table).add(rows),
    end: (files) => new Map([...files].map(([table, file]) => [table, { ...file, digest: digestOf(table).end() }])),
  };
}

/** Writes the rows of tables into CSV files, in the order in which they come. */
export interface CsvWriter {
  readonly take: (batch: Batch) => void;
  /** @returns what was written, by the table's name, without the tables that are left out where they are empty */
  readonly end: () => ReadonlyMap<string, CsvFile>;
}

/** A writer of `<table>.csv` in a folder for each of the tables. */
export function csvWriter(files: FileSystem, folder: string, tables: readonly Table[]): CsvWriter {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const open = new Map<string, Writing>();
  const begin = (table: Table): Writing => {
    const file = path.join(folder, `${table.name}.csv`);
    files.write(file, csvHeader(table));
    const writing = { file, rows: 0, bytes: 0, longestLine: 0 };
    open.set(table.name, writing);
    return writing;
  };
  for (const table of tables) if (!table.optional) begin(table);
  return {
    take(batch) {
      const table = byName.get(batch.table);
      if (table === undefined) return;
      const writing = open.get(table.name) ?? begin(table);
      const { text, longest } = csvRows(batch.rows);
      const bytes = Buffer.from(text);
      files.append(writing.file, bytes);
      writing.rows += batch.rows.length;
      writing.bytes += bytes.length;
      writing.longestLine = Math.max(writing.longestLine, mostBytesOfUnit * longest);
    },
    end: () => open,
  };
}

/** Writes all rows of tables into CSV files in a folder. */
export async function writeTables(
  files: FileSystem,
  folder: string,
  tables: readonly Table[],
  batches: Iterable<Batch>,
): Promise<ReadonlyMap<string, Written>> {
  const writer = csvWriter(files, folder, tables);
  const digests = digester();
  const breathe = breather();
  for (const batch of batches) {
    await breathe();
    digests.take(batch);
    writer.take(batch);
  }
  return digests.end(writer.end());
}

/**
 * Opens a store in a file and loads tables from their CSV files, parents before children. Gives the store up where that
 * fails.
 */
export async function openFilled(
  engine: Engine,
  file: string,
  tables: readonly Table[],
  written: ReadonlyMap<string, CsvFile>,
  signal?: AbortSignal,
): Promise<Store> {
  const bytes = [...written.values()].reduce((sum, csv) => sum + csv.bytes, 0);
  const store = await engine.open(file, bytes, signal);
  try {
    for (const table of withIndexes(tables, (name) => written.get(name)?.rows ?? 0)) {
      signal?.throwIfAborted();
      const csv = written.get(table.name);
      if (csv !== undefined) await store.append(table, csv);
    }
    return store;
  } catch (error) {
    await store.abandon();
    throw error;
  }
}

/** Takes the rows of views into CSV files in a staging folder. */
export function viewSink(files: FileSystem, staging: string): ViewSink {
  const csv = (table: Table): string => path.join(staging, 'csv', `${table.name}.csv`);
  return {
    begin: (table) => files.write(csv(table), csvHeader(table)),
    append: (table, rows) => {
      files.append(csv(table), Buffer.from(csvRows(rows).text));
    },
  };
}
