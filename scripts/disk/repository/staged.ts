import { Failure } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import { treeFileSystem } from '../commitTree.ts';
import type { FileSystem } from '../fileSystem.ts';
import type { GitCalls } from './calls.ts';

/** The index: what the next commit will contain, regardless of the work tree. */
export interface Staged {
  /** Files below folders that differ from the last commit, including removed ones, as paths below the top. */
  readonly changes: (folders: readonly string[]) => ReadonlySet<string>;
  /** The staged files, at their paths in the work tree. */
  readonly tree: () => FileSystem;
  /** Whether the commit uses a temporary index: `git commit <path>` makes one. */
  readonly isTemporary: () => boolean;
  /** Whether a commit would equal the last one, and is not a merge. */
  readonly isEmpty: () => boolean;
  /** Stages another text for a staged file; the work tree does not change. */
  readonly replace: (file: string, text: string) => void;
}

/** The index of a repository. */
export function stagedOf(git: GitCalls): Staged {
  const { ask, text, names, inside } = git;
  return {
    changes(folders) {
      const only = ['--', ...inside(folders)];
      const { status } = ask(['rev-parse', '--verify', '--quiet', 'HEAD']);
      const args =
        status === 0
          ? ['diff-index', '--cached', '-z', '--name-only', '--no-renames', 'HEAD', ...only]
          : ['ls-files', '-z', ...only];
      return new Set(names('list what is staged', args));
    },
    isEmpty() {
      if (ask(['rev-parse', '--verify', '--quiet', 'MERGE_HEAD']).status === 0) return false;
      return ask(['diff-index', '--cached', '--quiet', 'HEAD', '--']).status === 0;
    },
    tree() {
      const { status, bytes, words } = ask(['write-tree']);
      if (status === 0) return treeFileSystem(git, bytes.toString('utf8').trim());
      throw new Failure(`git cannot write the staged files as a tree: are there conflicts? (${words})`);
    },
    isTemporary: () => /next-index/.test(process.env['GIT_INDEX_FILE'] ?? ''),
    replace(file, content) {
      const what = `stage ${quoted(file)}`;
      const [mode = '100644'] = /^\d+/.exec(text(what, ['ls-files', '--stage', '--', file])) ?? [];
      const blob = text(what, ['hash-object', '-w', '--stdin'], { input: content }).trim();
      text(what, ['update-index', '--cacheinfo', `${mode},${blob},${file}`]);
    },
  };
}
