import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Batch, Table } from '../compile/model.ts';
import type { Json } from '../json/json.ts';
import type { CommitFacts } from '../read/facts.ts';
import type { FileSystem } from '../read/fileSystem.ts';
import { filesBelow, sha256OfFile } from '../read/sums.ts';
import type { SchemaFolder } from '../read/schemas.ts';
import { compareText } from '../text.ts';
import { codebook } from './codebook.ts';
import { companions } from './companions.ts';
import { csvHeader, csvRows } from './csv.ts';
import { type WrittenFile, dataPackage } from './dataPackage.ts';
import { type ParquetPart, type ReleaseFacts, createDatabase } from './database.ts';
import { mostBytesInOne, parquetParts } from './parquetParts.ts';
import { type Written, readBack } from './readBack.ts';

export interface WriteInput {
  readonly folder: SchemaFolder;
  readonly facts: CommitFacts;
  readonly tables: readonly Table[];
  readonly batches: Iterable<Batch>;
  /** Texts of further files, by their path in the release. */
  readonly texts?: ReadonlyMap<string, string>;
  /** A table of more CSV than this, in bytes, becomes several Parquet files. */
  readonly mostBytesInOne?: number;
  /** Asked when all batches have been taken: whether the release is to be finished. */
  readonly proceed: () => boolean;
}

/**
 * Writes a release into a staging folder, in every format, and reads it back.
 * @returns the number of rows of each table, or undefined where it was not to be finished
 * @throws the operating system's error where the disk is full or not writable
 */
export async function writeRelease(
  files: FileSystem,
  staging: string,
  input: WriteInput,
): Promise<ReadonlyMap<string, number> | undefined> {
  const { folder, tables } = input;
  const databaseFile = `${folder.dataset.name}.duckdb`;
  for (const name of ['csv', 'parquet']) files.makeFolder(path.join(staging, name));
  const csv = (table: Table): string => path.join(staging, 'csv', `${table.name}.csv`);
  const byName = new Map(tables.map((table) => [table.name, table]));
  const written = new Map<string, Written>();
  const begin = (table: Table): Written => {
    const started = { rows: 0, longestLine: 0 };
    files.write(csv(table), csvHeader(table));
    written.set(table.name, started);
    return started;
  };
  for (const table of tables) if (!table.optional) begin(table);
  const database = await createDatabase(path.join(staging, databaseFile), tables, releaseFacts(input));
  for (const { table: name, rows } of input.batches) {
    const table = byName.get(name);
    if (table === undefined) continue;
    const lines = csvRows(rows);
    const known = written.get(name) ?? begin(table);
    files.append(csv(table), lines);
    await database.append(table, rows);
    known.rows += rows.length;
    known.longestLine = Math.max(known.longestLine, 4 * lines.length);
  }
  if (!input.proceed()) {
    await database.abandon();
    return undefined;
  }
  await database.seal();
  const present = tables.filter((table) => written.has(table.name));
  const parts = new Map(
    present.map((table) => [table.name, partsOf(files, staging, table, written, input.mostBytesInOne)]),
  );
  for (const table of present) {
    for (const part of parts.get(table.name) ?? []) {
      files.makeFolder(path.join(staging, path.dirname(part.file)));
      await database.exportParquet(table, { ...part, file: path.join(staging, part.file) });
    }
  }
  await database.addViews(folder.views);
  await database.close();
  const parquetFiles = (table: string): string[] => (parts.get(table) ?? []).map((part) => part.file);
  await readBack(staging, databaseFile, present, written, parquetFiles);
  const rowCounts = new Map([...written].map(([name, { rows }]) => [name, rows]));
  writeMetadata(files, staging, { ...input, tables: present }, rowCounts, databaseFile, parquetFiles);
  return rowCounts;
}

function partsOf(
  files: FileSystem,
  staging: string,
  table: Table,
  written: ReadonlyMap<string, Written>,
  most = mostBytesInOne,
): readonly ParquetPart[] {
  const bytes = files.size(path.join(staging, 'csv', `${table.name}.csv`));
  return parquetParts(table.name, written.get(table.name)?.rows ?? 0, bytes, most);
}

function releaseFacts({ folder, facts }: WriteInput): ReleaseFacts {
  const { name, version, licenses } = folder.dataset;
  const license = licenses.find((l) => l.scope === 'data') ?? licenses.find((l) => l.scope === undefined);
  return { name, version, commit: facts.commit, license: license?.name ?? null };
}

function writeMetadata(
  files: FileSystem,
  staging: string,
  input: WriteInput,
  rowCounts: ReadonlyMap<string, number>,
  databaseFile: string,
  parquetFiles: (table: string) => readonly string[],
): void {
  const { folder, facts, tables } = input;
  const digests = new Map<string, WrittenFile>();
  const file = (name: string): WrittenFile => {
    const known = digests.get(name) ?? {
      path: name,
      bytes: files.size(path.join(staging, name)),
      sha256: sha256OfFile(files, path.join(staging, name)),
    };
    digests.set(name, known);
    return known;
  };
  const lines = tables
    .map((t) => `csv/${t.name}.csv`)
    .toSorted(compareText)
    .map((name) => `${file(name).sha256}  ${name}\n`);
  const contentSha256 = createHash('sha256').update(lines.join('')).digest('hex');
  const descriptor: Json = dataPackage({
    dataset: folder.dataset,
    facts,
    tables,
    rowCounts,
    file,
    parquetFiles,
    database: { file: databaseFile, contentSha256 },
  });
  files.write(path.join(staging, 'datapackage.json'), `${JSON.stringify(descriptor, null, 2)}\n`);
  files.write(path.join(staging, 'CODEBOOK.md'), codebook(folder.dataset, tables, rowCounts, folder.views));
  const beside = companions({ folder, facts, tables, rowCounts, databaseFile, parquetFiles });
  for (const [name, text] of [...beside, ...(input.texts ?? [])]) {
    files.makeFolder(path.join(staging, path.dirname(name)));
    files.write(path.join(staging, name), text);
  }
  const all = filesBelow(files, staging).toSorted(compareText);
  files.write(path.join(staging, 'SHA256SUMS'), all.map((name) => `${file(name).sha256}  ${name}\n`).join(''));
}
