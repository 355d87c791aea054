import path from 'node:path';
import { type PlacedRecord, compile } from '../compile/compile.ts';
import { createStaging, publishNext } from '../publish/publish.ts';
import { sha256Of } from '../read/documents.ts';
import { commitFacts } from '../read/facts.ts';
import type { FileSystem } from '../read/fileSystem.ts';
import { count } from '../text.ts';
import { type ValidateSummary, validate } from '../validate/validate.ts';
import { writeRelease } from '../write/write.ts';
import type { Command } from './command.ts';
import { flags, switchFlag, textFlag } from './flags.ts';
import { createProgress } from './progress.ts';
import { type Project, commonFlags, folderAt, openProject, readingFlags } from './project.ts';
import { type Report, createReport } from './report.ts';
import { formatOf, statusOf, summarize } from './validate.ts';

/** `build`: validates, compiles, writes, reads back, publishes. */
export function buildCommand(fs: FileSystem): Command {
  return {
    name: 'build',
    summary:
      'Validates all records and builds CSV, Parquet and DuckDB in dist/next. With a problem it publishes nothing.',
    flags: [...commonFlags, flags.requireSources, flags.strict, ...readingFlags],
    async run(given, terminal) {
      const project = openProject(fs, given, terminal);
      const dist = folderAt(terminal, textFlag(given, flags.dist), 'dist');
      const report = createReport();
      const compilation = compile(project.types, { own: project.folder.dataset.own, digest: sha256Of });
      const facts = await commitFacts([project.schemaPath, project.rawPath]);
      const clean = (): boolean => statusOf(report, given) === 0;
      const quiet = switchFlag(given, flags.quiet);
      let summary: ValidateSummary | undefined;
      const staging = createStaging(fs, dist.path);
      try {
        const order = compilation.order.map((type) => type.name);
        const progress = createProgress('build', terminal, quiet);
        const records = project.records(progress.tick, order);
        const batches = compilation.rows(placed(project, records, report, (s) => (summary = s)));
        const rows = await writeRelease(fs, staging, {
          folder: project.folder,
          facts,
          tables: compilation.tables,
          batches,
          proceed: clean,
        });
        progress.end();
        terminal.out(report.print(formatOf(given), terminal.coloured));
        if (!quiet && summary !== undefined) terminal.err(`${summarize('build', project, summary, report)}\n`);
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
      } finally {
        fs.remove(staging);
      }
    },
  };
}

/** Valid records with their places, reporting the others. */
function* placed(
  project: Project,
  records: ReturnType<Project['records']>,
  report: Report,
  done: (summary: ValidateSummary) => void,
): Generator<PlacedRecord> {
  for (const problem of project.problems) report.add(problem);
  const run = validate(records, { ...project.validation, report: report.add });
  for (let next = run.next(); ; next = run.next()) {
    if (next.done === true) return done(next.value);
    const { type, value, file, index } = next.value;
    // with a problem nothing will be published: what is left to do is to find the other problems
    if (report.errors() === 0) yield { type, value, file: file.name, index };
  }
}
