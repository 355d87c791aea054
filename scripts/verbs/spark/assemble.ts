import path from 'node:path';
import type { Table } from '../../compile/model.ts';
import { recordsFile } from '../../compile/mapping.ts';
import { type FileSystem, kindAt } from '../../disk/fileSystem.ts';
import { workFolders } from '../../engine/spark/checkScript.ts';
import type { Kind } from '../../engine/spark/mapped.ts';
import { csvHeader } from '../../write/csv.ts';
import { jsonLines, numberIn, partFiles, textIn } from './found.ts';
import type { SparkBuild } from './sparkBuild.ts';

/** Tables whose files are in the staging folder. */
export interface AssembledTables {
  readonly tables: readonly Table[];
  readonly rowCounts: ReadonlyMap<string, number>;
  /** The Parquet files of each table, by its name: paths in the release. */
  readonly files: ReadonlyMap<string, readonly string[]>;
}

/**
 * Moves what Spark has written into the release, and removes the rest. Tables have the numbers that the script used.
 * @throws Error if rows do not read back as they were compiled
 */
export function assemble({ fs, staging, work, compilation }: SparkBuild, tables: readonly Table[]): AssembledTables {
  for (const name of ['csv', 'parquet', 'records']) fs.makeFolder(path.join(staging, name));
  const rowCounts = comparedCounts(fs, work, tables);
  const files = new Map(tables.map((table, number) => [table.name, takeParquet(fs, work, staging, table, number)]));
  for (const table of tables) {
    const target = path.join(staging, 'csv', `${table.name}.csv`);
    fs.write(target, csvHeader(table));
    appendTexts(fs, target, work, 'row', table);
  }
  for (const { name } of compilation.order) {
    const root = compilation.plans.get(name)?.root.table;
    if (root === undefined) continue;
    const target = path.join(staging, recordsFile(root.name));
    fs.write(target, '');
    appendTexts(fs, target, work, 'record', root);
  }
  fs.remove(work);
  return { tables, rowCounts, files };
}

/** Compares what Spark read back from its files with what was compiled. @returns the number of rows of each table */
function comparedCounts(fs: FileSystem, work: string, tables: readonly Table[]): ReadonlyMap<string, number> {
  const digests = new Map<string, string>();
  const rowCounts = new Map(tables.map((table) => [table.name, 0]));
  for (const line of jsonLines(fs, path.join(work, workFolders.digests))) {
    const [number, what, rows] = [numberIn(line, 'number'), textIn(line, 'what'), numberIn(line, 'rows')];
    digests.set(`${number} ${what}`, `${rows} rows ${textIn(line, 'digest')}`);
    rowCounts.set(tables[number]?.name ?? '', rows);
  }
  for (const [number, { name }] of tables.entries()) {
    const [compiled, parquet] = ['compiled', 'parquet'].map((what) => digests.get(`${number} ${what}`));
    if (compiled !== parquet)
      throw new Error(`table ${name} does not read back as it was written (${compiled}, ${parquet})`);
  }
  return rowCounts;
}

/** Moves the Parquet files of a table into the release. @returns their paths there */
function takeParquet(
  fs: FileSystem,
  work: string,
  staging: string,
  { name }: Table,
  number: number,
): readonly string[] {
  const files = partFiles(fs, path.join(work, workFolders.tables, String(number)));
  if (files.length > 1) fs.makeFolder(path.join(staging, 'parquet', name));
  return files.map((file, i) => {
    const part = `${name}/part-${String(i).padStart(5, '0')}`;
    const taken = `parquet/${files.length === 1 ? name : part}.parquet`;
    fs.rename(file, path.join(staging, taken));
    return taken;
  });
}

function appendTexts(fs: FileSystem, target: string, work: string, kind: Kind, { name }: Table): void {
  const folder = path.join(work, workFolders.texts, `kind=${kind}`, `tbl=${name}`);
  // a table without rows has no folder
  if (kindAt(fs, folder) === undefined) return;
  for (const file of partFiles(fs, folder)) for (const chunk of fs.chunks(file)) fs.append(target, chunk);
}
