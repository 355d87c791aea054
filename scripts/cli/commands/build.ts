import path from 'node:path';
import { compile, inBatches } from '../../compile/compile.ts';
import type { Batch, Row, Table } from '../../compile/model.ts';
import { inStaging, publishNext } from '../../publish/publish.ts';
import { type Origin, originOf } from '../../read/facts.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { count, printable } from '../../base/text.ts';
import type { ValidateSummary } from '../../validate/context.ts';
import { writeRelease } from '../../write/write.ts';
import type { Command, Terminal } from '../command.ts';
import { type Given, flags, switchFlag } from '../flags.ts';
import { createProgress } from '../progress.ts';
import { type Project, compileOptions, openProject } from '../../project/openProject.ts';
import { reportCheckRows } from '../../project/checkRows.ts';
import { soundRecords } from '../../project/soundRecords.ts';
import { projectFlags, projectOptions } from '../options.ts';
import { createReport } from '../reporters/problems.ts';
import { formatOf, statusOf, summarize } from './validate.ts';

/** `build`: validates, compiles, writes, reads back, publishes. */
export function buildCommand(fs: FileSystem): Command {
  return {
    name: 'build',
    summary:
      'Validates all records and builds CSV, Parquet and DuckDB in dist/next. With a problem it publishes nothing.',
    flags: projectFlags,
    async run(given, terminal) {
      const { schema, raw, config } = projectOptions(fs, given, terminal);
      const beside = config === undefined ? [] : [config.path];
      const origin = originOf(fs, [schema.path, raw.path], beside);
      const project = openProject(origin.files, projectOptions(origin.files, given, terminal));
      const { dist } = project.options;
      if (origin.unknown !== undefined)
        terminal.err(`build: warning: no commit is noted: ${printable(origin.unknown)}\n`);
      const quiet = switchFlag(given, flags.quiet);
      return inStaging(fs, dist.path, async (staging) => {
        const rows = await buildInto(fs, staging, project, origin, given, terminal, 'build');
        if (rows === undefined) {
          if (!quiet) terminal.err(`build: ${path.join(dist.shown, 'next')} is left as it was\n`);
          return 1;
        }
        const release = publishNext(fs, dist.path, staging, project.folder.dataset.version);
        const total = [...rows.values()].reduce((a, b) => a + b, 0);
        if (!quiet) {
          terminal.err(
            `build: ${count(rows.size, 'table')} with ${count(total, 'row')}, read back equal from CSV, Parquet and DuckDB; ${path.join(dist.shown, 'next')} is ${path.basename(release)}\n`,
          );
        }
        return 0;
      });
    },
  };
}

/** What a release holds beyond what is compiled from records. */
interface Beyond {
  readonly tables: readonly Table[];
  /** Rows of those tables. */
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  /** Texts of further files, by their path in the release. */
  readonly files: ReadonlyMap<string, string>;
}

const nothingBeyond: Beyond = { tables: [], rows: new Map(), files: new Map() };

/**
 * Validates a project and writes it into a staging folder, in every format; prints problems and summary in the name of a command.
 * @returns the number of rows of each table, undefined where there were problems
 */
export async function buildInto(
  fs: FileSystem,
  staging: string,
  project: Project,
  origin: Origin,
  given: Given,
  terminal: Terminal,
  name: string,
  beyond = nothingBeyond,
): Promise<ReadonlyMap<string, number> | undefined> {
  const report = createReport();
  const quiet = switchFlag(given, flags.quiet);
  const compilation = compile(project.types, compileOptions(project));
  const order = compilation.order.map((type) => type.name);
  const progress = createProgress(name, terminal, quiet);
  let summary: ValidateSummary | undefined;
  const texts = project.records(progress.tick, order);
  const records = soundRecords(project, texts, project.problems, report, (s) => (summary = s));
  const rows = await writeRelease(fs, staging, {
    folder: project.folder,
    head: origin.head,
    facts: origin.facts,
    tables: [...compilation.tables, ...beyond.tables],
    batches: batchesOf(compilation.rows(records), beyond.rows),
    documentOf: project.validation.documentOf,
    texts: beyond.files,
    reportRows: (found) => reportCheckRows(project, found, report.add),
    proceed: () => statusOf(report, project.options.strict) === 0,
  });
  progress.end();
  terminal.out(report.print(formatOf(given), terminal.coloured));
  if (!quiet && summary !== undefined) terminal.err(`${summarize(name, project, summary, report)}\n`);
  return rows;
}

function* batchesOf(compiled: Iterable<Batch>, more: ReadonlyMap<string, readonly Row[]>): Generator<Batch> {
  yield* compiled;
  for (const [table, rows] of more) yield* inBatches(table, rows);
}
