import path from 'node:path';
import type { Batch, Row, Table } from '../compile/model.ts';
import { breather } from '../disk/breathe.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import type { CsvFile } from '../engine/engine.ts';
import type { ViewSink } from '../engine/duckdb/exportViews.ts';
import { type RowDigest, rowDigest } from '../engine/rowDigest.ts';
import { csvHeader, csvRows } from './csv.ts';
import { type PrintedBatch, type PrintedGroup, groupsOf } from './printedRows.ts';

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
/** From this size of the CSV of all tables on, there are parts, in UTF-16 units. */
const unitsForParts = 32 * 1024 * 1024;

/** UTF-8 takes at most this many bytes for a UTF-16 unit. */
const mostBytesOfUnit = 3;

/** Writes the rows of tables into CSV files, and digests them, in the order in which they come. */
export interface CsvWriter {
  /** `json` is that of the rows, if it is known. */
  readonly take: (batch: Batch, json?: string) => void;
  readonly takePrinted: (batch: PrintedBatch) => void;
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
  const begin = (table: Table): Writing => {
    const file = path.join(folder, `${table.name}.csv`);
    const header = csvHeader(table);
    files.write(file, header);
    const given = { parts: 0, rows: 0, bytes: 0 };
    const writing = { file, header, digest: rowDigest(), rows: 0, bytes: 0, longestLine: 0, given };
    open.set(table.name, writing);
    return writing;
  };
  for (const table of tables) if (!table.optional) begin(table);
  const writingOf = (name: string): Writing | undefined => {
    const table = byName.get(name);
    return table === undefined ? undefined : (open.get(name) ?? begin(table));
  };
  const appended = (table: string, writing: Writing, units: number): void => {
    written += units;
    if (writing.rows % rowsOfPart === 0 && written >= unitsForParts) give(table, writing);
  };
  const take: CsvWriter['take'] = (batch, json) => {
    const writing = writingOf(batch.table);
    if (writing === undefined) return;
    const room = rowsOfPart - (writing.rows % rowsOfPart);
    const fits = batch.rows.length <= room;
    for (const rows of fits ? [batch.rows] : [batch.rows.slice(0, room), batch.rows.slice(room)])
      appended(batch.table, writing, appendRows(files, writing, rows, fits ? json : undefined));
  };
  return {
    take,
    takePrinted(batch) {
      const writing = writingOf(batch.table);
      if (writing === undefined) return;
      for (const group of groupsOf(batch)) {
        if (group.digestedAsIs && group.rows <= writing.digest.room())
          appended(batch.table, writing, appendGroup(files, writing, group, batch.longest));
        else take({ table: batch.table, rows: rowsIn(group) });
      }
    },
    end() {
      for (const [name, writing] of open)
        if (writing.given.parts > 0 && writing.rows > writing.given.rows) give(name, writing);
      return new Map([...open].map(([name, writing]) => [name, writtenOf(writing)]));
    },
  };
}

/** @returns the length of the CSV of the rows, in UTF-16 units */
function appendRows(files: FileSystem, writing: Writing, rows: readonly Row[], json?: string): number {
  writing.digest.add(rows, json);
  const { text, longest } = csvRows(rows);
  const bytes = Buffer.from(text);
  files.append(writing.file, bytes);
  writing.rows += rows.length;
  writing.bytes += bytes.length;
  writing.longestLine = Math.max(writing.longestLine, mostBytesOfUnit * longest);
  return text.length;
}

/** The same for rows in print. */
function appendGroup(files: FileSystem, writing: Writing, { rows, json, csv }: PrintedGroup, longest: number): number {
  writing.digest.addPrinted(rows, json);
  files.append(writing.file, csv);
  writing.rows += rows;
  writing.bytes += csv.length;
  writing.longestLine = Math.max(writing.longestLine, mostBytesOfUnit * longest);
  return csv.length;
}

function rowsIn({ json }: PrintedGroup): readonly Row[] {
  return JSON.parse(`[${Buffer.from(json).toString()}]`);
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
    writer.take(batch);
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
