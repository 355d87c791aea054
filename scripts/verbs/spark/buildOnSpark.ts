import { tablesWithoutFolder } from '../../project/tablesWithoutRecords.ts';
import path from 'node:path';
import process from 'node:process';
import { codeLists, compile } from '../../compile/compile.ts';
import type { Table } from '../../compile/model.ts';
import { bundleFolder, entryIn, packageFolder } from '../../base/package.ts';
import { Failure } from '../../base/problem.ts';
import { printable, shellWord } from '../../base/text.ts';
import { planViews } from '../../engine/duckdb/planViews.ts';
import { checkScript, workFolders } from '../../engine/spark/checkScript.ts';
import { rowText } from '../../engine/spark/mapped.ts';
import { writeScript } from '../../engine/spark/writeScript.ts';
import { refuseLeadingOut } from '../../project/folders.ts';
import { type ProjectSettings, compileOptions, openProject } from '../../project/openProject.ts';
import { storeOptions } from '../../project/storedOptions.ts';
import { unreleased } from '../../project/unreleased.ts';
import { inStaging, publishNext } from '../../publish/publish.ts';
import { dirtied } from '../../read/facts.ts';
import { reserved } from '../../schema/extensions.ts';
import { expectSound } from '../../write/write.ts';
import { type Build, originOfProject } from '../build.ts';
import { type Events, tallying } from '../events.ts';
import { judge } from './acrossParts.ts';
import { type AssembledTables, assemble } from './assemble.ts';
import { finish } from './finish.ts';
import type { SparkBuild, SparkSettings } from './sparkBuild.ts';
import { type Found, foundIn } from './found.ts';
import { type Part, partsOf, printPart, usualSize } from './parts.ts';

const usualFile = 512 * 1024 * 1024;

/**
 * Builds a dataset with Apache Spark, and publishes it as `next`. Spark reads, checks and compiles the records, in
 * processes of the toolkit, and writes the tables; all machines must see the folders of the project at the same paths.
 * If there is a problem, it publishes nothing.
 * @throws Failure if it cannot run; the signal's reason if it is cancelled
 */
export async function buildOnSpark(
  from: ProjectSettings,
  settings: SparkSettings,
  events: Events = {},
): Promise<Build> {
  const { fs } = from;
  const origin = originOfProject(from);
  const project = unreleased(openProject(origin.files, from.optionsIn(origin.files)), origin);
  const { dist } = project.options;
  if (origin.unknown !== undefined) events.onWarning?.(`no commit is recorded: ${printable(origin.unknown)}`);
  refuseLeadingOut(dist, 'dist');
  const next = { path: path.join(dist.path, 'next'), shown: path.join(dist.shown, 'next') };
  return inStaging(fs, dist.path, async (staging) => {
    const compilation = compile(project.types, compileOptions(project));
    const work = path.join(staging, '.spark');
    fs.makeFolder(work);
    const build = { fs, project, compilation, staging, work, settings, events };
    const { report, tally } = tallying(events, project.options.strict);
    for (const problem of [...project.problems, ...tablesWithoutFolder(project)]) report(problem);

    const order = compilation.order.map(({ name }) => name);
    const parts = partsOf(fs, project, order, settings.partSize ?? usualSize);
    const found = await mapAndCheck(build, parts);
    const judged = judge(project, parts, found);
    if (judged.failure !== undefined) throw new Failure(judged.failure);
    for (const problem of judged.problems) report(problem);
    const ended = (published: Build['published']): Build => ({
      validation: {
        ...judged.counts,
        ...tally(),
        tables: project.types.length,
        unchanged: undefined,
        checksSkipped: 0,
      },
      next,
      published,
    });
    if (!tally().passed) return ended(undefined);

    const tables = await writeTables(build, found);
    const commits = { head: origin.head, facts: dirtied(origin.facts(), judged.differs) };
    await finish(build, tables, commits, report);
    events.signal?.throwIfAborted();
    if (!tally().passed) return ended(undefined);
    const { version } = project.folder.dataset;
    const folder = publishNext(fs, dist.path, staging, version);
    return ended({ folder, version, tables: tables.rowCounts });
  });
}

/** The command with which a Spark machine runs the toolkit; in a bundle, the worker is a file next to this module. */
function workerCommand(args: readonly string[]): string {
  const worker =
    bundleFolder === undefined
      ? [entryIn(packageFolder), '--entry', path.join(import.meta.dirname, 'sparkWorker.ts')]
      : [path.join(bundleFolder, 'sparkWorker.mjs')];
  return [process.execPath, ...worker, ...args].map(shellWord).join(' ');
}

async function mapAndCheck(build: SparkBuild, parts: readonly Part[]): Promise<readonly Found[]> {
  const { fs, project, work } = build;
  const options = path.join(work, 'options.json');
  fs.write(options, storeOptions(project.options));
  fs.makeFolder(path.join(work, workFolders.parts));
  fs.write(path.join(work, workFolders.parts, 'parts.txt'), parts.map(printPart).join(''));
  await runScript(build, 'check.sql', checkScript(work, workerCommand(['map', options]), parts.length));
  return [...foundIn(fs, path.join(work, workFolders.found))];
}

/** Makes Spark write the tables, and moves them into the release. */
async function writeTables(build: SparkBuild, found: readonly Found[]): Promise<AssembledTables> {
  const { fs, project, compilation, work, settings } = build;
  const { folder } = project;
  expectSound(folder, (await planViews(compilation.tables, folder.views, folder.checks)).faults);
  const sizes = new Map(found.flatMap(({ kind, table, value }) => (kind === 'count' ? [[table, Number(value)]] : [])));
  const present = presentTables(compilation.tables, new Set(sizes.keys()));
  fs.makeFolder(path.join(work, workFolders.more));
  fs.write(path.join(work, workFolders.more, 'code-lists.json'), codeListLines(present).join(''));
  const columns = path.join(work, 'columns.json');
  fs.write(columns, JSON.stringify(Object.fromEntries(present.map((table) => [table.name, table.columns.length]))));
  const filesOf = (size = 0): number => Math.max(1, Math.ceil(size / (settings.bytesOfFile ?? usualFile)));
  const tables = present.map((table) => ({ table, files: filesOf(sizes.get(table.name)) }));
  const types = new Map([...compilation.plans.values()].map(({ root, type }) => [root.table.name, type.name]));
  const typeOf = (table: string): string => types.get(table) ?? table;
  await runScript(build, 'write.sql', writeScript(work, workerCommand(['print', columns]), tables, typeOf));
  return assemble(build, present);
}

async function runScript(build: SparkBuild, name: string, text: string): Promise<void> {
  const { fs, work, settings, events } = build;
  const script = path.join(work, name);
  fs.write(script, text);
  events.signal?.throwIfAborted();
  await settings.run(script, work, events.signal);
}

/** The tables of a release: optional ones only if they have rows. */
function presentTables(tables: readonly Table[], withRows: ReadonlySet<string>): readonly Table[] {
  const present = tables.filter(({ name, optional }) => !optional || withRows.has(name));
  const hasCodes = codeLists(present).length > 0;
  return tables.filter((table) => present.includes(table) || (table.name === reserved.codeLists && hasCodes));
}

/** The rows of code lists, which no map task prints, as lines of JSON. */
function codeListLines(present: readonly Table[]): readonly string[] {
  return codeLists(present).map((row, n) => {
    const text = rowText(row, []);
    return `${JSON.stringify({ kind: 'row', tbl: reserved.codeLists, part: 0, n, text })}\n`;
  });
}
