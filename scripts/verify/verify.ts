import { mostDocumentBytes } from '../base/limits.ts';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { listenForSignals, onInterrupt } from '../disk/interrupt.ts';
import type { Problem } from '../base/problem.ts';
import { quoted } from '../base/text.ts';
import type { Documents } from '../read/documents.ts';
import { type FileSystem, kindAt } from '../disk/fileSystem.ts';
import { checkSignature } from '../disk/signature.ts';
import type { FormatName } from '../release/exportFormats.ts';
import { signatureFile, sumsFile } from '../release/sums.ts';
import { interruptedBy, memoryFor, openDuckDb } from '../engine/duckdb/instance.ts';
import { type ViewReport, planViews } from '../engine/duckdb/planViews.ts';
import { type ViewRows, rerunViews } from '../engine/duckdb/rerunViews.ts';
import { literal, plainPath } from '../engine/duckdb/sql.ts';
import { run } from './ask.ts';
import { attachDatabase, checkDatabase } from './database.ts';
import type { DescribedTable, Descriptor } from './descriptor.ts';
import { checkResources, checkFiles, longestRecord } from './files.ts';
import { checkExplorer } from './explorer.ts';
import type { Add, CheckedRelease } from './findings.ts';
import { checkExported, compareFormats } from './formats.ts';
import { checkMetadata } from './metadata.ts';
import { checkProv } from './prov.ts';
import { type Connections, checkProvenance } from './provenance.ts';
import { checkRecordFiles } from './records.ts';
import { descriptorFile, filesOfRelease, openDescriptor } from './releaseFolder.ts';
import { checkReferences } from './references.ts';
import { type TimeForPatterns, checkTable, loadCsv, timeForPatterns } from './tables.ts';

export interface VerifyOptions {
  /** The release's folder as shown in problems. */
  readonly shown: string;
  readonly documents: Documents;
  readonly requireSources: boolean;
  /** Absolute path of a list of signers, one of whom must have signed the release. */
  readonly signers?: string | undefined;
  readonly report: (problem: Problem) => void;
  /** Cancels the check between tables. */
  readonly signal?: AbortSignal | undefined;
}

/** What was checked; `tables` is undefined if only the files were. */
export interface VerifySummary {
  readonly files: number;
  /** The signer; undefined if no signature was required. */
  readonly signer: string | undefined;
  readonly tables: number | undefined;
  readonly rows: number;
  /** Different spans: one that several records cite counts once. A build counts the spans in its records. */
  readonly spans: number;
  /** Those whose source document is not available. */
  readonly unchecked: number;
}

/**
 * Checks a release, using only its folder: files, then values, then the formats against each other, then evidence. Each
 * statement of a file is compared with something else; what the build reported does not count. Files that do not match
 * the release's digests are not opened.
 * @throws Failure if the folder is not a release; the signal's reason if it is cancelled
 */
export async function verifyRelease(fs: FileSystem, release: string, options: VerifyOptions): Promise<VerifySummary> {
  let problems = 0;
  const add: Add = (file, rule, message, line = 1) => {
    // an error caused by the signal is not a fault of the release
    options.signal?.throwIfAborted();
    problems++;
    options.report({
      file: path.join(options.shown, file),
      line,
      column: 1,
      pointer: '',
      rule,
      severity: 'error',
      message,
      hint: undefined,
    });
  };
  options.signal?.throwIfAborted();
  const held = filesOfRelease(fs, release, options.shown);
  for (const name of [sumsFile, descriptorFile]) {
    if (!held.has(name)) add(name, 'release', 'it is missing');
    else if (held.get(name) !== 'file') add(name, 'release', 'not a regular file');
  }
  const nothing = { files: 0, signer: undefined, tables: undefined, rows: 0, spans: 0, unchecked: 0 };
  if (problems > 0) return nothing;
  const digests = checkFiles(fs, release, add);
  const signer = options.signers === undefined ? undefined : signerOf(fs, release, options.signers, add);
  const looked = { ...nothing, signer, files: digests.size + 1 };
  const descriptor = openDescriptor(fs, release, add);
  if (descriptor === undefined) return looked;
  checkResources(fs, release, descriptor, digests, add);
  if (problems > 0) return looked;
  checkMetadata(fs, release, descriptor, digests, add);
  checkExplorer(fs, release, descriptor, digests, add);
  return {
    ...looked,
    ...(await checkContent({ fs, release: fs.realPath(release), digests, add }, descriptor, options)),
  };
}

/** Which of the signers has signed the list of digests. */
function signerOf(fs: FileSystem, release: string, signers: string, add: Add): string | undefined {
  const signature = path.join(release, signatureFile);
  if (fs.linkTarget(signature) !== undefined || kindAt(fs, signature) !== 'file') {
    add(signatureFile, 'release', 'it is missing, or not a regular file: the release is not signed');
    return undefined;
  }
  const text = fs.read(path.join(release, sumsFile), mostDocumentBytes) ?? new Uint8Array();
  const checked = checkSignature(text, signature, signers);
  if ('signer' in checked) return checked.signer;
  add(signatureFile, 'release', checked.fault);
  return undefined;
}

/** What was checked in the content of the files. */
type ContentSummary = Omit<VerifySummary, 'files' | 'signer'>;

async function checkContent(
  checked: CheckedRelease,
  descriptor: Descriptor,
  options: VerifyOptions,
): Promise<ContentSummary> {
  const { fs } = checked;
  listenForSignals();
  const temporary = fs.makeTemporaryFolder('verify');
  const forget = onInterrupt(() => fs.remove(temporary));
  try {
    return await checkContentIn(temporary, checked, descriptor, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error;
  } finally {
    fs.remove(temporary);
    forget();
  }
}

/** `temporary` is a folder for what does not fit into memory. */
async function checkContentIn(
  temporary: string,
  checked: CheckedRelease,
  descriptor: Descriptor,
  options: VerifyOptions,
): Promise<ContentSummary> {
  const widest = Math.max(0, ...descriptor.tables.map(({ table }) => table.columns.length));
  const instance = await openDuckDb(temporary, memoryFor(widest));
  const connection = await instance.connect();
  const streaming = await instance.connect();
  const ignore = [connection, streaming].map((each) => interruptedBy(options.signal, each));
  try {
    return await checkContentWith({ connection, streaming }, temporary, checked, descriptor, options);
  } finally {
    for (const each of ignore) each();
    streaming.closeSync();
    connection.closeSync();
    instance.closeSync();
  }
}

async function checkContentWith(
  { connection, streaming }: Connections,
  temporary: string,
  checked: CheckedRelease,
  descriptor: Descriptor,
  options: VerifyOptions,
): Promise<ContentSummary> {
  const { release, add } = checked;
  const { signal } = options;
  const { database } = descriptor;
  const planning = planViews(
    descriptor.tables.map(({ table }) => table),
    descriptor.views,
  );
  await confine(connection, release, database?.path);
  const limits = { patternTime: timeForPatterns(), signal };
  const tables = await checkTableFiles(connection, checked, descriptor, descriptor.tables, limits);
  const loaded = new Map(tables.map(({ described }) => [described.table.name, described]));
  const views = await checkTableFiles(connection, checked, descriptor, descriptor.derived, limits);
  const derived = await compareSound(connection, checked, views, () => undefined, signal);
  checkViewFiles(descriptor, add);
  for (const described of loaded.values()) await checkReferences(connection, described, loaded, add);
  // the views are planned in the meantime
  const readable = await readableTables(connection, checked, descriptor, planning);
  // views may only read tables that were found to be plain
  const plain = descriptor.tables.every(({ table }) => readable.has(table.name));
  const viewRows = plain ? viewRowsOf(release, descriptor, derived) : [];
  const rerunning = rerunViews(release, database?.path ?? '', viewRows, path.join(temporary, 'views'));
  const held = (table: string): string | undefined => (readable.has(table) ? database?.path : undefined);
  await compareSound(connection, checked, tables, held, signal);
  signal?.throwIfAborted();
  await checkRecordFiles(connection, checked, loaded);
  signal?.throwIfAborted();
  for (const { view, message } of await rerunning)
    add(csvOf(descriptor, view), 'release', view === '' ? message : `the view ${quoted(view)}: ${message}`);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  await checkProv(streaming, checked, descriptor, loaded);
  const evidence = await checkProvenance({ connection, streaming }, loaded, options, add);
  return { tables: descriptor.tables.length, rows, ...evidence };
}

/** Loads and checks the files of tables. Returns the tables whose CSV could be read. */
async function checkTableFiles(
  connection: DuckDBConnection,
  checked: CheckedRelease,
  descriptor: Descriptor,
  tables: readonly DescribedTable[],
  { patternTime, signal }: { readonly patternTime: TimeForPatterns; readonly signal: AbortSignal | undefined },
): Promise<readonly CheckedTable[]> {
  const read: CheckedTable[] = [];
  for (const described of tables) {
    signal?.throwIfAborted();
    const table = await checkFilesOf(connection, checked, described, descriptor, patternTime);
    if (table !== undefined) read.push(table);
  }
  return read;
}

/**
 * Compares the formats of the tables whose values have their types, and returns these; `held` is a table's database.
 */
async function compareSound(
  connection: DuckDBConnection,
  { release, add }: CheckedRelease,
  tables: readonly CheckedTable[],
  held: (table: string) => string | undefined,
  signal: AbortSignal | undefined,
): Promise<readonly CheckedTable[]> {
  const sound = tables.filter((table) => table.sound);
  for (const { described, ...table } of sound) {
    signal?.throwIfAborted();
    await compareFormats(connection, release, described, { ...table, database: held(described.table.name) }, add);
  }
  return sound;
}

/** Checks the database. Returns the names of its tables that can be read. */
async function readableTables(
  connection: DuckDBConnection,
  checked: CheckedRelease,
  descriptor: Descriptor,
  planning: Promise<ViewReport>,
): Promise<ReadonlySet<string>> {
  const { release, add } = checked;
  const file = descriptor.database?.path;
  const attached = file !== undefined && (await attachDatabase(connection, path.join(release, file), file, add));
  const views = await planning;
  return attached ? checkDatabase(connection, checked, descriptor, views, file) : new Set();
}

/** Checks that each view has files with its rows, and that each such file belongs to a view. */
function checkViewFiles({ views, derived }: Descriptor, add: Add): void {
  const [inDatabase, files] = [views.map(({ name }) => name), derived.map(({ table }) => table.name)];
  for (const name of inDatabase)
    if (!files.includes(name)) add(descriptorFile, 'release', `no resource holds the rows of the view ${quoted(name)}`);
  for (const name of files)
    if (!inDatabase.includes(name))
      add(descriptorFile, 'release', `${quoted(name)} is derived, but the database has no view of that name`);
}

/** Views with the files of their rows, if these could be read. */
function viewRowsOf(release: string, { views }: Descriptor, derived: readonly CheckedTable[]): readonly ViewRows[] {
  return derived.flatMap(({ described: { table, csv }, longest }) => {
    const view = views.find(({ name }) => name === table.name);
    return view === undefined ? [] : [{ table, sql: view.sql, csv: path.join(release, csv.paths[0] ?? ''), longest }];
  });
}

/** The file with the rows of a view; without one, the descriptor. */
function csvOf({ derived }: Descriptor, view: string): string {
  return derived.find(({ table }) => table.name === view)?.csv.paths[0] ?? descriptorFile;
}

/** Allows DuckDB to read only the release, before it sees any of it, and its own temporary files. */
async function confine(connection: DuckDBConnection, release: string, database: string | undefined): Promise<void> {
  await run(connection, "SET TimeZone = 'UTC'");
  await run(connection, 'CREATE SCHEMA memory.texts');
  // a path that is a pattern is compared with the allowed ones both as written and as expanded
  const folders = [...new Set([release, plainPath(release)])];
  await run(connection, `SET allowed_directories = [${folders.map(literal).join(', ')}]`);
  // DuckDB looks for the database's log too; it reads `?` in a path as the start of settings, and puts `.wal` before it
  const log = path.join(release, database ?? '').replace('?', '.wal?');
  await run(connection, `SET allowed_paths = [${literal(log)}]`);
  await run(connection, 'SET enable_external_access = false');
  await run(connection, 'SET lock_configuration = true');
}

/** A table whose CSV could be read, and the findings. */
interface CheckedTable {
  readonly described: DescribedTable;
  /** Bytes of the longest record of its CSV. */
  readonly longest: number;
  readonly rows: number;
  /** Whether each value of its CSV has its type. */
  readonly sound: boolean;
  /** The formats whose files can be compared. */
  readonly readable: readonly FormatName[];
}

/** Checks the files of a table. @returns undefined if its CSV cannot be read */
async function checkFilesOf(
  connection: DuckDBConnection,
  { fs, release, add }: CheckedRelease,
  described: DescribedTable,
  descriptor: Descriptor,
  patternTime: TimeForPatterns,
): Promise<CheckedTable | undefined> {
  const [csv] = described.csv.paths;
  if (csv === undefined) return undefined;
  const longest = longestRecord(fs, path.join(release, csv));
  const rows = await loadCsv(connection, path.join(release, csv), described, longest, add);
  if (rows === undefined) return undefined;
  const sound = await checkTable(connection, described, rows, patternTime, add);
  const readable: FormatName[] = [];
  for (const { name: format } of descriptor.formats)
    if (await checkExported(connection, release, described, { format, longest, descriptor }, add))
      readable.push(format);
  return { described, longest, rows, sound, readable };
}
