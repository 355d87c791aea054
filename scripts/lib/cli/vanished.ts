import path from 'node:path';
import type { Edition } from '../compare/edition.ts';
import type { Problem } from '../problem.ts';
import { quoted } from '../text.ts';
import type { Project } from './project.ts';

/**
 * Identifiers never vanish: a record of the old edition that stands nowhere in the new one, not even among the withdrawn, is a problem at the place of its file.
 * @param from name of the commit that holds the old edition, to restore the file from
 */
export function vanished(before: Edition, after: Edition, project: Project, from: string): readonly Problem[] {
  const withKey = new Set(project.types.filter((type) => type.key !== undefined).map((type) => type.name));
  const found: Problem[] = [];
  for (const [key, { table, id, file }] of before.records) {
    if (after.records.has(key) || !withKey.has(table)) continue;
    const at = path.join(project.rawShown, file);
    const type = project.types.find((t) => t.name === table);
    const twin = [...after.records.values()].find((record) => record.file === file);
    const message = `the published record ${quoted(id)} of ${table} is gone${twin === undefined ? '' : `; its file now holds ${quoted(twin.id)}`}`;
    const withdraw =
      type?.withdrawal === undefined
        ? ''
        : `, and give it "${type.withdrawal}" with "date" and "reason" where it is wrong`;
    found.push({
      file: at,
      line: 1,
      column: 1,
      pointer: '',
      rule: 'withdrawal',
      severity: 'error',
      message,
      hint: `an identifier never changes and never vanishes: restore it with \`git checkout ${from} -- ${at}\`${withdraw}`,
    });
  }
  return found;
}
