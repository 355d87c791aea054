import path from 'node:path';
import type { Table } from '../compile/model.ts';
import { breather } from '../disk/breathe.ts';
import { sha256WithBreath } from '../disk/digest.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import type { DerivedTable } from '../engine/duckdb/exportViews.ts';
import { type FormatName, exportedFile } from '../release/exportFormats.ts';
import { filesBelow } from '../release/sums.ts';
import { type ShownTable, type TableScripts, writeTableScripts } from './explorer/tableScripts.ts';
import type { WrittenFile } from './metadata/described.ts';

/** What is written of tables and views. */
interface Shown {
  readonly tables: readonly Table[];
  /** The number of rows of each table, by its name. */
  readonly rowCounts: ReadonlyMap<string, number>;
  readonly derived: readonly DerivedTable[];
  /** The files of each table in the exported formats, by its name. */
  readonly exported: ReadonlyMap<string, ReadonlyMap<FormatName, readonly string[]>>;
}

/** The tables and views of a release that the page can show. */
export function shownTables({ tables, rowCounts, derived, exported }: Shown): readonly ShownTable[] {
  const filesOf = (name: string): readonly string[] => exported.get(name)?.get('parquet') ?? [];
  return [
    ...tables.map(({ name }) => ({ name, rows: rowCounts.get(name) ?? 0, parquet: filesOf(name) })),
    ...derived.map(({ table: { name }, rows }) => ({ name, rows, parquet: [exportedFile('parquet', name)] })),
  ];
}

/** What the page and the metadata say of the files of tables: made while views are written, in other files. */
export interface DescribedTables {
  readonly scripts: TableScripts;
  readonly digests: ReadonlyMap<string, WrittenFile>;
}

/** Writes the scripts of tables, and digests these and other complete files of a staging folder. */
export async function describeTables(
  files: FileSystem,
  staging: string,
  of: {
    readonly names: readonly string[];
    /** The digests of some of them, which have been begun. */
    readonly known: Promise<ReadonlyMap<string, WrittenFile>>;
    readonly shown: Omit<Shown, 'derived'>;
    readonly signal: AbortSignal | undefined;
  },
): Promise<DescribedTables> {
  const shown = shownTables({ ...of.shown, derived: [] });
  const scripts = await writeTableScripts(files, staging, shown, of.signal);
  return {
    scripts,
    digests: await digestsOf(files, staging, [...of.names, ...[...scripts.values()].flat(2)], await of.known),
  };
}

/** The files that are complete when all rows have been written: the CSV of some tables, and the records. */
export function rowFiles(files: FileSystem, staging: string, tables: Iterable<string>): readonly string[] {
  const records = filesBelow(files, staging).filter((name) => name.startsWith('records/'));
  return [...Array.from(tables, (table) => `csv/${table}.csv`), ...records];
}

/** Files of a staging folder with their digests, by their path in it. */
export async function digestsOf(
  files: FileSystem,
  staging: string,
  names: readonly string[],
  known: ReadonlyMap<string, WrittenFile> = new Map(),
): Promise<Map<string, WrittenFile>> {
  const breathe = breather();
  const digests = new Map(known);
  for (const name of names) {
    if (known.has(name)) continue;
    const at = path.join(staging, name);
    digests.set(name, { path: name, bytes: files.size(at), sha256: await sha256WithBreath(files, at, breathe) });
  }
  return digests;
}
