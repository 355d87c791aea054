import path from 'node:path';
import type { Batch, Table } from '../compile/model.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import type { CsvFile } from '../engine/engine.ts';
import { csvWriter } from './tables.ts';

/** What a release holds that is made of rows alone: CSV. */
export interface RowWriter {
  readonly take: (batch: Batch) => void;
  /** Ends the CSV files. @returns what was written, by the table's name */
  readonly endCsv: () => ReadonlyMap<string, CsvFile>;
}

/** Writes rows into a staging folder, which has a folder `csv`. */
export function rowWriter(files: FileSystem, staging: string, tables: readonly Table[]): RowWriter {
  const csv = csvWriter(files, path.join(staging, 'csv'), tables);
  return {
    take(batch) {
      csv.take(batch);
    },
    endCsv: csv.end,
  };
}
