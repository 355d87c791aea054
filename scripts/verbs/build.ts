import { tablesWithoutFolder } from '../project/tablesWithoutRecords.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import path from 'node:path';
import { type Compilation, type PlacedRecord, compile, isWithdrawn } from '../compile/compile.ts';
import { inBatches } from '../compile/batches.ts';
import { boundsOf, fieldsOf } from '../compile/fields.ts';
import type { Batch, Row, Table } from '../compile/model.ts';
import { printable } from '../base/text.ts';
import { reportCheckRows } from '../project/checkRows.ts';
import { type Project, type ProjectSettings, compileOptions, openProject } from '../project/openProject.ts';
import { refuseLeadingOut } from '../project/folders.ts';
import type { Place, ProjectOptions } from '../project/options.ts';
import { tableFinder } from '../project/tableFinder.ts';
import { unreleased } from '../project/unreleased.ts';
import { type Settled, nothingSettled, settleFiles } from '../publish/durable.ts';
import { inStaging, publishNext } from '../publish/publish.ts';
import { type Origin, originOf } from '../read/facts.ts';
import { recordName } from '../schema/recordName.ts';
import type { RecordStructure } from '../write/explorer/describe.ts';
import { referencesOf } from '../validate/run.ts';
import { type RecordWriter, recordWriter } from '../write/records.ts';
import type { PrintedBatch } from '../write/printedRows.ts';
import { writeRelease } from '../write/write.ts';
import { furtherFiles } from './furtherFiles.ts';
import { type Events, tallying, ticker } from './events.ts';
import { type PartOfFile, recordsInParts } from './threads/recordsInParts.ts';
import { type Validation, checking, placed } from './validate.ts';

/** The result of a build. */
export interface Build {
  readonly validation: Validation;
  /** The link to the newest build. */
  readonly next: Place;
  /** Undefined if there were problems: then nothing is published, and `next` stays as it was. */
  readonly published: Published | undefined;
}

/** A published build. */
export interface Published {
  /** Absolute path of the folder that `next` points to now. */
  readonly folder: string;
  readonly version: string;
  /** The number of rows of each table, by its name. */
  readonly tables: ReadonlyMap<string, number>;
}

/**
 * Validates all records, compiles them, writes CSV, Parquet and DuckDB, reads them back, and publishes the build as
 * `next` in the output folder, as a pre-release of the next version. If there is a problem, it publishes nothing.
 * @throws Failure if it cannot run; the signal's reason if it is cancelled
 */
export async function build(settings: ProjectSettings, events: Events = {}): Promise<Build> {
  const { fs } = settings;
  const origin = originOfProject(settings);
  const project = unreleased(openProject(origin.files, settings.optionsIn(origin.files)), origin);
  const { dist } = project.options;
  if (origin.unknown !== undefined) events.onWarning?.(`no commit is recorded: ${printable(origin.unknown)}`);
  refuseLeadingOut(dist, 'dist');
  const next = { path: path.join(dist.path, 'next'), shown: path.join(dist.shown, 'next') };
  return inStaging(fs, dist.path, async (staging) => {
    const input = { fs, project, origin, stage: 'build' };
    const { validation, tables, settled } = await buildInto(staging, input, events);
    if (tables === undefined) return { validation, next, published: undefined };
    const { version } = project.folder.dataset;
    const folder = publishNext(fs, dist.path, staging, version, settled);
    return { validation, next, published: { folder, version, tables } };
  });
}

/** The commit of the folders of a project, and the file system that compares what is read with it. */
export function originOfProject({ fs, optionsIn }: ProjectSettings): Origin {
  return originOfOptions(fs, optionsIn(fs));
}

/** The same for a project with these options. */
export function originOfOptions(fs: FileSystem, { schema, raw, config }: ProjectOptions): Origin {
  return originOf(fs, [schema.path, raw.path], config === undefined ? [] : [config.path]);
}

/** Further content of a release, besides what is compiled from records. */
interface Beyond {
  readonly tables: readonly Table[];
  /** Rows of those tables. */
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  /** Texts of further files, by their path in the release. */
  readonly files: ReadonlyMap<string, string>;
}

const nothingBeyond: Beyond = { tables: [], rows: new Map(), files: new Map() };

/** The input of a build. */
interface BuildInput {
  /** The file system to write to; the project reads through another one. */
  readonly fs: FileSystem;
  readonly project: Project;
  readonly origin: Origin;
  /** The name of the stage in progress events. */
  readonly stage: string;
}

/** What was built in a staging folder. */
interface Built {
  readonly validation: Validation;
  /** The number of rows of each table, undefined if there were problems. */
  readonly tables: ReadonlyMap<string, number> | undefined;
  readonly settled: Settled;
}

/** Validates a project and writes it into a staging folder, in every format. */
export async function buildInto(
  staging: string,
  { fs, project, origin, stage }: BuildInput,
  events: Events,
  beyond = nothingBeyond,
): Promise<Built> {
  const { report, tally } = tallying(events, project.options.strict);
  const compilation = compile(project.types, compileOptions(project));
  const order = compilation.order.map((type) => type.name);
  for (const problem of [...project.problems, ...tablesWithoutFolder(project)]) report(problem);
  const references = referencesOf({ ...project.validation, report });
  const parts = { tick: ticker(stage, events), order, compilation, references };
  const raw = isCompiledInParts(compilation) ? recordsInParts(project, parts) : project.records(parts.tick, order);
  const run = checking(raw, { ...project.validation, report, references });
  // after an error nothing will be published: all that is left is to find the other problems
  const records = placed(run.records, () => tally().errors === 0);
  const tableOf = (type: string): string => compilation.plans.get(type)?.root.table.name ?? type;
  const targets = tableFinder(project, references.has);
  const further = furtherFiles(project, compilation);
  const writer = recordWriter(fs, staging, order.map(tableOf));
  const tables = await writeRelease(fs, staging, {
    folder: project.folder,
    head: origin.head,
    facts: origin.facts,
    tables: [...compilation.tables, ...beyond.tables],
    batches: batchesOf(compilation.rows(recorded(records, writer, tableOf), targets), beyond.rows, events),
    structure: structureOf(compilation),
    documentOf: project.validation.documentOf,
    more: (present) => new Map([...beyond.files, ...further(present)]),
    reportRows: (found) => reportCheckRows(project, found, report),
    proceed: () => tally().passed,
    kept: project.validation.cache,
    signal: events.signal,
  });
  const settled = tables === undefined ? nothingSettled : await settleFiles(fs, staging);
  events.signal?.throwIfAborted();
  return {
    validation: { ...run.summary(), ...tally(), tables: project.types.length, unchanged: undefined, checksSkipped: 0 },
    tables,
    settled,
  };
}

/** Whether the rows of a record depend on no other record: no column names the table of a reference. */
function isCompiledInParts({ tables }: Compilation): boolean {
  return tables.every(({ columns }) => columns.every(({ tableFor }) => tableFor === undefined));
}

/** Records, as they pass, are also written to the release. */
function* recorded(
  records: Iterable<PlacedRecord | PartOfFile | undefined>,
  writer: RecordWriter,
  tableOf: (type: string) => string,
): Generator<PlacedRecord | PartOfFile | undefined> {
  for (const record of records) {
    if (record !== undefined && 'lines' in record) writer.addLines(tableOf(record.file.table), record.lines);
    else if (record !== undefined && !isWithdrawn(record))
      writer.add(tableOf(record.type.name), record.print ?? JSON.stringify(record.value));
    yield record;
  }
  writer.end();
}

/** How the records of all types nest. */
export function structureOf({ plans }: Pick<Compilation, 'plans'>): RecordStructure {
  const all = [...plans.values()];
  return {
    records: new Set(all.map(({ root }) => root.table.name)),
    fields: new Map(all.flatMap((plan) => [...fieldsOf(plan)])),
    bounds: new Map(all.flatMap((plan) => [...boundsOf(plan)])),
    names: new Map(all.map(({ root, type }) => [root.table.name, recordName(type)])),
  };
}

/** The batches of all tables. @throws the signal's reason if the build is cancelled */
function* batchesOf(
  compiled: Iterable<Batch | PrintedBatch>,
  more: ReadonlyMap<string, readonly Row[]>,
  { signal }: Events,
): Generator<Batch | PrintedBatch> {
  for (const batch of compiled) {
    yield batch;
    // the event loop runs between batches, so a signal can have arrived
    signal?.throwIfAborted();
  }
  for (const [table, rows] of more) yield* inBatches(table, rows);
}
