import os from 'node:os';
import path from 'node:path';
import { below } from '../commitTree.ts';
import type { GitCalls } from './calls.ts';

const ignored = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard'];

interface Ignored {
  /** Files below folders that git ignores, as paths below the top. */
  readonly ignoredFiles: (folders: readonly string[]) => readonly string[];
  /** Whether git ignores a whole folder. */
  readonly ignores: (at: string) => boolean;
}

/** What git knows about the work tree. Nothing here changes it. */
export interface WorkTree extends Ignored {
  /** The branch that is checked out; undefined if a commit is checked out. */
  readonly branch: () => string | undefined;
  /** All local branches. */
  readonly branches: () => readonly string[];
  /** The names of other repositories that commits can be sent to. */
  readonly remotes: () => readonly string[];
  /** The author's name for commits; undefined if none is set. */
  readonly user: () => string | undefined;
  /** The folder of the hooks; undefined if it belongs to others too, and not to this repository alone. */
  readonly hooks: () => string | undefined;
  /** Whether git knows a file below one of the folders. */
  readonly tracks: (folders: readonly string[]) => boolean;
  /** What `git status` shows in the work tree, as paths below its top: of a new folder, only the folder. */
  readonly uncommitted: () => readonly string[];
  /** The same below folders, with every file of a new folder. */
  readonly uncommittedFiles: (folders: readonly string[]) => readonly string[];
  /**
   * Files below folders that can differ between a commit and the work tree, as paths below the top. They include those
   * that git ignores, and those that it was configured to treat as unchanged.
   */
  readonly changes: (from: string, folders: readonly string[]) => ReadonlySet<string>;
  /** The same, while this process goes on. */
  readonly changesMeanwhile: (from: string, folders: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Files of the last commit below folders that a sparse checkout leaves out, as paths below the top. */
  readonly notCheckedOut: (folders: readonly string[]) => ReadonlySet<string>;
}

/** The work tree of a repository. */
export function workTreeOf({ root, ask, text, names, namesMeanwhile, inside }: GitCalls): WorkTree {
  const statusOf = (which: readonly string[]): readonly string[] => {
    const args = ['status', '--porcelain', '-z', '--no-renames', '--ignore-submodules=none'];
    return names('compare the work tree', [...args, ...which]).map((entry) => entry.slice(3));
  };
  return {
    branch() {
      const { status, bytes } = ask(['symbolic-ref', '--quiet', '--short', 'HEAD']);
      return status === 0 ? bytes.toString('utf8').trim() : undefined;
    },
    branches: () =>
      text('list its branches', ['for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads'])
        .split('\n')
        .filter((name) => name !== ''),
    remotes: () =>
      text('list its remotes', ['remote'])
        .split('\n')
        .filter((name) => name !== ''),
    user() {
      const { status, bytes } = ask(['config', '--get', 'user.name']);
      return status === 0 ? bytes.toString('utf8').trim() : undefined;
    },
    hooks() {
      const args = ['rev-parse', '--git-path', 'hooks', '--git-path', 'config'];
      const [hooks, config] = text('find its hooks', args, { ownHooks: true }).split('\n');
      if (hooks === undefined || config === undefined) return undefined;
      const at = path.resolve(root, hooks);
      // linked work trees share the settings and hooks of the first one
      const own = [root, path.dirname(path.resolve(root, config))];
      return own.some((top) => at.startsWith(top + path.sep)) ? at : undefined;
    },
    tracks: (folders) => names('list its files', ['ls-files', '-z', '--', ...inside(folders)]).length > 0,
    uncommitted: () => statusOf(['--untracked-files=normal']),
    uncommittedFiles: (folders) => statusOf(['--untracked-files=all', '--', ...inside(folders)]),
    changes(from, folders) {
      const { differing, listed, read } = contrast(from, inside(folders));
      return read(names(...differing), names(...listed));
    },
    async changesMeanwhile(from, folders) {
      const { differing, listed, read } = contrast(from, inside(folders));
      return read(...(await Promise.all([namesMeanwhile(...differing), namesMeanwhile(...listed)])));
    },
    notCheckedOut(folders) {
      const listed = names('list its files', ['ls-files', '-z', '-v', '-c', '--', ...inside(folders)]);
      return new Set(listed.filter((entry) => /^s /i.test(entry)).map((entry) => entry.slice(2)));
    },
    ...ignoredIn({ root, names, inside }),
  };
}

/** What git ignores. */
function ignoredIn({ root, names, inside }: Pick<GitCalls, 'root' | 'names' | 'inside'>): Ignored {
  const listed = (more: readonly string[], folders: readonly string[]): readonly string[] =>
    names('list what is ignored', [...ignored, ...more, '--', ...inside(folders)]);
  return {
    ignoredFiles: (folders) => listed([], folders),
    ignores: (at) => listed(['--directory'], [at]).some((name) => name === `${below(root, at)}/`),
  };
}

type Question = readonly [what: string, args: readonly string[]];

/** How a commit is compared with the work tree: two questions, and the files that differ by their answers. */
interface Contrast {
  readonly differing: Question;
  readonly listed: Question;
  readonly read: (differing: readonly string[], listed: readonly string[]) => ReadonlySet<string>;
}

function contrast(from: string, inside: readonly string[]): Contrast {
  const differing = ['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--no-textconv'];
  const plain = ['--no-relative', `-O${os.devNull}`, '--ignore-submodules=none'];
  return {
    differing: ['compare the work tree', [...differing, ...plain, from, '--', ...inside]],
    // untracked files (?), also ignored ones; files that git treats as unchanged have the tag S or a lower-case letter
    listed: ['list its files', ['ls-files', '-z', '-v', '-c', '-o', '--', ...inside]],
    read(changed, listed) {
      const unseen = listed.filter((entry) => !entry.startsWith('H ')).map((entry) => entry.slice(2));
      return new Set([...changed, ...unseen]);
    },
  };
}
