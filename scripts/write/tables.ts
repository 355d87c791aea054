import path from 'node:path';
import type { Batch, Row, Table } from '../compile/model.ts';
import { breather } from '../disk/breathe.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import type { CsvFile } from '../engine/engine.ts';
import type { ViewSink } from '../engine/duckdb/exportViews.ts';
import { type RowDigest, rowDigest } from '../engine/rowDigest.ts';
import { csvHeader, csvRows } from './csv.ts';
import { mostBytesOfUnit } from './print.ts';
import { type PrintedBatch, type PrintedGroup, groupsOf, printBatch } from './printedRows.ts';

/** What was written of a table. */
export interface Written extends CsvFile {
  /** The `rowDigest` of the compiled rows. */
  readonly digest: string;
}

interface Writing {
  readonly file: string;
  readonly header: string;
  readonly digest: RowDigest;
  rows: number;
  bytes: number;
  longestLine: number;
  /** What has been passed to `onPart`. */
  given: { parts: number; rows: number; bytes: number };
}

/** Some rows of a table, as CSV with the header. The receiver removes the file. */
export interface CsvPart {
  readonly table: string;
  readonly csv: CsvFile;
}

/** Rows of a part: as many as in a row group of DuckDB, so that it stores them as if all rows came at once. */
const rowsOfPart = 122_880;
/** From this size of the CSV of all tables on, there are parts, in bytes. */
const bytesForParts = 32 * 1024 * 1024;

/** Writes the rows of tables into CSV files, and digests them, in the order in which they come. */
export interface CsvWriter {
  readonly take: (batch: PrintedBatch) => void;
  /** @returns what was written, by the table's name, without optional tables that are empty */
  readonly end: () => ReadonlyMap<string, Written>;
}

/**
 * A writer of `<table>.csv` in a folder for each of the tables.
 * @param onPart gets the rows of large tables while others are still to come: all rows of a table, or none
 */
export function csvWriter(
  files: FileSystem,
  folder: string,
  tables: readonly Table[],
  onPart?: (part: CsvPart) => void,
): CsvWriter {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const open = new Map<string, Writing>();
  let written = 0;
  const give = (table: string, writing: Writing): void => {
    if (onPart !== undefined) onPart({ table, csv: copyOfPart(files, writing) });
    const { rows, bytes, given } = writing;
    writing.given = { parts: given.parts + 1, rows, bytes };
  };
  for (const table of tables) if (!table.optional) open.set(table.name, begin(files, folder, table));
  return {
    take(batch) {
      const table = byName.get(batch.table);
      if (table === undefined) return;
      const writing = open.get(table.name) ?? begin(files, folder, table);
      open.set(table.name, writing);
      for (const group of groupsOf(batch)) {
        for (const bytes of appendGroup(files, writing, group, batch.longestLine)) {
          written += bytes;
          if (writing.rows % rowsOfPart === 0 && written >= bytesForParts) give(table.name, writing);
        }
      }
    },
    end() {
      for (const [name, writing] of open)
        if (writing.given.parts > 0 && writing.rows > writing.given.rows) give(name, writing);
      return new Map([...open].map(([name, writing]) => [name, writtenOf(writing)]));
    },
  };
}

/** Begins the file of a table. */
function begin(files: FileSystem, folder: string, table: Table): Writing {
  const file = path.join(folder, `${table.name}.csv`);
  const header = csvHeader(table);
  files.write(file, header);
  const given = { parts: 0, rows: 0, bytes: 0 };
  return { file, header, digest: rowDigest(), rows: 0, bytes: 0, longestLine: 0, given };
}

/** Appends a group: a part ends where its rows end, if one does. Yields the length of what it has appended. */
function* appendGroup(
  files: FileSystem,
  writing: Writing,
  { rows, json, csv, digestedAsIs }: PrintedGroup,
  longestLine: number,
): Generator<number> {
  if (digestedAsIs && rows <= writing.digest.room()) {
    writing.digest.addPrinted(rows, json);
    yield appendLines(files, writing, rows, csv, longestLine);
    return;
  }
  const all = rowsIn(json);
  const room = rowsOfPart - (writing.rows % rowsOfPart);
  for (const some of rows <= room ? [all] : [all.slice(0, room), all.slice(room)]) {
    writing.digest.add(some);
    const { text, longest } = csvRows(some);
    yield appendLines(files, writing, some.length, Buffer.from(text), mostBytesOfUnit * longest);
  }
}

function rowsIn(json: Uint8Array): readonly Row[] {
  return JSON.parse(`[${Buffer.from(json).toString()}]`);
}

/** @returns the bytes that were appended */
function appendLines(
  files: FileSystem,
  writing: Writing,
  rows: number,
  lines: Uint8Array,
  longestLine: number,
): number {
  files.append(writing.file, lines);
  writing.rows += rows;
  writing.bytes += lines.length;
  writing.longestLine = Math.max(writing.longestLine, longestLine);
  return lines.length;
}

function writtenOf({ file, rows, bytes, longestLine, digest }: Writing): Written {
  return { file, rows, bytes, longestLine, digest: digest.end() };
}

/** Copies the rows of a table that have not been passed on to a file of their own. */
function copyOfPart(files: FileSystem, { file, header, rows, bytes, longestLine, given }: Writing): CsvFile {
  const part = `${file}.${given.parts}`;
  files.write(part, header);
  for (const chunk of files.chunks(file, Buffer.byteLength(header) + given.bytes)) files.append(part, chunk);
  return { file: part, rows: rows - given.rows, bytes: bytes - given.bytes, longestLine };
}

/** Writes all rows of tables into CSV files in a folder. */
export async function writeTables(
  files: FileSystem,
  folder: string,
  tables: readonly Table[],
  batches: Iterable<Batch>,
): Promise<ReadonlyMap<string, Written>> {
  const writer = csvWriter(files, folder, tables);
  const breathe = breather();
  for (const batch of batches) {
    await breathe();
    writer.take(printBatch(batch));
  }
  return writer.end();
}

/** Writes the rows of views into CSV files in a staging folder. */
export function viewSink(files: FileSystem, staging: string): ViewSink {
  const csv = (table: Table): string => path.join(staging, 'csv', `${table.name}.csv`);
  return {
    begin: (table) => files.write(csv(table), csvHeader(table)),
    append: (table, rows) => {
      files.append(csv(table), Buffer.from(csvRows(rows).text));
    },
  };
}
