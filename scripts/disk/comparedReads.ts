import { createHash, hash } from 'node:crypto';
import path from 'node:path';
import { compareText } from '../base/text.ts';
import { type CommitTree, kindOfEntry, objectOf } from './commitTree.ts';
import { type FileSystem, errorCode } from './fileSystem.ts';
import type { ReadFile } from './readAhead.ts';

/** A file that differs from the commit: its path below the top of the work tree, and how it differs. */
export interface FileDifference {
  readonly file: string;
  readonly difference: string;
}

/**
 * A file system that compares each file with a commit while it is read: the bytes that were read decide, not git's view
 * of them.
 */
export interface ComparedReads {
  readonly files: FileSystem;
  /**
   * Files read so far that are not in the commit or differ from it, and files of the commit that are missing from the
   * folders; in order of path.
   */
  readonly differences: () => readonly FileDifference[];
}

/** What files are compared with. */
export interface ComparedCommit {
  /** The entries of the commit below the folders. */
  readonly entries: CommitTree;
  /** Top of the work tree. */
  readonly root: string;
  /** Only these files, and files below these folders, are compared. */
  readonly compared: readonly string[];
  readonly objectFormat: 'sha1' | 'sha256';
}

const ways = {
  unknown: 'not in the commit',
  other: 'different from the commit',
  missing: 'in the commit, but not in the work tree',
  submodule: 'a submodule, whose files are in another repository',
};

/** Compares what is read from a file system with a commit. */
export function compareReads(fs: FileSystem, commit: ComparedCommit): ComparedReads {
  const { root, compared, objectFormat } = commit;
  const against = compareWith(fs, commit);
  const starts = compared.map((spot) => spot + path.sep);
  const isCompared = (file: string): boolean =>
    compared.includes(file) || starts.some((start) => file.startsWith(start));
  const compareContent = (file: string, content: string | Uint8Array): void => {
    if (isCompared(file)) against.add(file, hash(objectFormat, blobBytes(content)));
  };
  function* piecesOf(file: string): Generator<Uint8Array> {
    const digest = createHash(objectFormat).update(`blob ${fs.size(file)}\0`);
    for (const piece of fs.chunks(file)) {
      digest.update(piece);
      yield piece;
    }
    against.add(file, digest.digest('hex'));
  }
  const { readMany, linesAhead } = fs;
  const files: FileSystem = {
    ...fs,
    read(file, limit) {
      const bytes = fs.read(file, limit);
      if (bytes !== undefined) compareContent(file, bytes);
      return bytes;
    },
    // a file that is not read from its start is not compared
    chunks: (file, from = 0) => (from === 0 && isCompared(file) ? piecesOf(file) : fs.chunks(file, from)),
    // whole files are compared, and reading by lines drops some bytes
    ...(linesAhead === undefined ? {} : { linesAhead: (file) => (isCompared(file) ? [undefined] : linesAhead(file)) }),
    // reading starts now, not when the first file is requested
    ...(readMany === undefined ? {} : { readMany: (paths) => comparing(paths, readMany(paths), compareContent) }),
  };
  return { files, differences: () => against.differences(presence(fs, root)) };
}

/** What the files that were read are, to compare with what the commit has. */
interface Comparison {
  /** Records the object that a file is. */
  readonly add: (file: string, object: string) => void;
  /** What differs; `isPresent` says whether a path below the top is there. */
  readonly differences: (isPresent: (name: string) => boolean) => readonly FileDifference[];
}

function compareWith(fs: FileSystem, { entries, root, objectFormat }: ComparedCommit): Comparison {
  const differing = new Map<string, string>();
  const unread = new Set(entries.keys());
  /** What a name is in the commit: for a link that is the same here, the file that it points to. */
  const entryOf = (file: string, name: string): string | undefined => {
    const entry = entries.get(name);
    if (entry === undefined || kindOfEntry(entry) !== 'link') return entry;
    const target = fs.linkTarget(file);
    if (target === undefined || hash(objectFormat, blobBytes(target)) !== objectOf(entry)) return undefined;
    return entries.get(slashed(path.relative(fs.realPath(root), fs.realPath(file))));
  };
  return {
    add(file, object) {
      const name = slashed(file.slice(root.length + 1));
      unread.delete(name);
      const entry = entryOf(file, name);
      if (entry !== undefined && objectOf(entry) === object) return;
      differing.set(name, entries.has(name) ? ways.other : ways.unknown);
    },
    differences(isPresent) {
      const left = [...unread].flatMap((name): [string, string][] => {
        if (kindOfEntry(entries.get(name) ?? '') === 'submodule') return [[name, ways.submodule]];
        return isPresent(name) ? [] : [[name, ways.missing]];
      });
      const found = [...differing, ...left].map(([file, difference]) => ({ file, difference }));
      return found.toSorted((a, b) => compareText(a.file, b.file));
    },
  };
}

function slashed(file: string): string {
  return path.sep === '/' ? file : file.replaceAll(path.sep, '/');
}

/** The bytes that git hashes to name a file's content. */
function blobBytes(content: string | Uint8Array): Buffer | string {
  if (typeof content === 'string') return `blob ${Buffer.byteLength(content)}\0${content}`;
  return Buffer.concat([Buffer.from(`blob ${content.length}\0`), content]);
}

function* comparing(
  files: readonly string[],
  read: Iterable<ReadFile | undefined>,
  compare: (file: string, content: string | Uint8Array) => void,
): Generator<ReadFile | undefined> {
  let i = 0;
  for (const each of read) {
    const file = files[i++];
    if (each !== undefined && file !== undefined) compare(file, 'text' in each ? each.text : each.bytes);
    yield each;
  }
}

/** Whether a path exists with exactly this spelling: a file system that folds case also finds others. */
function presence(fs: FileSystem, root: string): (name: string) => boolean {
  const known = new Map<string, ReadonlySet<string>>();
  const entriesOf = (folder: string): ReadonlySet<string> => {
    const listed = known.get(folder) ?? new Set(namesIn(fs, folder));
    known.set(folder, listed);
    return listed;
  };
  return (name) => {
    const file = path.join(root, name);
    return entriesOf(path.dirname(file)).has(path.basename(file));
  };
}

function namesIn(fs: FileSystem, folder: string): readonly string[] {
  try {
    return fs.list(folder).map((entry) => entry.name);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return [];
  }
}
