import path from 'node:path';
import process from 'node:process';
import { type Compilation, codeLists, compile } from '../../compile/compile.ts';
import { mappingOf } from '../../compile/mapping.ts';
import type { Table } from '../../compile/model.ts';
import { bundleFolder, entryIn, packageFolder } from '../../base/package.ts';
import { Failure } from '../../base/problem.ts';
import { printable, shellWord } from '../../base/text.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { exportViews } from '../../engine/duckdb/exportViews.ts';
import { planViews } from '../../engine/duckdb/planViews.ts';
import { createViewDatabase } from '../../engine/duckdb/viewDatabase.ts';
import { checkScript, workFolders } from '../../engine/spark/checkScript.ts';
import { rowText } from '../../engine/spark/mapped.ts';
import type { RunSpark } from '../../engine/spark/runSpark.ts';
import { writeScript } from '../../engine/spark/writeScript.ts';
import { reportCheckRows } from '../../project/checkRows.ts';
import { refuseLeadingOut } from '../../project/folders.ts';
import { type Project, type ProjectSettings, compileOptions, openProject } from '../../project/openProject.ts';
import { storeOptions } from '../../project/storedOptions.ts';
import { inStaging, publishNext } from '../../publish/publish.ts';
import type { Origin } from '../../read/facts.ts';
import { reserved } from '../../schema/extensions.ts';
import { csvHeader, csvRows } from '../../write/csv.ts';
import { schemaFiles } from '../../write/schemaFiles.ts';
import { expectSound, releaseFacts, writeMetadata } from '../../write/write.ts';
import { type Build, originOfProject } from '../build.ts';
import { type Events, tallying } from '../events.ts';
import { judge } from './acrossParts.ts';
import { comparedCounts, takeCsv, takeParquet, takeRecords } from './assemble.ts';
import { type Found, foundIn } from './found.ts';
import { type Part, type PartSize, partsOf, printPart, usualSize } from './parts.ts';

/** How a build uses Spark. */
export interface SparkSettings {
  readonly run: RunSpark;
  readonly partSize?: PartSize;
  /** A table with more bytes of rows than this becomes several Parquet files. */
  readonly bytesOfFile?: number;
}

const usualFile = 512 * 1024 * 1024;

/**
 * Builds a dataset with Apache Spark, and publishes it as `next`. Spark reads, checks and compiles the records, by
 * processes of the toolkit, and writes the tables; all machines must see the folders of the project at the same paths.
 * @throws Failure where it cannot run
 */
export async function buildOnSpark(
  settings: ProjectSettings,
  spark: SparkSettings,
  events: Events = {},
): Promise<Build> {
  const { fs } = settings;
  const origin = originOfProject(settings);
  const project = openProject(origin.files, settings.optionsIn(origin.files));
  const { dist } = project.options;
  if (origin.unknown !== undefined) events.onWarning?.(`no commit is noted: ${printable(origin.unknown)}`);
  refuseLeadingOut(dist, 'dist');
  const next = { path: path.join(dist.path, 'next'), shown: path.join(dist.shown, 'next') };
  return inStaging(fs, dist.path, async (staging) => {
    const work = path.join(staging, '.spark');
    fs.makeFolder(work);
    const { report, tally } = tallying(events, project.options.strict);
    const compilation = compile(project.types, compileOptions(project));
    for (const problem of project.problems) report(problem);
    const parts = partsOf(
      fs,
      project,
      compilation.order.map(({ name }) => name),
      spark.partSize ?? usualSize,
    );
    const found = await mapAndCheck(fs, project, work, parts, spark.run);
    events.signal?.throwIfAborted();
    const judged = judge(project, parts, found);
    if (judged.failure !== undefined) throw new Failure(judged.failure);
    for (const problem of judged.problems) report(problem);
    const validation = (): Build['validation'] => ({
      ...judged.counts,
      ...tally(),
      tables: project.types.length,
      unchanged: undefined,
      checksSkipped: 0,
    });
    if (!tally().passed) return { validation: validation(), next, published: undefined };
    const tables = await writeTables(fs, project, compilation, origin, staging, work, found, spark, report);
    events.signal?.throwIfAborted();
    if (!tally().passed) return { validation: validation(), next, published: undefined };
    const { version } = project.folder.dataset;
    const folder = publishNext(fs, dist.path, staging, version);
    return { validation: validation(), next, published: { folder, version, tables } };
  });
}

/** The command with which a machine of Spark runs the toolkit; in a bundle the worker is a file beside this module. */
function workerCommand(args: readonly string[]): string {
  const worker =
    bundleFolder === undefined
      ? [entryIn(packageFolder), '--entry', path.join(import.meta.dirname, 'sparkWorker.ts')]
      : [path.join(bundleFolder, 'sparkWorker.mjs')];
  return [process.execPath, ...worker, ...args].map(shellWord).join(' ');
}

async function mapAndCheck(
  fs: FileSystem,
  project: Project,
  work: string,
  parts: readonly Part[],
  run: RunSpark,
): Promise<readonly Found[]> {
  const options = path.join(work, 'options.json');
  fs.write(options, storeOptions(project.options));
  fs.makeFolder(path.join(work, workFolders.parts));
  fs.write(path.join(work, workFolders.parts, 'parts.txt'), parts.map(printPart).join(''));
  await runScript(fs, work, 'check.sql', checkScript(work, workerCommand(['map', options]), parts.length), run);
  return [...foundIn(fs, path.join(work, workFolders.found))];
}

async function runScript(fs: FileSystem, work: string, name: string, text: string, run: RunSpark): Promise<void> {
  const script = path.join(work, name);
  fs.write(script, text);
  await run(script, work);
}

/** Lets Spark write the tables of a release, and puts the release together. */
async function writeTables(
  fs: FileSystem,
  project: Project,
  compilation: Compilation,
  origin: Origin,
  staging: string,
  work: string,
  found: readonly Found[],
  spark: SparkSettings,
  report: Parameters<typeof reportCheckRows>[2],
): Promise<ReadonlyMap<string, number>> {
  const { folder } = project;
  const planning = planViews(compilation.tables, folder.views, folder.checks);
  const counts = new Map(found.flatMap((each) => (each.kind === 'count' ? [[each.table, each] as const] : [])));
  const present = compilation.tables.filter(
    (table) => !table.optional || counts.has(table.name) || hasCodes(table, compilation, counts),
  );
  const codes = codeLists(present);
  fs.makeFolder(path.join(work, workFolders.more));
  fs.write(
    path.join(work, workFolders.more, 'code-lists.json'),
    codes.map((row, n) => `${JSON.stringify({ tbl: reserved.codeLists, part: 0, n, text: rowText(row) })}\n`).join(''),
  );
  const tables = present.map((table, number) => ({
    table,
    number,
    files: Math.max(1, Math.ceil(Number(counts.get(table.name)?.value ?? 0) / (spark.bytesOfFile ?? usualFile))),
  }));
  const roots = compilation.order.flatMap(({ name, key }) => {
    const root = compilation.plans.get(name)?.root.table;
    return root === undefined ? [] : [{ table: root, key: root.columns.find((column) => column.name === key) }];
  });
  const command = (columns: number): string => workerCommand(['csv', String(columns)]);
  await runScript(fs, work, 'write.sql', writeScript(work, command, tables, roots), spark.run);

  for (const name of ['csv', 'parquet', 'records']) fs.makeFolder(path.join(staging, name));
  const rowCounts = comparedCounts(fs, work, tables);
  const files = new Map(tables.map((each) => [each.table.name, takeParquet(fs, work, staging, each)]));
  for (const each of tables) takeCsv(fs, work, staging, each);
  for (const [number, { table }] of roots.entries()) takeRecords(fs, work, staging, { table, number });
  fs.remove(work);

  expectSound(folder, (await planning).faults);
  const facts = origin.facts();
  const ofRelease = releaseFacts({ folder }, facts);
  const databaseFile = `${folder.dataset.name}.duckdb`;
  const rows = await createViewDatabase(
    staging,
    databaseFile,
    present,
    (table) => files.get(table) ?? [],
    ofRelease,
    folder,
  );
  reportCheckRows(project, rows, report);
  const csv = (table: Table): string => path.join(staging, 'csv', `${table.name}.csv`);
  const derived = await exportViews(
    { folder: staging, database: databaseFile, tables: present, facts: ofRelease },
    folder.views,
    {
      begin: (table) => fs.write(csv(table), csvHeader(table)),
      append: (table, some) => fs.append(csv(table), Buffer.from(csvRows(some).text)),
    },
  );
  const more = (there: ReadonlySet<string>): ReadonlyMap<string, string | Uint8Array> =>
    new Map<string, string | Uint8Array>([
      ...schemaFiles(project.fs, project.schemaPath, folder.schemas),
      ['mapping.json', `${JSON.stringify(mappingOf(compilation.plans.values(), there), null, 2)}\n`],
    ]);
  const stored = { facts, tables: present, rowCounts, derived, parquetFiles: files, databaseFile };
  writeMetadata(fs, staging, { folder, more }, stored, () => {});
  return rowCounts;
}

/** Whether a table is that of code lists, and a table that is there has one. */
function hasCodes({ name }: Table, { tables }: Compilation, counts: ReadonlyMap<string, unknown>): boolean {
  if (name !== reserved.codeLists) return false;
  const there = tables.filter((table) => !table.optional || counts.has(table.name));
  return codeLists(there).length > 0;
}
