import path from 'node:path';
import { Failure } from '../base/problem.ts';
import { compareText } from '../base/text.ts';
import type { Entry, EntryKind, FileSystem } from './fileSystem.ts';
import type { AskedGit } from './runGit.ts';

/** The entries of a commit or tree, by path below its top: `<mode> <type> <object id>`. Folders are not among them. */
export type CommitTree = ReadonlyMap<string, string>;

/** The object id of an entry. */
export function objectOf(entry: string): string {
  return entry.slice(entry.lastIndexOf(' ') + 1);
}

/**
 * What an entry is: a regular file, a link (the object is its target) or a submodule (the object is a commit of another
 * repository). The entry begins at an offset of the text.
 */
export function kindOfEntry(entry: string, start = 0): 'file' | 'link' | 'submodule' {
  if (entry.startsWith('100', start)) return 'file';
  return entry.startsWith('120', start) ? 'link' : 'submodule';
}

/** Lists the entries of a commit, or those below some of its paths. @throws Failure if git cannot read it */
export function listTree(git: AskedGit, commit: string, only: readonly string[] = []): CommitTree {
  const { names, entryAt } = readTree(git, commit, only);
  return new Map(names.map((name, i) => [name, entryAt(i)]));
}

/** The entries of a commit in the order of their paths. There can be a hundred thousand: few of them are looked at. */
interface TreeEntries {
  readonly names: readonly string[];
  readonly entryAt: (index: number) => string;
  readonly kindAt: (index: number) => EntryKind;
}

function readTree({ ask }: AskedGit, commit: string, paths: readonly string[] = []): TreeEntries {
  const only = paths.includes('') ? [] : paths;
  const { status, bytes, words } = ask(['ls-tree', '-r', '-z', '--full-tree', commit, '--', ...only]);
  if (status !== 0) throw new Failure(`git cannot list the files of ${commit}: ${words}`);
  const lines = bytes.toString('utf8');
  const names: string[] = [];
  const starts: number[] = [];
  for (let start = 0; start < lines.length;) {
    const tab = lines.indexOf('\t', start);
    const end = lines.indexOf('\0', tab);
    names.push(lines.slice(tab + 1, end));
    starts.push(start);
    start = end + 1;
  }
  const entryAt = (index: number): string => lines.slice(starts[index], lines.indexOf('\t', starts[index]));
  const kindAt = (index: number): EntryKind => kindIn(lines, starts[index]);
  // without surrogates, JavaScript compares by code points
  if (areInOrder(names, !/[\ud800-\udfff]/.test(lines))) return { names, entryAt, kindAt };
  const order = [...names.keys()].toSorted((a, b) => compareText(names[a] ?? '', names[b] ?? ''));
  return {
    names: order.map((i) => names[i] ?? ''),
    entryAt: (index) => entryAt(order[index] ?? 0),
    kindAt: (index) => kindAt(order[index] ?? 0),
  };
}

/** Whether paths are in code-point order, in which git lists them. */
function areInOrder(names: readonly string[], areSimple: boolean): boolean {
  return names.every((name, i) => {
    const before = names[i - 1] ?? '';
    return (areSimple && before <= name) || compareText(before, name) <= 0;
  });
}

/** A path below the top of a work tree as git writes it; empty for the top itself. */
export function below(root: string, at: string): string {
  return path.relative(root, at).split(path.sep).join('/');
}

export function nulSeparated(text: string): readonly string[] {
  const parts = text.split('\0');
  if (parts.at(-1) === '') parts.pop();
  return parts;
}

/**
 * This many files are read at a time, since asking git for each would start a process for each. When files are read in
 * order, the number grows.
 */
const fewFiles = 16;
const mostFiles = 2048;

/** The files of a commit as a file system; they are read in batches, in the order of the paths. */
export function treeFileSystem(git: AskedGit, commit: string): FileSystem {
  const { root } = git;
  const entries = readTree(git, commit);
  const folders = foldersOf(entries);
  const content = contentOf(git, entries);
  const nameOf = (at: string): string => below(root, at);
  return {
    ...readOnlyCalls,
    list(folder) {
      const found = folders.get(nameOf(folder));
      if (found === undefined) throw missing(folder);
      return found;
    },
    kind(at) {
      const name = nameOf(at);
      if (folders.has(name)) return 'folder';
      const index = indexIn(entries.names, name);
      if (index === undefined) throw missing(at);
      return entries.kindAt(index);
    },
    realPath: (at) => at,
    read(at, limit) {
      const bytes = content(at);
      return bytes.length > limit ? undefined : bytes;
    },
    *chunks(at, from = 0) {
      yield content(at).subarray(from);
    },
    size: (at) => content(at).length,
    linkTarget: () => undefined,
  };
}

/** The bytes of the files of a commit by path; the next files in order are read with them. */
function contentOf(git: AskedGit, { names, entryAt }: TreeEntries): (at: string) => Buffer {
  const kept = new Map<string, Buffer>();
  let next = 0;
  let atOnce = fewFiles;
  return (at) => {
    const name = below(git.root, at);
    const first = indexIn(names, name);
    if (first === undefined) throw missing(at);
    if (!kept.has(name)) {
      kept.clear();
      atOnce = first === next ? Math.min(atOnce * 4, mostFiles) : fewFiles;
      next = first + atOnce;
      const some = names.slice(first, next).map((file, i): [string, string] => [file, entryAt(first + i)]);
      for (const [file, bytes] of readBlobs(git, some)) kept.set(file, bytes);
    }
    return kept.get(name) ?? Buffer.alloc(0);
  };
}

/** The index of a path in a sorted list; undefined if it is not there. */
function indexIn(sorted: readonly string[], name: string): number | undefined {
  let [first, last] = [0, sorted.length - 1];
  while (first < last) {
    const middle = (first + last) >> 1;
    if (compareText(sorted[middle] ?? '', name) < 0) first = middle + 1;
    else last = middle;
  }
  return sorted[first] === name ? first : undefined;
}

const readOnly = (): never => {
  throw new Error('a commit cannot be written to');
};

const readOnlyCalls = {
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
} satisfies Partial<FileSystem>;

function missing(at: string): Error {
  return Object.assign(new Error(`no such file or folder: ${at}`), { code: 'ENOENT', syscall: 'open', path: at });
}

/** A link or a submodule in a commit is not a regular file: it is reported as what it is, not followed. */
function kindIn(lines: string, start = 0): EntryKind {
  return kindOfEntry(lines, start) === 'file' ? 'file' : 'other';
}

function foldersOf({ names, kindAt }: TreeEntries): ReadonlyMap<string, Entry[]> {
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
  // in the order of the paths, most files are in the same folder as the one before
  let [folder, inFolder]: [string, Entry[] | undefined] = ['', undefined];
  for (const [i, name] of names.entries()) {
    const kind = kindAt(i);
    const slash = name.lastIndexOf('/');
    if (inFolder !== undefined && slash === folder.length && name.startsWith(folder)) {
      inFolder.push({ name: name.slice(slash + 1), kind });
      continue;
    }
    add(name, kind);
    folder = slash < 0 ? '' : name.slice(0, slash);
    inFolder = slash < 0 ? undefined : folders.get(folder);
  }
  return folders;
}

/** `git cat-file --batch`: for each object a line of hash, type and size, then its bytes and a newline. */
function* readBlobs(
  { ask }: AskedGit,
  entries: readonly (readonly [name: string, entry: string])[],
): Generator<[string, Buffer]> {
  const files = entries.filter(([, entry]) => kindIn(entry) === 'file');
  const asked = files.map(([, entry]) => `${objectOf(entry)}\n`).join('');
  const { status, bytes: output, words } = ask(['cat-file', '--batch', '--buffer'], { input: asked });
  if (status !== 0) throw new Failure(`git cannot read the files of the commit: ${words}`);
  let at = 0;
  for (const [name] of files) {
    const end = output.indexOf(10, at);
    const [hash, , size] = output.subarray(at, end).toString('latin1').split(' ');
    if (size === undefined)
      throw new Failure(
        `git lacks ${hash ?? ''}, the content of ${name}; restore it, for example with \`git fetch --refetch\``,
      );
    at = end + 1;
    yield [name, output.subarray(at, at + Number(size))];
    at += Number(size) + 1;
  }
}
