import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Batch, Table } from '../compile/model.ts';
import type { CommitFacts } from '../read/facts.ts';
import { Failure } from '../base/problem.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import {
  type ExportFormat,
  type FormatName,
  exportFormats,
  exportedFile,
  exportedParts,
} from '../release/exportFormats.ts';
import { filesBelow } from '../release/sums.ts';
import { sha256OfFile } from '../disk/digest.ts';
import type { Kept } from '../read/keptSchemas.ts';
import type { SchemaFolder } from '../read/schemas.ts';
import { compareText } from '../base/text.ts';
import { dataLicense } from '../read/dataset.ts';
import { reserved, type SourceDocument } from '../schema/extensions.ts';
import { citation } from './metadata/citation.ts';
import { duckdb } from '../engine/duckdb/database.ts';
import type { CheckRow, CsvFile, Engine, ExportedTable, ReleaseFacts, Store } from '../engine/engine.ts';
import type { Described, DescribedDatabase, WrittenFile } from './metadata/described.ts';
import type { RecordStructure } from './explorer/describe.ts';
import { type DescribedTables, describeTables, digestsOf, rowFiles, shownTables } from './describeTables.ts';
import { writeTableScripts } from './explorer/tableScripts.ts';
import { writeExplorer } from './explorer/write.ts';
import { metadataFiles } from './metadata/files.ts';
import { type DerivedTable, exportViews } from '../engine/duckdb/exportViews.ts';
import { type ViewFault, planViews } from '../engine/duckdb/planViews.ts';
import { provWriter } from './metadata/prov.ts';
import type { PrintedBatch } from './printedRows.ts';
import { readBack } from './readBack.ts';
import { type Filling, bytesOf, filling } from './fill.ts';
import { type Written, viewSink } from './tables.ts';
import { writeRows } from './writeRows.ts';

export interface WriteInput {
  readonly folder: SchemaFolder;
  /** The commit that is checked out. */
  readonly head: CommitFacts;
  /**
   * The commit to record: called when all batches have been taken, since only then is it known whether records differ
   * from it.
   */
  readonly facts: () => CommitFacts;
  readonly tables: readonly Table[];
  readonly batches: Iterable<Batch | PrintedBatch>;
  /** How records nest, for their pages. */
  readonly structure: RecordStructure;
  /** The document of a source, by the source's identifier. */
  readonly documentOf: (source: string) => SourceDocument | undefined;
  /**
   * Further files, by their path in the release. Called, with the tables of the release, when all batches have been
   * taken.
   */
  readonly more?: (present: ReadonlySet<string>) => ReadonlyMap<string, string | Uint8Array>;
  /** A table with more CSV than this, in bytes, becomes several files in each exported format. */
  readonly mostBytesInOne?: number;
  /** Receives the findings of the dataset's checks. */
  readonly reportRows: (rows: readonly CheckRow[]) => void;
  /** Whether to finish the release: called when all batches have been taken, and again after the checks. */
  readonly proceed: () => boolean;
  /** Keeps which views and checks are sound. */
  readonly kept?: Kept | undefined;
  /** Cancels it. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes a release into a staging folder, in every format, and reads it back.
 * @returns the number of rows of each table, or undefined if it was not to be finished
 * @throws the operating system's error if the disk is full or not writable; the signal's reason if it is cancelled
 */
export async function writeRelease(
  files: FileSystem,
  staging: string,
  input: WriteInput,
  engine: Engine = duckdb,
): Promise<ReadonlyMap<string, number> | undefined> {
  try {
    return await writeAll(files, staging, input, engine);
  } catch (error) {
    // an error caused by the signal is reported in the signal's words
    input.signal?.throwIfAborted();
    throw error;
  }
}

async function writeAll(
  files: FileSystem,
  staging: string,
  input: WriteInput,
  engine: Engine,
): Promise<ReadonlyMap<string, number> | undefined> {
  for (const name of ['csv', ...exportFormats.map((format) => format.name)]) files.makeFolder(path.join(staging, name));
  const prov = isTraced(input)
    ? provWriter((text) => files.append(path.join(staging, provFile), text), {
        ...input,
        dataset: input.folder.dataset,
      })
    : undefined;
  const planning = planViews(input.tables, input.folder.views, input.folder.checks, input.kept);
  const file = path.join(staging, databaseFile(input));
  const filled = filling({ files, engine, file, tables: input.tables, signal: input.signal });
  await filled.begin();
  let digesting: Promise<ReadonlyMap<string, WrittenFile>> = Promise.resolve(new Map());
  try {
    const csv = await writeRows(files, staging, input.tables, input.batches, {
      seen(table, some) {
        if (table === reserved.provenance) prov?.add(some);
      },
      onPart: filled.take,
    });
    if (!input.proceed()) return undefined;
    expectSound(input.folder, (await planning).faults);
    const facts = input.facts();
    prov?.end(facts.commit);
    files.syncAhead?.(Array.from(csv.values(), (written) => written.file));
    // while the engine loads and exports, a core is idle at times
    digesting = digestsOf(files, staging, rowFiles(files, staging, csv.keys()));
    digesting.catch(() => {});
    const stored = await store(files, staging, input, { facts, csv, filled, digesting }, engine);
    if (stored === undefined) return undefined;
    const ofViews = shownTables({ ...stored, tables: [] });
    const scripts = new Map([...stored.scripts, ...(await writeTableScripts(files, staging, ofViews, input.signal))]);
    const digests = await digestsOf(files, staging, filesBelow(files, staging), stored.digests);
    input.signal?.throwIfAborted();
    writeMetadata(files, staging, input, { ...stored, digests }, (described) =>
      writeExplorer(files, staging, described, { ...input.structure, derived: stored.derived }, scripts),
    );
    return stored.rowCounts;
  } finally {
    await Promise.allSettled([digesting]);
    await filled.abandon();
  }
}

function databaseFile({ folder }: Pick<WriteInput, 'folder'>): string {
  return `${folder.dataset.name}.duckdb`;
}

/** Up to this much CSV, views are written while the tables are read back: each needs memory of its own. */
const mostBytesAtOnce = 64 * 1024 * 1024;
/** Up to this much CSV, views take about as long as reading the tables back: then each of the two has a thread. */
const mostBytesInOneThread = 8 * 1024 * 1024;

/** What an engine has stored. */
export interface Stored {
  /** The commit that is recorded. */
  readonly facts: CommitFacts;
  /** The tables of the release, and the number of rows of each, by its name. */
  readonly tables: readonly Table[];
  readonly rowCounts: ReadonlyMap<string, number>;
  readonly derived: readonly DerivedTable[];
  /** The formats that were exported. */
  readonly formats: readonly ExportFormat[];
  /** The files of each table in those formats, by its name. */
  readonly exported: ReadonlyMap<string, ReadonlyMap<FormatName, readonly string[]>>;
  /** Undefined if there is none. */
  readonly database: Pick<DescribedDatabase, 'file' | 'holds'> | undefined;
  /** The files whose digests are already known, by their path in the release. */
  readonly digests?: ReadonlyMap<string, WrittenFile>;
}

/** Rows in their CSV files, and the store that is being filled from them. */
interface Filled {
  readonly facts: CommitFacts;
  readonly csv: ReadonlyMap<string, Written>;
  readonly filled: Filling;
  /** The digests of the files that hold rows. */
  readonly digesting: Promise<ReadonlyMap<string, WrittenFile>>;
}

/** Loads the CSV files into the database, exports its tables, runs views and checks, and reads everything back. */
async function store(
  files: FileSystem,
  staging: string,
  input: WriteInput,
  { facts, csv, filled, digesting }: Filled,
  engine: Engine,
): Promise<(Stored & DescribedTables) | undefined> {
  const { folder, signal } = input;
  const tables = input.tables.filter((table) => csv.has(table.name));
  const rowCounts = new Map([...csv].map(([name, { rows }]) => [name, rows]));
  const parts = new Map([...csv].map(([name, size]) => [name, partsOf(name, size, input.mostBytesInOne)]));
  const release = releaseFacts(input, facts);
  const database = await filled.finish(csv);
  try {
    await database.seal(release);
    await exportTables(files, staging, database, { tables, parts }, signal);
    await database.addViews(folder.views);
    input.reportRows(await database.runChecks(folder.checks));
    signal?.throwIfAborted();
  } catch (error) {
    await database.abandon();
    throw error;
  }
  await database.close();
  if (!input.proceed()) return undefined;
  const names = filesBelow(files, staging).filter((name) => name !== databaseFile(input));
  // the disk is idle while they are read back
  files.syncAhead?.([...names, databaseFile(input)].map((name) => path.join(staging, name)));
  const isLarge = bytesOf(csv) > mostBytesAtOnce;
  const spared = folder.views.length > 0 && bytesOf(csv) <= mostBytesInOneThread ? 1 : 0;
  const reopened = await engine.reopen(staging, databaseFile(input), { signal, spared });
  const reading = readBack(reopened, tables, csv, parts);
  const sealed = { folder: staging, database: databaseFile(input), tables, facts: release, formats: exportFormats };
  const exported = new Map([...parts].map(([name, each]) => [name, pathsOf(each)]));
  const shown = { tables, rowCounts, exported };
  const describing = describeTables(files, staging, { names, known: digesting, shown, signal });
  if (isLarge) await Promise.allSettled([reading]);
  const exporting = exportViews(sealed, folder.views, viewSink(files, staging), { signal });
  // the folder is used until all have ended
  await Promise.allSettled([reading, exporting, describing]);
  await reading;
  const derived = await exporting;
  const described = await describing;
  signal?.throwIfAborted();
  const holding = { file: sealed.database, holds: 'tables' } as const;
  return { facts, tables, rowCounts, derived, formats: exportFormats, exported, database: holding, ...described };
}

/** The files of a table in each exported format. */
function partsOf(table: string, size: CsvFile, mostBytesInOne: number | undefined): ExportedTable {
  return new Map(exportFormats.map(({ name }) => [name, exportedParts(name, table, size, mostBytesInOne)]));
}

function pathsOf(parts: ExportedTable): ReadonlyMap<FormatName, readonly string[]> {
  return new Map([...parts].map(([format, ofFormat]) => [format, ofFormat.map(({ file }) => file)]));
}

async function exportTables(
  files: FileSystem,
  staging: string,
  database: Store,
  { tables, parts }: { readonly tables: readonly Table[]; readonly parts: ReadonlyMap<string, ExportedTable> },
  signal: AbortSignal | undefined,
): Promise<void> {
  const exported = tables.flatMap((table) =>
    [...(parts.get(table.name) ?? [])].flatMap(([format, ofFormat]) =>
      ofFormat.map(async (part) => {
        files.makeFolder(path.join(staging, path.dirname(part.file)));
        await database.export(format, table, { ...part, file: path.join(staging, part.file) });
        signal?.throwIfAborted();
      }),
    ),
  );
  await Promise.all(exported);
}

/** @throws Failure at the first faulty view or check */
export function expectSound(
  { views, checks }: Pick<SchemaFolder, 'views' | 'checks'>,
  [fault]: readonly ViewFault[],
): void {
  if (fault === undefined) return;
  const view = (fault.kind === 'check' ? checks : views).find(({ name }) => name === fault.view);
  const at = view === undefined ? '' : `${view.shown}:${view.line + fault.line - 1}:${fault.column}: `;
  throw new Failure(`${at}${fault.message}`);
}

export const provFile = 'prov.jsonld';

/** Whether the origin of a release is known: a commit, or the sources of its records. */
export function isTraced({ head, tables }: Pick<WriteInput, 'head' | 'tables'>): boolean {
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

/** Writes the files that describe a release, next to those with its rows, and the list of all digests. */
export function writeMetadata(
  files: FileSystem,
  staging: string,
  { folder, more }: Pick<WriteInput, 'folder' | 'more'>,
  { facts, tables, rowCounts, derived, formats, exported, database, digests: known = new Map() }: Stored,
  explorer: (described: Described) => void,
): void {
  const digests = new Map(known);
  const file = (name: string): WrittenFile => {
    const written = digests.get(name) ?? {
      path: name,
      bytes: files.size(path.join(staging, name)),
      sha256: sha256OfFile(files, path.join(staging, name)),
    };
    digests.set(name, written);
    return written;
  };
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
    formats,
    exportedFiles: (format, name) => exported.get(name)?.get(format) ?? [exportedFile(format, name)],
    database: database === undefined ? undefined : { ...database, contentSha256 },
  };
  const further = more?.(new Set(tables.map(({ name }) => name))) ?? new Map<string, string>();
  for (const [name, content] of further) writeBelow(files, staging, name, content);
  const texts = metadataFiles(described, new Set(filesBelow(files, staging)));
  for (const [name, text] of texts) writeBelow(files, staging, name, text);
  explorer(described);
  const all = filesBelow(files, staging).toSorted(compareText);
  files.write(path.join(staging, 'SHA256SUMS'), all.map((name) => `${file(name).sha256}  ${name}\n`).join(''));
}

function writeBelow(files: FileSystem, staging: string, name: string, content: string | Uint8Array): void {
  files.makeFolder(path.join(staging, path.dirname(name)));
  files.write(path.join(staging, name), content);
}
