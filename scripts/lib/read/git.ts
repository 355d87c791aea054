import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { Failure } from '../problem.ts';
import { compareText, quoted } from '../text.ts';
import type { Entry, EntryKind, FileSystem } from './fileSystem.ts';

/** What git knows of the folders that a dataset comes from. Nothing here touches the work tree or the index. */
export interface Repository {
  /** Top of the work tree, spelt as the folder was given. */
  readonly root: string;
  /** Full hash of the commit that a name stands for. @throws Failure where there is none, or the clone is too shallow to tell */
  readonly commit: (name: string) => string;
  /** Full hash of the newest commit that two have in common. @throws Failure where there is none */
  readonly mergeBase: (a: string, b: string) => string;
  /** Names of the tags that are reachable from a commit. */
  readonly tags: (from: string) => readonly string[];
  /** Full hash of a tag's commit, undefined where there is no such tag. */
  readonly tag: (name: string) => string | undefined;
  /** Creates a tag on a commit. */
  readonly createTag: (name: string, commit: string) => void;
  /** The commit that is checked out, and when it was made; undefined where there is none yet. */
  readonly head: () => { readonly commit: string; readonly date: Date } | undefined;
  /** Whether git knows a file below one of the folders. */
  readonly tracks: (folders: readonly string[]) => boolean;
  /** What is not committed in the work tree, or below folders of it, as paths below its top. */
  readonly uncommitted: (folders?: readonly string[]) => readonly string[];
  /** Files below folders that can differ between a commit and the work tree, as paths below the top. */
  readonly changes: (from: string, folders: readonly string[]) => ReadonlySet<string>;
  /** Subject of the newest commit after `from` and up to `to` that changed a file, by the file's path below the top. */
  readonly subjectOf: (from: string, to: string, folders: readonly string[]) => ReadonlyMap<string, string>;
  /** The folder of the hooks; undefined where it is not the repository's own, but one that others share. */
  readonly hooks: () => string | undefined;
  /** What is staged for the next commit. */
  readonly staged: Staged;
  /** The files of a commit, at the paths at which they stand in the work tree. It cannot be written to. */
  readonly tree: (commit: string) => FileSystem;
}

/** The index: what the next commit is going to hold, whatever the work tree holds. */
export interface Staged {
  /** Files below folders that differ from the last commit, those that are gone included, as paths below the top. */
  readonly changes: (folders: readonly string[]) => ReadonlySet<string>;
  /** The staged files, at the paths at which they stand in the work tree. */
  readonly tree: () => FileSystem;
  /** Whether something else is to be committed than what the index holds afterwards: `git commit <path>` makes an index of its own. */
  readonly isTemporary: () => boolean;
  /** Stages another text for a file that is staged; the work tree is left alone. */
  readonly replace: (file: string, text: string) => void;
}

/** The tree without files, which every repository knows. */
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

const mostOutput = 1 << 30;

function git(folder: string, args: readonly string[], input?: string): Buffer | undefined {
  const { status, stdout, error } = spawnSync('git', args, {
    cwd: folder,
    input,
    maxBuffer: mostOutput,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
  });
  if (error !== undefined && !('code' in error && error.code === 'ENOENT')) throw error;
  return status === 0 ? stdout : undefined;
}

/** The repository whose work tree holds a folder; undefined outside git, and where git is not installed. */
export function openRepository(folder: string): Repository | undefined {
  const up = git(folder, ['rev-parse', '--show-cdup'])?.toString('utf8').trim();
  if (up === undefined) return undefined;
  const root = path.resolve(folder, up);
  const text = (...args: readonly string[]): string | undefined => git(root, args)?.toString('utf8');
  const list = (...args: readonly string[]): readonly string[] => nulSeparated(text(...args));
  const inside = (folders: readonly string[]): readonly string[] =>
    folders.map((at) => `:(top,literal)${below(root, at)}`);
  const commit = (name: string): string => {
    const hash = text('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`)?.trim();
    if (hash !== undefined && hash !== '') return hash;
    throw new Failure(`git knows no commit called ${quoted(name)}${shallowHint(text)}`);
  };
  return {
    root,
    commit,
    mergeBase(a, b) {
      const hash = text('merge-base', commit(a), commit(b))?.trim();
      if (hash !== undefined && hash !== '') return hash;
      throw new Failure(`${quoted(a)} and ${quoted(b)} have no commit in common${shallowHint(text)}`);
    },
    tags: (from) => (text('tag', '--merged', from) ?? '').split('\n').filter((name) => name !== ''),
    tag: (name) => text('rev-parse', '--verify', '--quiet', '--end-of-options', `refs/tags/${name}^{commit}`)?.trim(),
    createTag(name, hash) {
      if (git(root, ['tag', '--no-sign', '--', name, hash]) === undefined)
        throw new Failure(`git could not create the tag ${quoted(name)}`);
    },
    head() {
      const [hash = '', seconds = ''] = (text('log', '-1', '--format=%H%n%ct') ?? '').trim().split('\n');
      return hash === '' ? undefined : { commit: hash, date: new Date(Number(seconds) * 1000) };
    },
    tracks: (folders) => list('ls-files', '-z', '--', ...inside(folders)).length > 0,
    uncommitted: (folders = []) =>
      list('status', '--porcelain', '-z', '--no-renames', '--', ...inside(folders)).map((entry) => entry.slice(3)),
    changes(from, folders) {
      const committed = list('diff', '--name-only', '-z', '--no-renames', from, 'HEAD', '--', ...inside(folders));
      const status = ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all'];
      return new Set([...committed, ...list(...status, '--', ...inside(folders)).map((entry) => entry.slice(3))]);
    },
    subjectOf(from, to, folders) {
      const log = list(
        'log',
        '--format=%x00%x00%s',
        '--name-only',
        '-z',
        '--no-renames',
        `${from}..${to}`,
        '--',
        ...inside(folders),
      );
      return parseSubjects(log);
    },
    hooks() {
      const paths = text('rev-parse', '--git-path', 'hooks', '--git-path', 'config')?.split('\n') ?? [];
      const [hooks, config] = paths;
      if (hooks === undefined || config === undefined) return undefined;
      const at = path.resolve(root, hooks);
      // linked work trees have their settings and hooks with the first one
      const own = [root, path.dirname(path.resolve(root, config))];
      return own.some((top) => at.startsWith(top + path.sep)) ? at : undefined;
    },
    staged: {
      changes(folders) {
        const head = text('rev-parse', '--verify', '--quiet', 'HEAD') === undefined ? emptyTree : 'HEAD';
        return new Set(list('diff', '--cached', '--name-only', '-z', '--no-renames', head, '--', ...inside(folders)));
      },
      tree() {
        const hash = text('write-tree')?.trim();
        if (hash === undefined) throw new Failure('git cannot write the staged files as a tree: are there conflicts?');
        return treeFileSystem(root, hash);
      },
      isTemporary: () => /next-index/.test(process.env['GIT_INDEX_FILE'] ?? ''),
      replace(file, content) {
        const [mode] = /^\d+/.exec(text('ls-files', '--stage', '--', `:(top,literal)${file}`) ?? '') ?? [];
        const blob = git(root, ['hash-object', '-w', '--stdin'], content)?.toString('utf8').trim();
        const done =
          mode === undefined || blob === undefined
            ? undefined
            : text('update-index', '--cacheinfo', `${mode},${blob},${file}`);
        if (done === undefined) throw new Failure(`git could not stage ${quoted(file)}`);
      },
    },
    tree: (hash) => treeFileSystem(root, hash),
  };
}

function below(root: string, at: string): string {
  return path.relative(root, at).split(path.sep).join('/');
}

function nulSeparated(text: string | undefined): readonly string[] {
  const parts = (text ?? '').split('\0');
  if (parts.at(-1) === '') parts.pop();
  return parts;
}

function shallowHint(text: (...args: readonly string[]) => string | undefined): string {
  const shallow = text('rev-parse', '--is-shallow-repository')?.trim() === 'true';
  return shallow ? '; this clone is shallow: fetch what is missing with `git fetch --unshallow --tags`' : '';
}

/** `git log` with two NULs before each subject: the files of a commit stand behind it. The newest commit comes first. */
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

interface TreeEntry {
  readonly kind: EntryKind;
  readonly blob: string;
}

/** So many files are read at a time: asking git for each would start a process for each. Who reads one after the other gets more and more. */
const fewFiles = 16;
const mostFiles = 2048;

/** The files of a commit as a file system; what stands in it is read in batches, in the order of the paths. */
function treeFileSystem(root: string, commit: string): FileSystem {
  const entries = listTree(root, commit);
  const folders = foldersOf(entries);
  const files = [...entries.keys()];
  const order = new Map(files.map((name, i) => [name, i]));
  const kept = new Map<string, Buffer>();
  let next = 0;
  let atOnce = fewFiles;
  const nameOf = (at: string): string => below(root, at);
  const content = (at: string): Buffer => {
    const name = nameOf(at);
    const first = order.get(name);
    if (first === undefined) throw missing(at);
    if (!kept.has(name)) {
      kept.clear();
      atOnce = first === next ? Math.min(atOnce * 4, mostFiles) : fewFiles;
      next = first + atOnce;
      for (const [file, bytes] of readBlobs(root, files.slice(first, next), entries)) kept.set(file, bytes);
    }
    return kept.get(name) ?? Buffer.alloc(0);
  };
  const readOnly = (): never => {
    throw new Error('a commit cannot be written to');
  };
  return {
    list(folder) {
      const found = folders.get(nameOf(folder));
      if (found === undefined) throw missing(folder);
      return found;
    },
    kind(at) {
      const name = nameOf(at);
      if (folders.has(name)) return 'folder';
      const entry = entries.get(name);
      if (entry === undefined) throw missing(at);
      return entry.kind;
    },
    realPath: (at) => at,
    read(at, limit) {
      const bytes = content(at);
      return bytes.length > limit ? undefined : bytes;
    },
    *chunks(at) {
      yield content(at);
    },
    size: (at) => content(at).length,
    linkTarget: () => undefined,
    makeFolder: readOnly,
    makeTemporaryFolder: readOnly,
    write: readOnly,
    create: readOnly,
    append: readOnly,
    rename: readOnly,
    link: readOnly,
    hardLink: readOnly,
    remove: readOnly,
    setMode: readOnly,
    copyMode: readOnly,
    sync: readOnly,
    modified: readOnly,
  };
}

function missing(at: string): Error {
  return Object.assign(new Error(`no such file or folder: ${at}`), { code: 'ENOENT', syscall: 'open', path: at });
}

/** A link or a submodule in a commit is no regular file: it is told as such, not followed. */
function listTree(root: string, commit: string): ReadonlyMap<string, TreeEntry> {
  const output = git(root, ['ls-tree', '-r', '-z', '--full-tree', commit]);
  if (output === undefined) throw new Failure(`git cannot list the files of ${commit}`);
  const entries = nulSeparated(output.toString('utf8')).map((line): [string, TreeEntry] => {
    // mode, type and hash, then a tab and the path
    const tab = line.indexOf('\t');
    const blob = line.slice(line.lastIndexOf(' ', tab) + 1, tab);
    return [line.slice(tab + 1), { kind: line.startsWith('100') ? 'file' : 'other', blob }];
  });
  return new Map(entries.toSorted(([a], [b]) => compareText(a, b)));
}

function foldersOf(entries: ReadonlyMap<string, TreeEntry>): ReadonlyMap<string, Entry[]> {
  const folders = new Map<string, Entry[]>([['', []]]);
  const add = (name: string, kind: EntryKind): void => {
    const slash = name.lastIndexOf('/');
    const parent = slash < 0 ? '' : name.slice(0, slash);
    let siblings = folders.get(parent);
    if (siblings === undefined) {
      siblings = [];
      folders.set(parent, siblings);
      add(parent, 'folder');
    }
    siblings.push({ name: name.slice(slash + 1), kind });
  };
  for (const [name, { kind }] of entries) add(name, kind);
  return folders;
}

/** `git cat-file --batch`: for each object a line of hash, type and size, then its bytes and a newline. */
function* readBlobs(
  root: string,
  names: readonly string[],
  entries: ReadonlyMap<string, TreeEntry>,
): Generator<[string, Buffer]> {
  const files = names.filter((name) => entries.get(name)?.kind === 'file');
  const asked = files.map((name) => `${entries.get(name)?.blob ?? ''}\n`).join('');
  const output = git(root, ['cat-file', '--batch', '--buffer'], asked);
  if (output === undefined) throw new Failure('git cannot read the files of the commit');
  let at = 0;
  for (const name of files) {
    const end = output.indexOf(10, at);
    const [hash, , size] = output.subarray(at, end).toString('latin1').split(' ');
    if (size === undefined) throw new Failure(`git lacks ${hash ?? ''}, the content of ${name}`);
    at = end + 1;
    yield [name, output.subarray(at, at + Number(size))];
    at += Number(size) + 1;
  }
}
