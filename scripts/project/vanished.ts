import path from 'node:path';
import type { Edition } from '../compare/edition.ts';
import { Failure, type Problem } from '../base/problem.ts';
import { type Repository, findRepository } from '../disk/git.ts';
import { quoted } from '../base/text.ts';
import type { Project } from './openProject.ts';
import { lastRelease, tagOf } from './versionTags.ts';

/**
 * Identifiers never disappear: if a record of the last release is missing now, even among the withdrawn, that is a
 * problem at its file.
 * @param from name of the commit that holds the old edition, to restore the file from
 */
export function vanishedRecords(before: Edition, after: Edition, project: Project, from: string): readonly Problem[] {
  return [...before.records].flatMap(([key, { table, id, file }]) => {
    if (after.records.has(key) || project.types.find((type) => type.name === table)?.key === undefined) return [];
    return [vanished(project, { table, id, file }, from)];
  });
}

/**
 * The same by names of files, which is fast enough for `validate`: only records with a file each, in tables whose
 * records can be withdrawn, and only if there is a release to compare with. A warning if git cannot tell.
 */
export function vanishedFiles(project: Project): readonly Problem[] {
  const tables = new Set(project.types.filter((type) => type.withdrawal !== undefined).map((type) => type.name));
  if (tables.size === 0 || project.validation.layout === 'any') return [];
  const repository = findRepository([project.schemaPath, project.rawPath]);
  if ('why' in repository) return repository.plain ? [] : notChecked(project, repository.why);
  try {
    return vanishedFrom(repository, project, tables);
  } catch (error) {
    if (error instanceof Failure) return notChecked(project, error.message);
    throw error;
  }
}

function vanishedFrom(repository: Repository, project: Project, tables: ReadonlySet<string>): readonly Problem[] {
  const last = lastRelease(repository);
  if (last === undefined) {
    // a dataset that has not been released yet has no tag either: that alone is not a reason to warn
    const left = repository.tagsLeftOut();
    return left === undefined ? [] : notChecked(project, `${left.why}, and has no version tag`, left.command);
  }
  const present = new Set(project.files.map((file) => file.name));
  const absent = filesOf(repository, project, tagOf(last)).filter((file) => !present.has(file));
  const notHere = absent.length === 0 ? new Set<string>() : leftOut(repository, project);
  return absent.flatMap((file) => {
    const [, table = '', id = ''] = /^([^/]+)\/(?:.*\/)?([^/]+)\.json$/.exec(file) ?? [];
    return tables.has(table) && !notHere.has(file) ? [vanished(project, { table, id, file }, tagOf(last))] : [];
  });
}

/** A warning that published records were not looked for; without a dataset.json nothing can be published. */
function notChecked({ folder, schemaShown }: Project, why: string, command?: string): readonly Problem[] {
  if (!folder.dataset.described) return [];
  return [
    {
      file: path.join(schemaShown, 'dataset.json'),
      line: 1,
      column: 1,
      pointer: '',
      rule: 'withdrawal',
      severity: 'warning',
      message: `not checked whether published records are gone: ${why}`,
      hint: command === undefined ? undefined : `run \`${command}\``,
    },
  ];
}

/** Record files that differ from a tag, below the folder of records. */
function filesOf(repository: Repository, project: Project, tag: string): readonly string[] {
  return [...repository.changes(`refs/tags/${tag}`, [project.rawPath])].map(belowRaw(repository, project));
}

/** Record files of the last commit, by their names, that a sparse checkout leaves out: they are not missing. */
export function leftOut(repository: Repository, project: Pick<Project, 'rawPath'>): ReadonlySet<string> {
  return new Set([...repository.notCheckedOut([project.rawPath])].map(belowRaw(repository, project)));
}

function belowRaw({ root }: Repository, { rawPath }: Pick<Project, 'rawPath'>): (file: string) => string {
  return (file) => path.relative(rawPath, path.join(root, file)).split(path.sep).join('/');
}

function vanished(
  { rawShown, types, files }: Project,
  { table, id, file }: { readonly table: string; readonly id: string; readonly file: string },
  from: string,
): Problem {
  const at = path.join(rawShown, file);
  const withdrawal = types.find((t) => t.name === table)?.withdrawal;
  const still = files.some((f) => f.name === file);
  const withdraw =
    withdrawal === undefined ? '' : `, and if it is wrong, withdraw it there: "${withdrawal}" with "date" and "reason"`;
  return {
    file: at,
    line: 1,
    column: 1,
    pointer: '',
    rule: 'withdrawal',
    severity: 'error',
    message: `the published record ${quoted(id)} of ${table} is gone${still ? ' from this file' : ''}`,
    hint: `published identifiers must stay: restore it with \`git checkout ${from} -- ${at}\`${withdraw}`,
  };
}
