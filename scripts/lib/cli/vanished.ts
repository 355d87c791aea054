import path from 'node:path';
import type { Edition } from '../compare/edition.ts';
import type { Problem } from '../problem.ts';
import { type Repository, openRepository } from '../read/git.ts';
import { quoted } from '../text.ts';
import type { Project } from '../project/project.ts';
import { lastRelease, tagOf } from './versionTags.ts';

/**
 * Identifiers never vanish: a record of the last release that stands nowhere any more, not even among the withdrawn, is a problem at the place of its file.
 * @param from name of the commit that holds the old edition, to restore the file from
 */
export function vanishedRecords(before: Edition, after: Edition, project: Project, from: string): readonly Problem[] {
  return [...before.records].flatMap(([key, { table, id, file }]) => {
    if (after.records.has(key) || project.types.find((type) => type.name === table)?.key === undefined) return [];
    return [vanished(project, { table, id, file }, from)];
  });
}

/**
 * The same by names of files, which is what `validate` can afford: of records that have a file each, in tables whose records can be withdrawn, and only
 * where there is a release to compare with.
 */
export function vanishedFiles(project: Project): readonly Problem[] {
  const tables = new Set(project.types.filter((type) => type.withdrawal !== undefined).map((type) => type.name));
  const repository =
    tables.size === 0 || project.validation.layout === 'any' ? undefined : openRepository(project.rawPath);
  const last = repository === undefined ? undefined : lastRelease(repository);
  if (repository === undefined || last === undefined) return [];
  const present = new Set(project.files.map((file) => file.name));
  return filesOf(repository, project, tagOf(last)).flatMap((file) => {
    const [, table = '', id = ''] = /^([^/]+)\/(?:.*\/)?([^/]+)\.json$/.exec(file) ?? [];
    return present.has(file) || !tables.has(table) ? [] : [vanished(project, { table, id, file }, tagOf(last))];
  });
}

/** Record files that differ from a tag, below the folder of records. */
function filesOf(repository: Repository, { rawPath }: Project, tag: string): readonly string[] {
  const changes = repository.changes(`refs/tags/${tag}`, [rawPath]);
  const below = (file: string): string =>
    path.relative(rawPath, path.join(repository.root, file)).split(path.sep).join('/');
  return [...changes].map(below);
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
    hint: `an identifier never changes and never vanishes: restore it with \`git checkout ${from} -- ${at}\`${withdraw}`,
  };
}
