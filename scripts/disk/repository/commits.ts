import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import { type CommitTree, below, listTree, treeFileSystem } from '../commitTree.ts';
import type { FileSystem } from '../fileSystem.ts';
import { runGit } from '../runGit.ts';
import type { GitCalls } from './calls.ts';

/** What makes a commit, or reads its files. */
export interface Commits {
  /**
   * Commits every change below folders and nothing else, on a branch that is created if it does not exist. The user's
   * hooks run. Returns the hash. @throws Failure in git's words
   */
  readonly commitChanges: (folders: readonly string[], message: string, branch: string) => string;
  /**
   * Makes a clone of the repository in a new folder, with the files of a commit exactly as they are stored: no filters,
   * no converted line ends.
   */
  readonly cloneAt: (commit: string, folder: string) => void;
  /** The files of a commit, at their paths in the work tree. Read-only. */
  readonly tree: (commit: string) => FileSystem;
  /** The entries of a commit below folders. */
  readonly entries: (commit: string, folders: readonly string[]) => CommitTree;
}

/** Makes commits in a repository, and reads their files. */
export function commitsOf(git: GitCalls): Commits {
  const { root, ask, text, inside, lookUp, commit } = git;
  return {
    commitChanges(folders, message, branch) {
      const current = ask(['symbolic-ref', '--quiet', '--short', 'HEAD']).bytes.toString('utf8').trim();
      if (branch !== current) {
        if (ask(['check-ref-format', '--branch', branch]).status !== 0)
          throw new Failure(`${quoted(branch)} cannot be the name of a branch`);
        const exists = lookUp(`refs/heads/${branch}`, `the branch ${quoted(branch)}`) !== undefined;
        text(`switch to the branch ${quoted(branch)}`, ['switch', '--quiet', ...(exists ? [] : ['--create']), branch]);
      }
      const only = ['--', ...inside(folders)];
      text('add the changes', ['add', '--all', ...only]);
      const args = ['commit', '--quiet', '--file=-', '--only', ...only];
      text('commit', args, { input: message, ownHooks: true });
      return commit('HEAD');
    },
    cloneAt(hash, folder) {
      const checkOut = `check out ${hash}`;
      text(checkOut, ['clone', '--quiet', '--no-checkout', '--shared', '--template=', '--', root, folder]);
      const info = path.join(folder, '.git', 'info');
      mkdirSync(info, { recursive: true });
      writeFileSync(path.join(info, 'attributes'), asStored);
      const done = runGit(folder, ['checkout', '--quiet', '--detach', hash]);
      if (done.status !== 0) throw new Failure(`git could not ${checkOut}: ${done.words}`);
    },
    tree: (hash) => treeFileSystem(git, hash),
    entries: (hash, folders) =>
      listTree(
        git,
        hash,
        folders.map((at) => below(root, at)),
      ),
  };
}

/** Attributes for every file that turn off what `.gitattributes` and `core.autocrlf` would convert. */
const asStored = '* -text !eol -ident -filter !working-tree-encoding\n';
