import { tablesWithoutFolder } from '../project/tablesWithoutRecords.ts';
import { option, sentence } from '../base/sentence.ts';
import path from 'node:path';
import { Failure, type Problem } from '../base/problem.ts';
import { didYouMean } from '../base/suggestions.ts';
import { quoted } from '../base/text.ts';
import { type Repository, findRepository } from '../disk/git.ts';
import { type Scope, scopeOfChange, scopeOfFiles } from '../project/changeScope.ts';
import { type Project, compileOptions, foldersOf } from '../project/openProject.ts';
import type { ProjectOptions } from '../project/options.ts';
import { vanishedFiles } from '../project/vanished.ts';
import { referredFirst } from '../schema/recordTypes.ts';
import { type PlacedRecord, compile } from '../compile/compile.ts';
import { type CheckedPart, type Input, type PartOf, isPart } from '../validate/part.ts';
import type { ValidateOptions, ValidateSummary } from '../validate/context.ts';
import { type CheckedRecord, referencesOf, validate as validateRecords } from '../validate/run.ts';
import { type Events, type Tally, drain, tallying, ticker } from './events.ts';
import { recordsInParts } from './threads/recordsInParts.ts';

/** What to validate. */
export interface ValidateSettings {
  /** A commit, branch or tag: checks only what the changes since then can have broken. */
  readonly changed?: string | undefined;
  /** Files or folders of records: only their problems are reported. */
  readonly files?: readonly string[];
  /** The folder for relative file names: by default that of the process. */
  readonly from?: string;
  /** Also runs the dataset's own checks, in a database of all records. */
  readonly checks?: boolean;
}

/** What was checked, and how many problems were found. */
export interface Validation extends ValidateSummary, Tally {
  readonly tables: number;
  /** Unchanged records that were skipped; undefined if everything was checked. */
  readonly unchanged: number | undefined;
  /** Checks of the dataset that were not run, because a record has an error. */
  readonly checksSkipped: number;
}

/**
 * Checks the records of a project: schemas, form, references and evidence.
 * @throws Failure if `changed` is not a commit; the signal's reason if it is cancelled
 */
export function validate(project: Project, settings: ValidateSettings = {}, events: Events = {}): Promise<Validation> {
  return validateSince(project, settings, events, async (name) => changesSince(project.options, name));
}

/** The same, for a caller that knows better when to ask for the changes since a commit. */
export async function validateSince(
  project: Project,
  { changed, checks = false, files = [], from = '.' }: ValidateSettings,
  events: Events,
  changesOf: (name: string) => Promise<Changes>,
): Promise<Validation> {
  if (files.length > 0 && (checks || changed !== undefined))
    throw new Failure(sentence`name files, or give ${option(checks ? 'checks' : 'changed')}: not both`);
  if (files.length > 0) return validateFiles(project, filesNamed(project, files, from), events);
  if (checks && changed !== undefined)
    throw new Failure(sentence`${option('checks')} needs all records: leave out ${option('changed')}`);
  if (checks && project.folder.checks.length > 0) {
    // loading the database code takes longer than checking all records
    const { validateInDatabase } = await import('./validateInDatabase.ts');
    return validateInDatabase(project, events);
  }
  if (changed === undefined) return validateScope(project, undefined, 'validate', events);
  const found = await changesOf(changed);
  const scope = scopeOfChange(project.fs, project, found.repository, found.files);
  return validateScope(project, scope, 'validate', events);
}

/** The record files for some paths, and unreadable ones. @throws Failure for a path without records */
function filesNamed(project: Project, names: readonly string[], from: string): ReadonlySet<string> {
  const known = [
    ...project.files.map((file) => ({ at: file.path, shown: file.shown })),
    ...project.problems.map(({ file }) => ({
      at: path.join(project.rawPath, path.relative(project.rawShown, file)),
      shown: file,
    })),
  ];
  return new Set(
    names.flatMap((name) => {
      const at = path.resolve(from, name);
      const found = known.filter((file) => file.at === at || file.at.startsWith(at + path.sep));
      if (found.length > 0) return found.map(({ shown }) => shown);
      const near = didYouMean(
        name,
        known.map((file) => path.relative(from, file.at)),
      );
      throw new Failure(`${quoted(name)} is not a file or folder of records${near === undefined ? '' : ` (${near})`}`);
    }),
  );
}

/** Checks some files, given their names in messages; the other records are assumed to be valid. */
async function validateFiles(project: Project, shown: ReadonlySet<string>, events: Events): Promise<Validation> {
  const own = project.files.filter((file) => shown.has(file.shown));
  const scope = scopeOfFiles(project.fs, project, own);
  const found = await validateScope(project, scope, 'validate', events, ({ file }) => shown.has(file));
  return { ...found, unchanged: undefined };
}

/** Checks a part of a project; all of it if the scope is undefined. Only wanted problems count. */
export async function validateScope(
  project: Project,
  scope: Scope | undefined,
  stage: string,
  events: Events,
  isWanted: (problem: Problem) => boolean = () => true,
): Promise<Validation> {
  // schemas that build rejects are rejected here too
  compile(project.types, { ...compileOptions(project), recordsOf: () => [] });
  const { report: reportWanted, tally } = tallying(events, project.options.strict);
  const report = (problem: Problem): void => {
    if (isWanted(problem)) reportWanted(problem);
  };
  const unfilled = scope === undefined ? tablesWithoutFolder(project) : [];
  for (const problem of [...project.problems, ...unfilled, ...vanishedFiles(project)]) report(problem);
  // if the id is already known, the reference does not have to wait for it
  const order = referredFirst(project.types).map((type) => type.name);
  const presumed = scope === undefined ? {} : { presumed: { files: scope.presumed, withdrawal: scope.withdrawal } };
  const tick = ticker(stage, events);
  const options = { ...project.validation, ...presumed, report, offersChanged: scope === undefined };
  const references = referencesOf(options);
  const records =
    scope === undefined
      ? recordsInParts(project, { tick, order, references })
      : project.records(tick, order, scope.files);
  const run = checking(records, { ...options, references, valuesUnused: true });
  await drain(run.records, events);
  return {
    ...run.summary(),
    ...tally(),
    tables: project.types.length,
    unchanged: scope?.presumed.length,
    checksSkipped: 0,
  };
}

/** The valid records, with undefined for the others, and the summary of those read so far. */
export function checking<T extends Input>(
  records: Iterable<T>,
  options: ValidateOptions,
): { readonly records: Iterable<CheckedRecord | PartOf<T> | undefined>; readonly summary: () => ValidateSummary } {
  let summary: ValidateSummary = { records: 0, spansChecked: 0, spansUnchecked: 0, documentsMissing: 0 };
  const checked = summarized(validateRecords(records, options), (found) => {
    summary = found;
  });
  return { records: checked, summary: () => summary };
}

/** What a generator yields; what it returns is passed on. */
function* summarized<T, R>(values: Generator<T, R>, onSummary: (summary: R) => void): Generator<T> {
  onSummary(yield* values);
}

/** What has changed in the folders of a project: paths below the top of the work tree. */
export interface Changes {
  readonly repository: Repository;
  readonly files: ReadonlySet<string>;
}

/**
 * What has changed since a commit, branch or tag. Git compares the files while this process goes on, for example with
 * opening the project.
 * @throws Failure if it is not the name of a commit
 */
export async function changesSince(options: ProjectOptions, name: string): Promise<Changes> {
  const repository = findRepository([options.schema.path, options.raw.path]);
  if ('why' in repository)
    throw new Failure(sentence`${option('changed')} needs a git repository, and ${repository.why}`);
  const base = repository.mergeBase(name, 'HEAD');
  return { repository, files: await repository.changesMeanwhile(base, foldersOf(options)) };
}

/** Valid records with their places, and parts, as long as they are wanted; undefined for the others. */
export function placed<T extends CheckedRecord | CheckedPart>(
  records: Iterable<T | undefined>,
  wanted: () => boolean,
): Generator<PlacedRecord | PartOf<T> | undefined>;
export function* placed(
  records: Iterable<CheckedRecord | CheckedPart | undefined>,
  wanted: () => boolean,
): Generator<PlacedRecord | CheckedPart | undefined> {
  for (const record of records) {
    if (record === undefined || !wanted()) yield undefined;
    else if (isPart(record)) yield record;
    else {
      const { type, value, file, index, print } = record;
      yield { type, value, file: file.name, index, print };
    }
  }
}
