import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { dataset, withdrawable } from './fixture.ts';
import { writeFiles } from './run.ts';

/** Runs git in a folder; ignores the user's name, signing and default branch. */
export function git(folder: string, ...args: readonly string[]): string {
  const own = [
    '-c',
    'user.name=Ida',
    '-c',
    'user.email=ida@example.org',
    '-c',
    'commit.gpgsign=false',
    '-c',
    'init.defaultBranch=main',
  ];
  return execFileSync('git', [...own, ...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

/**
 * A small dataset in which every record can be withdrawn, in a repository with one commit. The texts of its sources are
 * not in git.
 */
export function repository(more: Readonly<Record<string, string | object>> = {}): string {
  const folder = dataset({ ...withdrawable, '.gitignore': '/sources/\n/dist/\n', ...more });
  git(folder, 'init', '-q');
  commit(folder, 'Begin', {});
  return folder;
}

/** Writes files (undefined removes one), and commits everything. */
export function commit(
  folder: string,
  subject: string,
  files: Readonly<Record<string, string | object | undefined>>,
): void {
  for (const [file, content] of Object.entries(files)) {
    if (content === undefined) fs.rmSync(path.join(folder, file));
    else writeFiles(folder, { [file]: content });
  }
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '--allow-empty', '-m', subject);
}

/** The fixture's `dataset.json` with another version. */
export function versioned(version: string): Record<string, object> {
  return {
    'schema/dataset.json': {
      name: 'ferries',
      version,
      title: 'Ferries',
      licenses: [{ name: 'CC0-1.0', scope: 'data' }],
    },
  };
}
