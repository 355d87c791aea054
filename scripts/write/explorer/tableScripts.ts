import path from 'node:path';
import { breather } from '../../disk/breathe.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { bytesScript } from './script.ts';

/** Folder of a release with the program of the page and its data. */
export const explorerFolder = 'explorer';

/**
 * The largest table that the page shows, since it holds all rows of an open table in memory: rows, and bytes of CSV.
 */
const [mostRowsShown, mostBytesShown] = [1_000_000, 256 << 20] as const;

/** Whether the page leaves out the rows of a table with so many rows and bytes of CSV. */
export function isTooLarge(rows: number, bytes: number): boolean {
  return rows > mostRowsShown || bytes > mostBytesShown;
}

/** Bytes of a file in one script. */
const mostInScript = 3 << 20;

/** A written table or view. */
export interface ShownTable {
  readonly name: string;
  readonly rows: number;
  /** Its Parquet files, as paths in the release. */
  readonly parquet: readonly string[];
}

/** The scripts for each Parquet file of a table, by the table's name: see `ExplorerTable`. */
export type TableScripts = ReadonlyMap<string, readonly (readonly string[])[]>;

/**
 * Writes scripts with the Parquet files of tables for the page into a staging folder that contains these and the CSV
 * files, except for tables that are too large.
 * @throws the signal's reason if it is cancelled
 */
export async function writeTableScripts(
  files: FileSystem,
  staging: string,
  tables: readonly ShownTable[],
  signal?: AbortSignal,
): Promise<TableScripts> {
  const breathe = breather();
  const written = new Map<string, readonly (readonly string[])[]>();
  for (const { name, rows, parquet } of tables) {
    if (isTooLarge(rows, files.size(path.join(staging, 'csv', `${name}.csv`)))) continue;
    const sizes = parquet.map((file) => files.size(path.join(staging, file)));
    const nameOf = scriptNames(
      name,
      sizes.reduce((sum, size) => sum + Math.ceil(size / mostInScript), 0),
    );
    const scripts: string[][] = [];
    for (const [i, file] of parquet.entries()) {
      const own: string[] = [];
      for (const bytes of slices(files.chunks(path.join(staging, file)), sizes[i] ?? mostInScript)) {
        signal?.throwIfAborted();
        const script = nameOf();
        files.makeFolder(path.dirname(path.join(staging, script)));
        files.write(path.join(staging, script), bytesScript(script, bytes));
        own.push(script);
        await breathe();
      }
      scripts.push(own);
    }
    written.set(name, scripts);
  }
  return written;
}

/** The names of the scripts of a table, in order: like those of its Parquet files. */
function scriptNames(table: string, count: number): () => string {
  let next = 0;
  return () => {
    const part = `part-${String(next++).padStart(5, '0')}`;
    return `${explorerFolder}/tables/${count === 1 ? table : `${table}/${part}`}.js`;
  };
}

/**
 * The bytes of a file of this size in slices that are equal, except the last; each is valid until the next one is
 * requested.
 */
function* slices(chunks: Iterable<Uint8Array>, size: number): Generator<Buffer> {
  const slice = Buffer.allocUnsafe(Math.min(mostInScript, size));
  let length = 0;
  for (const chunk of chunks) {
    for (let from = 0; from < chunk.length;) {
      const part = chunk.subarray(from, from + slice.length - length);
      slice.set(part, length);
      length += part.length;
      from += part.length;
      if (length < slice.length) continue;
      yield slice;
      length = 0;
    }
  }
  if (length > 0) yield slice.subarray(0, length);
}
