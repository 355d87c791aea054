import path from 'node:path';
import type { Table } from '../../compile/model.ts';
import { recordsFile } from '../../compile/mapping.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { workFolders } from '../../engine/spark/checkScript.ts';
import { csvHeader } from '../../write/csv.ts';
import { numberIn, jsonLines, partFiles, textIn } from './found.ts';

/** A table in the folders of Spark, by its number there. */
export interface NumberedTable {
  readonly table: Table;
  readonly number: number;
}

/**
 * Takes the Parquet files of a table into a release: they are moved.
 * @returns their paths in the release
 */
export function takeParquet(
  fs: FileSystem,
  work: string,
  staging: string,
  { table, number }: NumberedTable,
): readonly string[] {
  const files = partFiles(fs, path.join(work, workFolders.tables, String(number)));
  const single = files.length === 1;
  if (!single) fs.makeFolder(path.join(staging, 'parquet', table.name));
  return files.map((file, i) => {
    const name = single
      ? `parquet/${table.name}.parquet`
      : `parquet/${table.name}/part-${String(i).padStart(5, '0')}.parquet`;
    fs.rename(file, path.join(staging, name));
    return name;
  });
}

/** Puts the parts of a table's CSV together into one file of a release. */
export function takeCsv(fs: FileSystem, work: string, staging: string, { table, number }: NumberedTable): void {
  const target = path.join(staging, 'csv', `${table.name}.csv`);
  fs.write(target, csvHeader(table));
  append(fs, target, partFiles(fs, path.join(work, workFolders.csv, String(number))));
}

/** Puts the records of a table together. */
export function takeRecords(fs: FileSystem, work: string, staging: string, { table, number }: NumberedTable): void {
  const target = path.join(staging, recordsFile(table.name));
  fs.write(target, '');
  append(fs, target, partFiles(fs, path.join(work, workFolders.records, String(number))));
}

function append(fs: FileSystem, target: string, files: readonly string[]): void {
  for (const file of files) for (const chunk of fs.chunks(file)) fs.append(target, chunk);
}

/**
 * Compares what Spark read back from its Parquet files with what was compiled.
 * @returns the number of rows of each table
 * @throws Error where they differ
 */
export function comparedCounts(
  fs: FileSystem,
  work: string,
  tables: readonly NumberedTable[],
): ReadonlyMap<string, number> {
  const digests = new Map<string, string>();
  const rows = new Map(tables.map(({ table }) => [table.name, 0]));
  for (const line of jsonLines(fs, path.join(work, workFolders.digests))) {
    const [number, what, count] = [numberIn(line, 'number'), textIn(line, 'what'), numberIn(line, 'rows')];
    digests.set(`${number} ${what}`, `${count} rows ${textIn(line, 'digest')}`);
    const table = tables.find((each) => each.number === number)?.table;
    if (table !== undefined) rows.set(table.name, count);
  }
  for (const { table, number } of tables) {
    const [compiled, parquet] = ['compiled', 'parquet'].map((what) => digests.get(`${number} ${what}`));
    if (compiled !== parquet)
      throw new Error(`table ${table.name} does not read back as it was written (${compiled}, ${parquet})`);
  }
  return rows;
}
