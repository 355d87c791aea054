import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Failure } from '../base/problem.ts';
import { list, quoted } from '../base/text.ts';
import { type CommitTree, below, listTree, nulSeparated, treeFileSystem } from './commitTree.ts';
import type { FileSystem } from './fileSystem.ts';
import { type GitAnswer, type GitOptions, runGit } from './runGit.ts';

/** What git knows of the folders that a dataset comes from. Nothing here touches the work tree or the index. */
export interface Repository {
  /** Top of the work tree, spelt as the folder was given. */
  readonly root: string;
  /** The hash with which objects are named. */
  readonly objectFormat: 'sha1' | 'sha256';
  /** Full hash of the commit that a name stands for. @throws Failure where there is none, or the clone is too shallow to tell */
  readonly commit: (name: string) => string;
  /** Full hash of the newest commit that two have in common. @throws Failure where there is none */
  readonly mergeBase: (a: string, b: string) => string;
  /** Names of the tags that are reachable from a commit. */
  readonly tags: (from: string) => readonly string[];
  /**
   * Why tags of releases may exist that this clone lacks, and the command that fetches them; undefined where it has
   * what its origin had.
   */
  readonly tagsLeftOut: () => { readonly why: string; readonly command: string } | undefined;
  /** Full hash of a tag's commit, undefined where there is no such tag. @throws Failure for a tag of something else */
  readonly tag: (name: string) => string | undefined;
  /** Creates a tag on a commit. */
  readonly createTag: (name: string, commit: string) => void;
  /** The commit that is checked out, and when it was made; undefined where there is none yet. */
  readonly head: () => { readonly commit: string; readonly date: Date } | undefined;
  /** Whether git knows a file below one of the folders. */
  readonly tracks: (folders: readonly string[]) => boolean;
  /** What `git status` shows in the work tree, as paths below its top. */
  readonly uncommitted: () => readonly string[];
  /**
   * Files below folders that can differ between a commit and the work tree, as paths below the top.
   * Those that git ignores, and those that it was told to take for unchanged, are among them.
   */
  readonly changes: (from: string, folders: readonly string[]) => ReadonlySet<string>;
  /** When a file was last added to the history, in seconds since 1970; infinite where no commit has it. */
  readonly addedAt: (file: string) => number;
  /** Files of the last commit below folders that a sparse checkout leaves out, as paths below the top. */
  readonly notCheckedOut: (folders: readonly string[]) => ReadonlySet<string>;
  /** Subject of the newest commit after `from` and up to `to` that changed a file, by the file's path below the top. */
  readonly subjectOf: (from: string, to: string, folders: readonly string[]) => ReadonlyMap<string, string>;
  /**
   * Makes a clone of the repository in a new folder, with the files of a commit as they are stored: no filter and no
   * line ending is converted.
   */
  readonly cloneAt: (commit: string, folder: string) => void;
  /** The branch that is checked out; undefined where it is a commit. */
  readonly branch: () => string | undefined;
  /** The name that commits are made under; undefined where none is set. */
  readonly user: () => string | undefined;
  /** Whether git ignores a whole folder. */
  readonly ignores: (at: string) => boolean;
  /**
   * Commits every change below folders and nothing else, on a branch that is made where there is none of its name.
   * The user's hooks run. Gives the hash. @throws Failure in git's words
   */
  readonly commitChanges: (folders: readonly string[], message: string, branch: string) => string;
  /** The folder of the hooks; undefined where it is not the repository's own, but one that others share. */
  readonly hooks: () => string | undefined;
  /** What is staged for the next commit. */
  readonly staged: Staged;
  /** The files of a commit, at the paths at which they stand in the work tree. It cannot be written to. */
  readonly tree: (commit: string) => FileSystem;
  /** The entries of a commit below folders. */
  readonly entries: (commit: string, folders: readonly string[]) => CommitTree;
}

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

/** Why folders have no repository that commands can work with. */
export interface NoRepository {
  readonly why: string;
  /** Whether there simply is none, which is no fault. */
  readonly plain: boolean;
}

export interface RepositoryOptions {
  /** Works on the repository and the index that git names to a hook. */
  readonly inHook?: boolean;
}

/** The repository whose work tree holds folders. @throws Failure where there is none, or git refuses it */
export function openRepository(folders: readonly string[], options: RepositoryOptions = {}): Repository {
  const found = findRepository(folders, options);
  if ('why' in found) throw new Failure(found.why);
  return found;
}

/** The repository whose work tree holds folders, or why there is none. */
export function findRepository(folders: readonly string[], options: RepositoryOptions = {}): Repository | NoRepository {
  const answers: (PlaceInTree | NoRepository)[] = [];
  for (const folder of folders) {
    const [known] = answers;
    const same = known !== undefined && 'top' in known && isPlainlyIn(known, folder);
    answers.push(same ? known : placeOf(folder, options));
  }
  const [first] = answers;
  if (first === undefined || answers.every((answer) => 'plain' in answer && answer.plain)) return noneHere;
  const refused = answers.find((answer) => 'plain' in answer && !answer.plain);
  if (refused !== undefined && 'plain' in refused) return refused;
  const tops = answers.map((answer) => ('top' in answer ? answer.top : undefined));
  if (!('top' in first) || tops.some((top) => top !== first.top)) return { why: apart(folders, tops), plain: false };
  return repositoryAt(first, options);
}

const noneHere: NoRepository = { why: 'there is no git repository here', plain: true };

function apart(folders: readonly string[], tops: readonly (string | undefined)[]): string {
  const each = folders.map((folder, i) => `${folder} is in ${tops[i] === undefined ? 'none' : `that of ${tops[i]}`}`);
  return `the folders are not in one git repository: ${list(each)}`;
}

/** Where a folder stands in a work tree. */
interface PlaceInTree {
  /** Top of the work tree, without links. */
  readonly top: string;
  /** The same, spelt as the folder was given. */
  readonly root: string;
  readonly objectFormat: 'sha1' | 'sha256';
  readonly shallow: boolean;
}

const questions = ['--show-toplevel', '--show-prefix', '--is-shallow-repository', '--show-object-format'];

function placeOf(folder: string, options: RepositoryOptions): PlaceInTree | NoRepository {
  // a missing folder is reported where it is read
  if (!existsSync(folder)) return noneHere;
  const { status, bytes, words } = runGit(folder, ['rev-parse', ...questions], options);
  if (status === undefined) return holdsGit(folder) ? { why: words, plain: false } : noneHere;
  if (status !== 0) {
    if (/not a git repository/.test(words) && !holdsGit(folder)) return noneHere;
    return { why: `git refuses the repository here: ${words}`, plain: false };
  }
  const [top = '', prefix = '', shallow, format] = bytes.toString('utf8').split('\n');
  const inside = prefix.replace(/\/$/, '').split('/').join(path.sep);
  const root = inside === '' ? folder : folder.slice(0, -inside.length - 1);
  if (path.join(root, inside) !== path.join(folder) || realpathSync(root) !== realpathSync(top))
    return {
      why: `${folder} is reached through a link inside its git repository: name the folder itself`,
      plain: false,
    };
  return {
    top,
    root,
    objectFormat: format === 'sha256' ? 'sha256' : 'sha1',
    shallow: shallow === 'true',
  };
}

/** Whether a folder is in a work tree for sure: neither a link nor another repository is on the way to it. */
function isPlainlyIn({ root, top }: PlaceInTree, folder: string): boolean {
  const inside = path.relative(root, folder);
  if (inside === '') return true;
  if (inside.startsWith('..') || path.isAbsolute(inside) || !existsSync(folder)) return false;
  if (realpathSync(folder) !== path.join(realpathSync(top), inside)) return false;
  const steps = inside.split(path.sep).map((_, i, all) => all.slice(0, i + 1).join(path.sep));
  return !steps.some((step) => existsSync(path.join(root, step, '.git')));
}

/** Whether a folder, or one above it, looks like a repository; then git not finding one is news. */
function holdsGit(folder: string): boolean {
  const above = path.dirname(folder);
  return existsSync(path.join(folder, '.git')) || (above !== folder && holdsGit(above));
}

function repositoryAt({ root, objectFormat, shallow }: PlaceInTree, options: RepositoryOptions): Repository {
  const ask = (args: readonly string[], more: GitOptions = {}): GitAnswer =>
    runGit(root, args, { ...options, ...more });
  /** The output of a call that has to succeed. @throws Failure in git's words */
  const text = (what: string, args: readonly string[], more: GitOptions = {}): string => {
    const { status, bytes, words } = ask(args, more);
    if (status !== 0) throw new Failure(`git could not ${what}: ${words}`);
    return bytes.toString('utf8');
  };
  const names = (what: string, args: readonly string[]): readonly string[] => nulSeparated(text(what, args));
  const inside = (folders: readonly string[]): readonly string[] => folders.map((at) => below(root, at) || '.');
  const hint = shallow ? '; this clone is shallow: fetch what is missing with `git fetch --unshallow --tags`' : '';

  /** The hash of an object; undefined where there is no such name. @throws Failure where the repository is damaged */
  const lookUp = (name: string, what: string): string | undefined => {
    const { status, bytes, words } = ask(['rev-parse', '--verify', '--quiet', '--end-of-options', name]);
    if (status === 0) return bytes.toString('utf8').trim();
    if (status === 1) return undefined;
    throw new Failure(`git could not look up ${what}: ${words}${hint}`);
  };
  const commit = (name: string): string => {
    const hash = lookUp(`${name}^{commit}`, quoted(name));
    if (hash !== undefined) return hash;
    const object = lookUp(name, quoted(name));
    const why = object === undefined ? '' : `: the object ${object.slice(0, 12)} is missing, or is no commit`;
    throw new Failure(`git knows no commit called ${quoted(name)}${why}${hint}`);
  };
  return {
    root,
    objectFormat,
    commit,
    mergeBase(a, b) {
      const { status, bytes, words } = ask(['merge-base', commit(a), commit(b)]);
      if (status === 0) return bytes.toString('utf8').trim();
      if (status === 1) throw new Failure(`${quoted(a)} and ${quoted(b)} have no commit in common${hint}`);
      throw new Failure(`git could not compare ${quoted(a)} and ${quoted(b)}: ${words}${hint}`);
    },
    tags(from) {
      const args = ['for-each-ref', `--merged=${from}`, '--format=%(refname:lstrip=2)', 'refs/tags'];
      const { status, bytes, words } = ask(args);
      const lines = bytes.toString('utf8').split('\n');
      if (status === 0) return lines.filter((name) => name !== '');
      // before the first commit none can be reached
      if (lookUp(from, quoted(from)) === undefined) return [];
      throw new Failure(`git could not list the tags: ${words}`);
    },
    addedAt(file) {
      const [at] = inside([file]);
      const { status, bytes } = ask(['log', '-1', '--diff-filter=A', '--format=%ct', 'HEAD', '--', at ?? '.']);
      const seconds = bytes.toString('utf8').trim();
      return status === 0 && seconds !== '' ? Number(seconds) : Number.POSITIVE_INFINITY;
    },
    tagsLeftOut() {
      if (shallow) return { why: 'this clone is shallow', command: 'git fetch --unshallow --tags' };
      const { bytes } = ask(['config', '--get-regexp', String.raw`^remote\..*\.tagopt$`]);
      if (!/ --no-tags$/m.test(bytes.toString('utf8'))) return undefined;
      return { why: 'this clone was made without tags', command: 'git fetch --tags' };
    },
    tag(name) {
      const ref = `refs/tags/${name}`;
      if (lookUp(ref, `the tag ${quoted(name)}`) === undefined) return undefined;
      const hash = lookUp(`${ref}^{commit}`, `the tag ${quoted(name)}`);
      if (hash !== undefined) return hash;
      throw new Failure(`the tag ${quoted(name)} leads to no commit: remove it with \`git tag -d ${name}\``);
    },
    createTag: (name, hash) =>
      void text(`create the tag ${quoted(name)}`, ['update-ref', '--', `refs/tags/${name}`, hash, '']),
    head() {
      const { status } = ask(['rev-parse', '--verify', '--quiet', 'HEAD']);
      if (status !== 0) return undefined;
      const line = text('read the commit', ['rev-list', '--max-count=1', '--timestamp', 'HEAD', '--']);
      const [seconds = '', hash = ''] = line.trim().split(' ');
      return { commit: hash, date: new Date(Number(seconds) * 1000) };
    },
    tracks: (folders) => names('list its files', ['ls-files', '-z', '--', ...inside(folders)]).length > 0,
    uncommitted() {
      const args = ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=normal'];
      return names('compare the work tree', [...args, '--ignore-submodules=none']).map((entry) => entry.slice(3));
    },
    changes(from, folders) {
      const differing = ['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--no-textconv'];
      const plain = ['--no-relative', `-O${os.devNull}`, '--ignore-submodules=none'];
      const changed = names('compare the work tree', [...differing, ...plain, from, '--', ...inside(folders)]);
      // untracked files (?), ignored ones as well; the tags of what git takes for unchanged are S, and small letters
      const listed = names('list its files', ['ls-files', '-z', '-v', '-c', '-o', '--', ...inside(folders)]);
      const unseen = listed.filter((entry) => !entry.startsWith('H ')).map((entry) => entry.slice(2));
      return new Set([...changed, ...unseen]);
    },
    notCheckedOut(folders) {
      const listed = names('list its files', ['ls-files', '-z', '-v', '-c', '--', ...inside(folders)]);
      return new Set(listed.filter((entry) => /^s /i.test(entry)).map((entry) => entry.slice(2)));
    },
    subjectOf(from, to, folders) {
      const only = ['--', ...inside(folders)];
      const commits = text('list the commits', ['rev-list', `${from}..${to}`, ...only]);
      const args = ['diff-tree', '--stdin', '-r', '-z', '--name-only', '--no-renames', '--root', '--encoding=UTF-8'];
      const log = text('list the changes', [...args, '--format=%x00%x00%s', ...only], { input: commits });
      return parseSubjects(nulSeparated(log));
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
    branch() {
      const { status, bytes } = ask(['symbolic-ref', '--quiet', '--short', 'HEAD']);
      return status === 0 ? bytes.toString('utf8').trim() : undefined;
    },
    user() {
      const { status, bytes } = ask(['config', '--get', 'user.name']);
      return status === 0 ? bytes.toString('utf8').trim() : undefined;
    },
    ignores(at) {
      const ignored = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory'];
      return names('list what is ignored', [...ignored, '--', ...inside([at])]).some(
        (name) => name === `${below(root, at)}/`,
      );
    },
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
    hooks() {
      const args = ['rev-parse', '--git-path', 'hooks', '--git-path', 'config'];
      const [hooks, config] = text('find its hooks', args, { ownHooks: true }).split('\n');
      if (hooks === undefined || config === undefined) return undefined;
      const at = path.resolve(root, hooks);
      // linked work trees have their settings and hooks with the first one
      const own = [root, path.dirname(path.resolve(root, config))];
      return own.some((top) => at.startsWith(top + path.sep)) ? at : undefined;
    },
    staged: {
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
        if (status === 0) return treeFileSystem(root, bytes.toString('utf8').trim());
        throw new Failure(`git cannot write the staged files as a tree: are there conflicts? (${words})`);
      },
      isTemporary: () => /next-index/.test(process.env['GIT_INDEX_FILE'] ?? ''),
      replace(file, content) {
        const what = `stage ${quoted(file)}`;
        const [mode = '100644'] = /^\d+/.exec(text(what, ['ls-files', '--stage', '--', file])) ?? [];
        const blob = text(what, ['hash-object', '-w', '--stdin'], { input: content }).trim();
        text(what, ['update-index', '--cacheinfo', `${mode},${blob},${file}`]);
      },
    },
    tree: (hash) => treeFileSystem(root, hash),
    entries: (hash, folders) =>
      listTree(
        root,
        hash,
        folders.map((at) => below(root, at)),
      ),
  };
}

/** Attributes of every file that undo what `.gitattributes` and `core.autocrlf` would convert. */
const asStored = '* -text !eol -ident -filter !working-tree-encoding\n';

/** Commits with two NULs before each subject: the files of a commit stand behind it. The newest commit comes first. */
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
