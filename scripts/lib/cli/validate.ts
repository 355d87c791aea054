import type { FileSystem } from '../read/fileSystem.ts';
import { referredFirst } from '../schema/tables.ts';
import { count } from '../text.ts';
import { type ValidateSummary, validate } from '../validate/validate.ts';
import type { Command, ExitStatus } from './command.ts';
import { type Given, flags, switchFlag, textFlag } from './flags.ts';
import { type Progress, createProgress } from './progress.ts';
import { type Project, commonFlags, openProject, readingFlags } from './project.ts';
import { type Report, createReport, tally } from './report.ts';

/** `validate`: checks every record and prints what is wrong with it. */
export function validateCommand(fs: FileSystem): Command {
  return {
    name: 'validate',
    summary: 'Checks every record against its schema, its form, its references and its evidence.',
    flags: [...commonFlags, flags.requireSources, flags.strict, ...readingFlags],
    run(given, terminal) {
      const project = openProject(fs, given, terminal);
      const report = createReport();
      const progress = createProgress('validate', terminal, switchFlag(given, flags.quiet));
      const summary = validateAll(project, report, progress);
      progress.end();
      terminal.out(report.print(formatOf(given), terminal.coloured));
      if (!switchFlag(given, flags.quiet)) terminal.err(`${summarize('validate', project, summary, report)}\n`);
      return statusOf(report, given);
    },
  };
}

/** Checks all records of a project, the files that cannot hold any included. */
function validateAll(project: Project, report: Report, progress: Progress): ValidateSummary {
  for (const problem of project.problems) report.add(problem);
  // an id that is known already need not be kept waiting for
  const order = referredFirst(project.types).map((type) => type.name);
  const run = validate(project.records(progress.tick, order), { ...project.validation, report: report.add });
  for (;;) {
    const next = run.next();
    if (next.done === true) return next.value;
  }
}

export function formatOf(given: Given): 'text' | 'json' | 'github' {
  const format = textFlag(given, flags.format);
  return format === 'json' || format === 'github' ? format : 'text';
}

export function statusOf(report: Report, given: Given): ExitStatus {
  return report.errors() > 0 || (switchFlag(given, flags.strict) && report.warnings() > 0) ? 1 : 0;
}

/** What was checked, and what was found. */
export function summarize(name: string, project: Project, summary: ValidateSummary, report: Report): string {
  const spans = summary.spansChecked + summary.spansUnchecked;
  const parts = [`${count(summary.records, 'record')} in ${count(project.types.length, 'table')}`];
  if (spans > 0) {
    parts.push(
      summary.spansUnchecked === 0
        ? `all ${count(spans, 'span')} compared with the sources`
        : `${summary.spansChecked} of ${count(spans, 'span')} compared with the sources, ${summary.spansUnchecked} not checked: ${count(summary.documentsMissing, 'document')} not at hand`,
    );
  }
  return `${name}: ${parts.join('; ')}; ${tally(report)}`;
}
