import { Failure } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import { nulSeparated } from '../commitTree.ts';
import type { GitCalls } from './calls.ts';

/** What git knows about commits. */
export interface History {
  /** The full hash of the commit with a name. @throws Failure if there is none, or the clone is too shallow to tell */
  readonly commit: (name: string) => string;
  /** Full hash of the newest commit that two have in common. @throws Failure if there is none */
  readonly mergeBase: (a: string, b: string) => string;
  /** The commit that is checked out, and when it was made; undefined before the first one. */
  readonly head: () => { readonly commit: string; readonly date: Date } | undefined;
  /** When a file was last added to the history, in seconds since 1970; infinite if it is in no commit. */
  readonly addedAt: (file: string) => number;
  /**
   * Full hashes of the commits, on any branch or tag, that changed a file, the newest first. With a pattern (POSIX,
   * extended), only those that added or removed a line that has it.
   */
  readonly changesOf: (file: string, pattern?: string) => readonly string[];
  /** The lines of a file in a commit that have a pattern (POSIX, extended); none if the file is not there. */
  readonly linesIn: (commit: string, file: string, pattern: string) => readonly string[];
  /** The names of the authors of the commits that changed files or folders; those of all commits without any. */
  readonly authors: (files?: readonly string[]) => readonly string[];
  /** Subject of the newest commit after `from` and up to `to` that changed a file, by the file's path below the top. */
  readonly subjectOf: (from: string, to: string, folders: readonly string[]) => ReadonlyMap<string, string>;
}

/** The history of a repository. */
export function historyOf({ commit, ask, text, inside, hint }: GitCalls): History {
  return {
    commit,
    mergeBase(a, b) {
      const first = commit(a);
      const second = a === b ? first : commit(b);
      if (first === second) return first;
      const { status, bytes, words } = ask(['merge-base', first, second]);
      if (status === 0) return bytes.toString('utf8').trim();
      if (status === 1) throw new Failure(`${quoted(a)} and ${quoted(b)} have no commit in common${hint}`);
      throw new Failure(`git could not compare ${quoted(a)} and ${quoted(b)}: ${words}${hint}`);
    },
    head() {
      const { status } = ask(['rev-parse', '--verify', '--quiet', 'HEAD']);
      if (status !== 0) return undefined;
      const line = text('read the commit', ['rev-list', '--max-count=1', '--timestamp', 'HEAD', '--']);
      const [seconds = '', hash = ''] = line.trim().split(' ');
      return { commit: hash, date: new Date(Number(seconds) * 1000) };
    },
    addedAt(file) {
      const [at] = inside([file]);
      const { status, bytes } = ask(['log', '-1', '--diff-filter=A', '--format=%ct', 'HEAD', '--', at ?? '.']);
      const seconds = bytes.toString('utf8').trim();
      return status === 0 && seconds !== '' ? Number(seconds) : Number.POSITIVE_INFINITY;
    },
    changesOf: (file, pattern) => changesOf(text, inside([file]), pattern),
    linesIn(hash, file, pattern) {
      const flags = ['--text', '--no-textconv', '-h', '--no-line-number', '--no-column', '--extended-regexp'];
      const { status, bytes, words } = ask(['grep', ...flags, '-e', pattern, hash, '--', ...inside([file])]);
      if (status !== 0 && status !== 1) throw new Failure(`git could not search a commit: ${words}${hint}`);
      return bytes.toString('utf8').split('\n');
    },
    authors(files) {
      // without a path, git lists all commits
      if (files?.length === 0 || ask(['rev-parse', '--verify', '--quiet', 'HEAD']).status !== 0) return [];
      const only = files === undefined ? [] : inside(files);
      const log = text('list the authors', ['log', '--format=%aN', 'HEAD', '--', ...only]);
      return [...new Set(log.split('\n'))].filter((name) => name !== '');
    },
    subjectOf(from, to, folders) {
      const only = ['--', ...inside(folders)];
      const commits = text('list the commits', ['rev-list', `${from}..${to}`, ...only]);
      const args = ['diff-tree', '--stdin', '-r', '-z', '--name-only', '--no-renames', '--root', '--encoding=UTF-8'];
      const log = text('list the changes', [...args, '--format=%x00%x00%s', ...only], { input: commits });
      return parseSubjects(nulSeparated(log));
    },
  };
}

function changesOf(text: GitCalls['text'], files: readonly string[], pattern: string | undefined): readonly string[] {
  // whatever the attributes of a file are, its lines are compared as they are
  const having = pattern === undefined ? [] : [`-G${pattern}`, '--text', '--no-textconv', '--no-ext-diff', '-m'];
  const args = ['log', '--all', '--full-history', '--format=%H', ...having, '--', ...files];
  const hashes = text('search its commits', args).split('\n');
  return [...new Set(hashes)].filter((hash) => hash !== '');
}

/** Commits with two NULs before each subject, followed by the files of the commit. The newest commit comes first. */
function parseSubjects(fields: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let subject = '';
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i] ?? '';
    if (field === '' && fields[i + 1] === '') {
      subject = (fields[i + 2] ?? '').trim();
      i += 2;
      continue;
    }
    const name = field.replace(/^\n/, '');
    if (name !== '' && !found.has(name)) found.set(name, subject);
  }
  return found;
}
