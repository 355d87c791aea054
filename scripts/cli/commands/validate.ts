import path from 'node:path';
import { Failure } from '../../base/problem.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { findRepository } from '../../disk/git.ts';
import { referredFirst } from '../../schema/recordTypes.ts';
import { count } from '../../base/text.ts';
import type { ValidateSummary } from '../../validate/context.ts';
import { validate } from '../../validate/run.ts';
import { type Scope, scopeOfChange } from '../../project/changeScope.ts';
import type { Command, ExitStatus } from '../command.ts';
import { type Given, flags, switchFlag, textFlag } from '../flags.ts';
import { type Progress, createProgress } from '../progress.ts';
import { type Project, foldersOf, openProject } from '../../project/openProject.ts';
import { projectFlags, projectOptions } from '../options.ts';
import { type Report, createReport, tally } from '../reporters/problems.ts';
import { vanishedFiles } from '../../project/vanished.ts';

/** `validate`: checks every record and prints what is wrong with it. */
export function validateCommand(fs: FileSystem): Command {
  return {
    name: 'validate',
    summary: 'Checks every record against its schema, its form, its references and its evidence.',
    flags: [flags.changed, flags.checks, flags.summary, ...projectFlags],
    async run(given, terminal) {
      const project = openProject(fs, projectOptions(fs, given, terminal));
      const report = createReport();
      const progress = createProgress('validate', terminal, switchFlag(given, flags.quiet));
      const scope = changedScope(fs, project, given);
      const checks = switchFlag(given, flags.checks) ? project.folder.checks.length : 0;
      const { summary, ran } = await validateWith(fs, project, report, progress, scope, checks > 0);
      progress.end();
      terminal.out(report.print(formatOf(given), terminal.coloured));
      const left = scope === undefined ? '' : `; ${count(scope.presumed.length, 'unchanged record')} taken for granted`;
      const skipped = checks > 0 && !ran ? `; ${count(checks, 'check')} not run because of the errors` : '';
      const checked = `${summarize('validate', project, summary, report)}${left}${skipped}`;
      const file = textFlag(given, flags.summary);
      if (file !== undefined) fs.append(path.resolve(terminal.cwd, file), report.summary(checked));
      if (!switchFlag(given, flags.quiet)) terminal.err(`${checked}\n`);
      return statusOf(report, project.options.strict);
    },
  };
}

/** Checks all records, and with `checks` those across records too, which need a database of records without errors. */
async function validateWith(
  fs: FileSystem,
  project: Project,
  report: Report,
  progress: Progress,
  scope: Scope | undefined,
  checks: boolean,
): Promise<{ readonly summary: ValidateSummary; readonly ran: boolean }> {
  if (!checks) return { summary: validateAll(project, report, progress, scope), ran: false };
  // the database takes longer to load than all records to check
  const { validateInDatabase } = await import('../../verbs/validateInDatabase.ts');
  return validateInDatabase(fs, project, report, progress.tick);
}

/** Checks all records of a project, the files that cannot hold any included. */
export function validateAll(
  project: Project,
  report: Report,
  progress: Progress,
  scope: Scope | undefined,
): ValidateSummary {
  for (const problem of [...project.problems, ...vanishedFiles(project)]) report.add(problem);
  // an id that is known already need not be kept waiting for
  const order = referredFirst(project.types).map((type) => type.name);
  const presumed = scope === undefined ? {} : { presumed: { files: scope.presumed, withdrawal: scope.withdrawal } };
  const records = project.records(progress.tick, order, scope?.files);
  const run = validate(records, { ...project.validation, ...presumed, report: report.add });
  for (;;) {
    const next = run.next();
    if (next.done === true) return next.value;
  }
}

/** What is to be checked; undefined for everything. @throws Failure where `--changed` names no commit */
function changedScope(fs: FileSystem, project: Project, given: Given): Scope | undefined {
  const name = textFlag(given, flags.changed);
  if (name === undefined) return undefined;
  if (switchFlag(given, flags.checks)) throw new Failure('--checks needs all records: leave out --changed');
  const repository = findRepository([project.schemaPath, project.rawPath]);
  if ('why' in repository) throw new Failure(`--changed needs a git repository, and ${repository.why}`);
  const base = repository.mergeBase(name, 'HEAD');
  return scopeOfChange(fs, project, repository, repository.changes(base, foldersOf(project.options)));
}

export function formatOf(given: Given): 'text' | 'json' | 'github' {
  const format = textFlag(given, flags.format);
  return format === 'json' || format === 'github' ? format : 'text';
}

export function statusOf(report: Report, strict: boolean): ExitStatus {
  return report.errors() > 0 || (strict && report.warnings() > 0) ? 1 : 0;
}

/** What was checked, and what was found. */
export function summarize(name: string, project: Project, summary: ValidateSummary, report: Report): string {
  const spans = summary.spansChecked + summary.spansUnchecked;
  const parts = [`${count(summary.records, 'record')} in ${count(project.types.length, 'table')}`];
  if (spans > 0) {
    parts.push(
      summary.spansUnchecked === 0
        ? `all ${count(spans, 'span')} compared with the sources`
        : `${summary.spansChecked} of ${count(spans, 'span')} compared with the sources, ${summary.spansUnchecked} not checked: ${summary.documentsMissing === 0 ? 'their documents are' : count(summary.documentsMissing, 'document')} not at hand`,
    );
  }
  return `${name}: ${parts.join('; ')}; ${tally(report)}`;
}
