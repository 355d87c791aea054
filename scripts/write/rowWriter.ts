import path from 'node:path';
import type { Batch, Table } from '../compile/model.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { rowScripts } from './explorer/rows.ts';
import { type CsvPart, type Written, csvWriter } from './tables.ts';

/** What a release holds that is made of rows alone: CSV, and scripts for the page. */
export interface RowWriter {
  readonly take: (batch: Batch) => void;
  /** Ends the CSV files. @returns what was written, by the table's name */
  readonly endCsv: () => ReadonlyMap<string, Written>;
  /** Ends the scripts. @returns those of each table, by its name; a table that is too large for the page has none */
  readonly endScripts: () => ReadonlyMap<string, readonly string[] | undefined>;
}

/** Writes rows into a staging folder, which has a folder `csv`. */
export function rowWriter(
  files: FileSystem,
  staging: string,
  tables: readonly Table[],
  onPart?: (part: CsvPart) => void,
): RowWriter {
  const csv = csvWriter(files, path.join(staging, 'csv'), tables, onPart);
  const scripts = rowScripts(files, staging);
  const byName = new Map(tables.map((table) => [table.name, table]));
  return {
    take(batch) {
      const characters = csv.take(batch);
      const table = byName.get(batch.table);
      if (characters !== undefined && table !== undefined) scripts.add(table, batch.rows, characters);
    },
    endCsv: csv.end,
    endScripts: scripts.end,
  };
}
