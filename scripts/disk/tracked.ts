import path from 'node:path';
import { runGit } from './runGit.ts';

/** The files that git tracks among names in a folder, and below them. Empty if the folder is not in a repository. */
export function trackedFiles(folder: string, names: readonly string[]): ReadonlySet<string> {
  const { status, bytes } = runGit(folder, ['ls-files', '-z', '--', ...names]);
  const found = status === 0 ? bytes.toString('utf8').split('\0') : [];
  return new Set(found.filter((name) => name !== '').map((name) => path.join(folder, name)));
}
