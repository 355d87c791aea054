import { Failure } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import { treeFileSystem } from '../commitTree.ts';
import type { FileSystem } from '../fileSystem.ts';
import type { GitCalls } from './calls.ts';

/** The index: what the next commit is going to hold, whatever the work tree holds. */
export interface Staged {
  /** Files below folders that differ from the last commit, those that are gone included, as paths below the top. */
  readonly changes: (folders: readonly string[]) => ReadonlySet<string>;
  /** The staged files, at the paths at which they stand in the work tree. */
  readonly tree: () => FileSystem;
  /** Whether something else is to be committed than what the index holds afterwards: `git commit <path>` makes an index of its own. */
  readonly isTemporary: () => boolean;
  /** Whether a commit would hold what the last one does, and is no merge. */
  readonly isEmpty: () => boolean;
  /** Stages another text for a file that is staged; the work tree is left alone. */
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
