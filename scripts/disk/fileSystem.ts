import fs from 'node:fs';
import os from 'node:os';
import { dirname, join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { threadScript } from '../base/package.ts';
import { type ReadFile, linesAhead, readAhead, startReader } from './readAhead.ts';
import { filesHolding, hasMany } from './search.ts';
import { named, syncAhead, syncMany } from './sync.ts';

export type EntryKind = 'file' | 'folder' | 'link' | 'other';

export interface Entry {
  readonly name: string;
  readonly kind: EntryKind;
}

/**
 * The file system as the stages see it. It is synchronous: for many small files that is ten times faster than promises.
 * Every call throws Node's own errors (`code` ENOENT, ENOSPC, …). Tests pass one that fails.
 */
export interface FileSystem {
  readonly list: (folder: string) => Entry[];
  /** The same while this thread goes on, which takes longer. */
  readonly listAhead?: (folder: string) => Promise<Entry[]>;
  /** The kind of what is at a path, links followed. */
  readonly kind: (path: string) => EntryKind;
  /** The same, but a link is a link; undefined if nothing is there. */
  readonly entryKind?: (path: string) => EntryKind | undefined;
  /** The path with every link resolved. */
  readonly realPath: (path: string) => string;
  /** The bytes of a file, at most `limit`; undefined if it is larger. They are valid until the next call. */
  readonly read: (path: string, limit: number) => Uint8Array | undefined;
  /**
   * Many small files in order; undefined for one that the caller should read itself. If it ends early, that holds for
   * all the rest.
   */
  readonly readMany?: (paths: readonly string[]) => Iterable<ReadFile | undefined>;
  /** Prepares for `readMany` if the folders in a folder look as if they hold many files. */
  readonly expectMany?: (folder: string) => void;
  /** The lines of a large file in order; once it returns undefined, the caller reads the rest itself. */
  readonly linesAhead?: (path: string) => Iterable<ReadFile | undefined>;
  /**
   * The files in a folder and below that hold some words as UTF-8, or may, by their paths there with `/`; some at a
   * time, found while this thread goes on. Undefined if the folder has few files: the caller reads them in less time.
   */
  readonly holding?: (folder: string, words: string) => AsyncIterable<readonly string[]> | undefined;
  /** The bytes of a file in pieces, from an offset on; each is valid until the next one is requested. */
  readonly chunks: (path: string, from?: number) => Iterable<Uint8Array>;
  readonly makeFolder: (path: string) => void;
  /** Makes a new folder for this user alone, in the system's folder for temporary files. */
  readonly makeTemporaryFolder: (name: string) => string;
  readonly write: (path: string, bytes: string | Uint8Array) => void;
  /** Writes a file that must not exist yet; a link counts as existing. */
  readonly create: (path: string, bytes: string | Uint8Array) => void;
  readonly append: (path: string, bytes: string | Uint8Array) => void;
  readonly rename: (from: string, to: string) => void;
  readonly link: (target: string, path: string) => void;
  /** Gives a file a second name; fails if something has that name. */
  readonly hardLink: (file: string, path: string) => void;
  readonly linkTarget: (path: string) => string | undefined;
  readonly remove: (path: string) => void;
  readonly size: (path: string) => number;
  /** When a file, a folder's list or a link was last changed, in milliseconds of the file system's clock. */
  readonly modified: (path: string) => number;
  /** When the content, list or name of something was last changed, which no program can set; links followed. */
  readonly changedAt?: (path: string) => number | undefined;
  /** Sets the mode of a file or folder. One that has it stays as it is, also on the disk. */
  readonly setMode: (path: string, mode: number) => void;
  /** Gives a file the mode of another, and its owner and group as far as this user is allowed to. */
  readonly copyMode: (from: string, to: string) => void;
  /** Waits until a file, or the list of a folder, is on the disk. */
  readonly sync: (path: string) => void;
  /** Does so for files that are complete, one after another, while this thread goes on: `sync` then waits for less. */
  readonly syncAhead?: (paths: readonly string[]) => void;
  /** Does so for many files at once. */
  readonly syncMany?: (paths: readonly string[]) => Promise<void>;
}

/** The machine's file system. Small files are read into one shared buffer. */
export function nodeFileSystem(): FileSystem {
  return { ...folderCalls, ...readingCalls(), ...writingCalls };
}

/** Names and metadata of files, without their content. */
const folderCalls = {
  list: (folder) => fs.readdirSync(folder, { withFileTypes: true }).map(entryOf),
  listAhead: async (folder) => (await fs.promises.readdir(folder, { withFileTypes: true })).map(entryOf),
  kind: (path) => kindOf(fs.statSync(path)),
  entryKind(path) {
    try {
      const found = fs.lstatSync(path, { throwIfNoEntry: false });
      return found === undefined ? undefined : kindOf(found);
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
      return undefined;
    }
  },
  realPath: (path) => fs.realpathSync(path),
  linkTarget(path) {
    try {
      return fs.readlinkSync(path);
    } catch {
      return undefined;
    }
  },
  size: (path) => fs.statSync(path).size,
  modified: (path) => fs.lstatSync(path).mtimeMs,
  changedAt: (path) => fs.statSync(path, { throwIfNoEntry: false })?.ctimeMs,
} satisfies Partial<FileSystem>;

/** From this many files on, threads gain more time than their start costs. */
const manyFiles = 5000;

type InThreads = 'readMany' | 'expectMany' | 'linesAhead' | 'holding';

function readingCalls(): Pick<FileSystem, 'read' | InThreads | 'chunks'> {
  return { read: sharedReader(), ...threadCalls(), chunks: chunksOf };
}

/** What other threads read; nothing where Node cannot run their scripts. */
function threadCalls(): Pick<FileSystem, InThreads> {
  const reader = threadScript('disk/readAheadWorker.ts');
  const searcher = threadScript('disk/searchWorker.ts');
  if (reader === undefined || searcher === undefined) return {};
  let early: Worker | undefined;
  return {
    readMany(paths) {
      const thread = early ?? startReader(reader);
      early = undefined;
      return readAhead(thread, paths);
    },
    expectMany(folder) {
      if (early === undefined && looksLarge(folder)) early = startReader(reader);
    },
    linesAhead: (path) => linesAhead(reader, path),
    holding: (folder, words) => (hasMany(folder, manyFiles) ? filesHolding(searcher, folder, words) : undefined),
  };
}

/** From this many bytes on, the list of a folder is likely to name thousands of files. */
const manyBytes = 1 << 17;

/** Whether a folder in a folder looks large. Nothing depends on it but time. */
function looksLarge(folder: string): boolean {
  try {
    return fs
      .readdirSync(folder, { withFileTypes: true })
      .some((entry) => entry.isDirectory() && fs.statSync(join(folder, entry.name)).size >= manyBytes);
  } catch {
    // whoever lists the folder gets the error
    return false;
  }
}

/** Reads whole files into one buffer, which grows to the largest. */
function sharedReader(): FileSystem['read'] {
  let buffer = Buffer.allocUnsafe(1 << 20);
  return (path, limit) => {
    // opening a FIFO would block: the code that lists files checks their kind first
    const fd = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
    try {
      let length = 0;
      for (;;) {
        if (length === buffer.length) {
          if (length > limit) return undefined;
          const larger = Buffer.allocUnsafe(buffer.length * 2);
          buffer.copy(larger, 0, 0, length);
          buffer = larger;
        }
        const room = buffer.length - length;
        const got = fs.readSync(fd, buffer, length, room, null);
        length += got;
        // for a regular file, a short read means that the end was reached
        if (got < room) break;
      }
      return length > limit ? undefined : buffer.subarray(0, length);
    } catch (error) {
      throw named(error, path);
    } finally {
      fs.closeSync(fd);
    }
  };
}

const mostInChunk = 1 << 20;

function* chunksOf(path: string, from = 0): Generator<Uint8Array> {
  const fd = fs.openSync(path, 'r');
  try {
    const found = fs.fstatSync(fd);
    // a large buffer for each of many small files would make V8 collect garbage again and again
    const chunk = Buffer.allocUnsafe(found.isFile() ? Math.min(mostInChunk, found.size + 1) : mostInChunk);
    // a pipe has no offsets
    for (let at = from === 0 ? null : from; ;) {
      const got = fs.readSync(fd, chunk, 0, chunk.length, at);
      if (at !== null) at += got;
      if (got === 0) return;
      yield chunk.subarray(0, got);
    }
  } catch (error) {
    throw named(error, path);
  } finally {
    fs.closeSync(fd);
  }
}

const writingCalls = {
  makeFolder(path) {
    try {
      fs.mkdirSync(path, { recursive: true });
    } catch (error) {
      // Node reports ENOENT for a folder that cannot be made because the file system is read-only
      if (errorCode(error) === 'ENOENT') fs.mkdirSync(firstMissing(path));
      throw error;
    }
  },
  makeTemporaryFolder: (name) => fs.mkdtempSync(join(fs.realpathSync(os.tmpdir()), `${name}-`)),
  write: (path, bytes) => naming(path, () => fs.writeFileSync(path, bytes)),
  create: (path, bytes) => naming(path, () => fs.writeFileSync(path, bytes, { flag: 'wx' })),
  append: (path, bytes) => naming(path, () => fs.appendFileSync(path, bytes)),
  rename: (from, to) => fs.renameSync(from, to),
  link: (target, path) => fs.symlinkSync(target, path),
  hardLink: (file, path) => fs.linkSync(file, path),
  remove(path) {
    try {
      // if another thread is still writing into the folder, the first attempt may leave something
      fs.rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    } catch (error) {
      if (!thereIsNone.has(errorCode(error) ?? '')) throw error;
    }
  },
  setMode(path, mode) {
    if ((fs.statSync(path).mode & 0o7777) !== mode) fs.chmodSync(path, mode);
  },
  copyMode(from, to) {
    const { mode, uid, gid } = fs.statSync(from);
    const own = fs.statSync(to);
    if (own.uid !== uid || own.gid !== gid) changeOwner(to, uid, gid);
    fs.chmodSync(to, mode & 0o7777);
  },
  sync(path) {
    const fd = fs.openSync(path, 'r');
    try {
      fs.fsyncSync(fd);
    } catch (error) {
      // some file systems cannot sync a folder, and do not need to
      if (errorCode(error) !== 'EINVAL' || !fs.fstatSync(fd).isDirectory()) throw error;
    } finally {
      fs.closeSync(fd);
    }
  },
  syncAhead,
  syncMany,
} satisfies Partial<FileSystem>;

/** Errors, besides ENOENT, for a path at which nothing can exist. */
const thereIsNone: ReadonlySet<string> = new Set(['ENOTDIR', 'ENAMETOOLONG']);

/** The first part of a path that has to be made. */
function firstMissing(path: string): string {
  const above = dirname(path);
  return above === path || fs.existsSync(above) ? path : firstMissing(above);
}

/** Only the superuser can give a file away; others can at most change to a group of their own. */
function changeOwner(path: string, uid: number, gid: number): void {
  for (const owner of [uid, -1]) {
    try {
      return fs.chownSync(path, owner, gid);
    } catch (error) {
      if (errorCode(error) !== 'EPERM') throw error;
    }
  }
}

function naming(path: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw named(error, path);
  }
}

function entryOf(found: fs.Dirent): Entry {
  return { name: found.name, kind: kindOf(found) };
}

function kindOf(entry: fs.Dirent | fs.Stats): EntryKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
}

/** Node's error code, such as ENOENT, of any thrown value. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The kind of what is at a path, links followed; undefined if nothing can be found there. */
export function kindAt(disk: Pick<FileSystem, 'kind'>, path: string): EntryKind | undefined {
  try {
    return disk.kind(path);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}
