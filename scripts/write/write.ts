import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Batch, Row, Table } from '../compile/model.ts';
import type { CommitFacts } from '../read/facts.ts';
import { Failure } from '../base/problem.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { filesBelow } from '../release/sums.ts';
import { sha256OfFile } from '../disk/digest.ts';
import type { SchemaFolder } from '../read/schemas.ts';
import { compareText } from '../base/text.ts';
import { dataLicense } from '../read/dataset.ts';
import { reserved, type SourceDocument } from '../schema/extensions.ts';
import { citation } from './metadata/citation.ts';
import { duckdb } from '../engine/duckdb/database.ts';
import type { CheckRow, Engine, ReleaseFacts } from '../engine/engine.ts';
import type { Described, WrittenFile } from './metadata/described.ts';
import type { RecordStructure } from './explorer/describe.ts';
import { rowScripts } from './explorer/rows.ts';
import { writeExplorer } from './explorer/write.ts';
import { metadataFiles } from './metadata/files.ts';
import { type DerivedTable, type SealedRelease, type ViewSink, exportViews } from '../engine/duckdb/exportViews.ts';
import { parquetFile, parquetParts } from '../engine/duckdb/parquetParts.ts';
import { type ViewFault, planViews } from '../engine/duckdb/planViews.ts';
import { csvHeader, csvRows } from './csv.ts';
import { provWriter } from './metadata/prov.ts';
import { readBack } from './readBack.ts';
import { openFilled, writeTables } from './tables.ts';

export interface WriteInput {
  readonly folder: SchemaFolder;
  /** The commit that is checked out. */
  readonly head: CommitFacts;
  /** The commit that is written down: asked when all batches have been taken, since until then it is open whether records differ from it. */
  readonly facts: () => CommitFacts;
  readonly tables: readonly Table[];
  readonly batches: Iterable<Batch>;
  /** How records nest, for their pages. */
  readonly structure: RecordStructure;
  /** The document of a source, by the source's identifier. */
  readonly documentOf: (source: string) => SourceDocument | undefined;
  /** Further files, by their path in the release. Asked, with the tables that are there, when all batches have been taken. */
  readonly more?: (present: ReadonlySet<string>) => ReadonlyMap<string, string | Uint8Array>;
  /** A table of more CSV than this, in bytes, becomes several Parquet files. */
  readonly mostBytesInOne?: number;
  /** Takes what the checks of the dataset find. */
  readonly reportRows: (rows: readonly CheckRow[]) => void;
  /** Asked when all batches have been taken, and again after the checks: whether the release is to be finished. */
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
  engine: Engine = duckdb,
): Promise<ReadonlyMap<string, number> | undefined> {
  const { folder, tables } = input;
  const database = `${folder.dataset.name}.duckdb`;
  const scripts = rowScripts(files, staging);
  const prov = provIn(files, staging, input);
  for (const name of ['csv', 'parquet']) files.makeFolder(path.join(staging, name));
  const take = (table: Table, rows: readonly Row[], length: number): void => {
    if (table.name === reserved.provenance) prov?.add(rows);
    scripts.add(table, rows, length);
  };
  const written = await writeTables(files, path.join(staging, 'csv'), tables, input.batches, take);
  if (!input.proceed()) return undefined;
  const facts = input.facts();
  prov?.end(facts.commit);
  const present = tables.filter((table) => written.has(table.name));
  const parts = new Map(
    [...written].map(([name, csv]) => [name, parquetParts(name, csv.rows, csv.bytes, input.mostBytesInOne)]),
  );
  const release = { folder: staging, database, tables: present, facts: releaseFacts(input, facts) };
  await fillDatabase(engine, files, input, { ...release, written, parts });
  if (!input.proceed()) return undefined;
  await readBack(await engine.reopen(staging, database), present, written, parts);
  const derived = await exportViews(release, folder.views, csvSink(files, staging));
  const rowCounts = new Map([...written].map(([name, { rows }]) => [name, rows]));
  const parquetFiles = (table: string): string[] => (parts.get(table) ?? []).map((part) => part.file);
  const content = { tables: present, derived, facts, rowCounts, database, parquetFiles };
  writeMetadata(files, staging, input, content, (described) =>
    writeExplorer(files, staging, described, input.structure, scripts),
  );
  return rowCounts;
}

/** Writes PROV while the rows pass; undefined where nothing is known of where a release comes from. */
function provIn(files: FileSystem, staging: string, input: WriteInput): ReturnType<typeof provWriter> | undefined {
  if (!isTraced(input)) return undefined;
  const append = (text: string): void => files.append(path.join(staging, provFile), text);
  return provWriter(append, { ...input, dataset: input.folder.dataset });
}

/** What the database is made of. */
interface DatabaseInput extends SealedRelease {
  readonly written: Awaited<ReturnType<typeof writeTables>>;
  readonly parts: ReadonlyMap<string, ReturnType<typeof parquetParts>>;
}

/** Fills the database, writes Parquet from it, adds the views, and runs the checks of the dataset. */
async function fillDatabase(
  engine: Engine,
  files: FileSystem,
  { tables: all, folder: { views, checks }, reportRows }: WriteInput,
  { folder: staging, database: file, tables, facts, written, parts }: DatabaseInput,
): Promise<void> {
  const planning = planViews(all, views, checks);
  const database = await openFilled(engine, path.join(staging, file), tables, written);
  await database.seal(facts);
  for (const table of tables) {
    for (const part of parts.get(table.name) ?? []) {
      files.makeFolder(path.join(staging, path.dirname(part.file)));
      await database.export(table, { ...part, file: path.join(staging, part.file) });
    }
  }
  expectSound({ views, checks }, (await planning).faults);
  await database.addViews(views);
  reportRows(await database.runChecks(checks));
  await database.close();
}

/** Takes the rows of views into files of CSV. */
function csvSink(files: FileSystem, staging: string): ViewSink {
  const csv = (table: Table): string => path.join(staging, 'csv', `${table.name}.csv`);
  return {
    begin: (table) => files.write(csv(table), csvHeader(table)),
    append: (table, rows) => files.append(csv(table), Buffer.from(csvRows(rows).text)),
  };
}

/** @throws Failure at the first view or check that is at fault */
export function expectSound(
  { views, checks }: Pick<SchemaFolder, 'views' | 'checks'>,
  [fault]: readonly ViewFault[],
): void {
  if (fault === undefined) return;
  const view = (fault.kind === 'check' ? checks : views).find(({ name }) => name === fault.view);
  const at = view === undefined ? '' : `${view.shown}:${view.line + fault.line - 1}:${fault.column}: `;
  throw new Failure(`${at}${fault.message}`);
}

const provFile = 'prov.jsonld';

/** Whether anything is known of where a release comes from: a commit, or the sources of its records. */
function isTraced({ head, tables }: WriteInput): boolean {
  return head.commit !== null || tables.some((table) => table.name === reserved.provenance);
}

export function releaseFacts({ folder }: Pick<WriteInput, 'folder'>, facts: CommitFacts): ReleaseFacts {
  const { dataset, digest } = folder;
  return {
    name: dataset.name,
    version: dataset.version,
    title: dataset.title ?? null,
    commit: facts.commit,
    date: facts.date,
    license: dataLicense(dataset)?.name ?? null,
    citation: citation(dataset, facts),
    schemas: digest,
  };
}

/** What a release has been found to hold. */
interface WrittenContent {
  readonly tables: readonly Table[];
  readonly derived: readonly DerivedTable[];
  readonly facts: CommitFacts;
  readonly rowCounts: ReadonlyMap<string, number>;
  /** The file of the database. */
  readonly database: string;
  readonly parquetFiles: (table: string) => readonly string[];
}

function writeMetadata(
  files: FileSystem,
  staging: string,
  { folder, more }: Pick<WriteInput, 'folder' | 'more'>,
  { tables, derived, facts, rowCounts, database, parquetFiles }: WrittenContent,
  explorer: (described: Described) => void,
): void {
  const file = fileFacts(files, staging);
  const lines = tables
    .map((t) => `csv/${t.name}.csv`)
    .toSorted(compareText)
    .map((name) => `${file(name).sha256}  ${name}\n`);
  const contentSha256 = createHash('sha256').update(lines.join('')).digest('hex');
  const described: Described = {
    ...folder,
    facts,
    tables,
    derived: derived.map(({ table }) => table),
    rowCounts: new Map([...rowCounts, ...derived.map(({ table, rows }) => [table.name, rows] as const)]),
    file,
    parquetFiles: (name) => (rowCounts.has(name) ? parquetFiles(name) : [parquetFile(name)]),
    database: { file: database, contentSha256 },
  };
  const further = more?.(new Set(tables.map(({ name }) => name))) ?? new Map<string, string>();
  for (const [name, content] of further) writeBelow(files, staging, name, content);
  const texts = metadataFiles(described, new Set(filesBelow(files, staging)));
  for (const [name, text] of texts) writeBelow(files, staging, name, text);
  explorer(described);
  const all = filesBelow(files, staging).toSorted(compareText);
  files.write(path.join(staging, 'SHA256SUMS'), all.map((name) => `${file(name).sha256}  ${name}\n`).join(''));
}

/** Size and digest of each file of a release, which are taken once. */
function fileFacts(files: FileSystem, staging: string): (name: string) => WrittenFile {
  const known = new Map<string, WrittenFile>();
  return (name) => {
    const at = path.join(staging, name);
    const facts = known.get(name) ?? { path: name, bytes: files.size(at), sha256: sha256OfFile(files, at) };
    known.set(name, facts);
    return facts;
  };
}

function writeBelow(files: FileSystem, staging: string, name: string, content: string | Uint8Array): void {
  files.makeFolder(path.join(staging, path.dirname(name)));
  files.write(path.join(staging, name), content);
}
