import path from 'node:path';
import { Failure } from '../base/problem.ts';
import { type FileSystem, errorCode } from './fileSystem.ts';
import { onInterrupt } from './interrupt.ts';
import { temporaryName } from './owner.ts';

export interface Replacement {
  /** The folder that the user named. Links below it are not followed: a pull request can add any link. */
  readonly inside: string;
  /** What the file held when it was read. Without it, anything there is replaced. */
  readonly before?: string | Uint8Array;
  /** The file's mode; without it, that of the existing file, else what the umask allows. */
  readonly mode?: number;
}

/**
 * Replaces the content of a file in one step: at any moment it holds all of the old or all of the new one. The mode
 * stays, and so does the owner if this user may keep it.
 * @throws Failure if a link is in the way, or the file has changed since it was read
 */
export function replaceFile(
  fs: FileSystem,
  at: string,
  content: string | Uint8Array,
  { inside, before, mode }: Replacement,
): void {
  refuseLinks(fs, at, inside);
  throughTemporary(fs, at, content, (temporary) => {
    if (mode !== undefined) fs.setMode(temporary, mode);
    else if (exists(fs, at)) fs.copyMode(at, temporary);
    fs.sync(temporary);
    if (before !== undefined && !holds(fs, at, before)) throw changedMeanwhile(at);
    fs.rename(temporary, at);
  });
  fs.sync(path.dirname(at));
}

/**
 * Removes a file, but only if it holds this text.
 * @throws Failure if a link is in the way, or the file has changed since it was read
 */
export function removeFile(fs: FileSystem, at: string, { inside, before }: Omit<Replacement, 'mode'>): void {
  refuseLinks(fs, at, inside);
  if (before !== undefined && !holds(fs, at, before)) throw changedMeanwhile(at);
  fs.remove(at);
  fs.sync(path.dirname(at));
}

/**
 * Makes a file that must not exist yet, in one step. @throws the system's EEXIST if it does, Failure if a link is in
 * the way
 */
export function createFile(fs: FileSystem, at: string, content: string | Uint8Array, inside: string): void {
  refuseLinks(fs, at, inside);
  throughTemporary(fs, at, content, (temporary) => {
    fs.sync(temporary);
    try {
      // unlike a rename, this fails if the file exists
      fs.hardLink(temporary, at);
    } catch (error) {
      if (!withoutHardLinks.has(errorCode(error) ?? '')) throw error;
      if (exists(fs, at)) throw error;
      fs.rename(temporary, at);
    }
    fs.remove(temporary);
  });
  fs.sync(path.dirname(at));
}

/** The errors of file systems without hard links, such as FAT. */
const withoutHardLinks: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

export function changedMeanwhile(at: string): Failure {
  return new Failure(`${at} has changed since it was read, so nothing was written to it: run this again`);
}

/** Writes a temporary file next to another one and passes it on; it is removed afterwards, even after an error. */
function throughTemporary(
  fs: FileSystem,
  at: string,
  content: string | Uint8Array,
  use: (temporary: string) => void,
): void {
  const temporary = path.join(path.dirname(at), temporaryName(fs, 'writing'));
  const forget = onInterrupt(() => fs.remove(temporary));
  try {
    fs.create(temporary, content);
    use(temporary);
  } catch (error) {
    fs.remove(temporary);
    throw error;
  } finally {
    forget();
  }
}

/** @throws Failure if a file is a link, or a folder on the way to it below `inside` is one */
export function refuseLinks(fs: FileSystem, at: string, inside: string): void {
  const folder = path.dirname(at);
  const below = path.relative(inside, folder);
  if (fs.realPath(folder) !== path.join(fs.realPath(inside), below))
    throw new Failure(`${at}: a folder above it is a link, and nothing is written through a link; put a folder there`);
  const target = fs.linkTarget(at);
  if (target !== undefined)
    throw new Failure(`${at} is a link to ${target}, and nothing is written through a link; put the file itself there`);
}

function exists(fs: FileSystem, at: string): boolean {
  try {
    fs.kind(at);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function holds(fs: FileSystem, at: string, content: string | Uint8Array): boolean {
  const wanted = Buffer.from(content);
  try {
    const found = fs.read(at, wanted.length);
    return found !== undefined && wanted.equals(found);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
