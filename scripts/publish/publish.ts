import { createHash } from 'node:crypto';
import path from 'node:path';
import { Failure } from '../base/problem.ts';
import { type FileSystem, errorCode } from '../disk/fileSystem.ts';
import { damagedFiles, isStable, readSums, sumsFile } from '../release/sums.ts';
import { compareText } from '../base/text.ts';
import { replaceLink, settle } from './durable.ts';
import { removeLeftovers } from './leftovers.ts';
import { listenForSignals, onInterrupt } from '../disk/interrupt.ts';
import { temporaryName } from '../disk/owner.ts';
import { isVersion, listVersions, writeVersions } from './versions.ts';

/** A folder in `dist/` that no reader looks into, on the same file system as what it will become. What dead runs left is removed. */
export function createStaging(fs: FileSystem, dist: string, staging = stagingIn(fs, dist)): string {
  fs.makeFolder(dist);
  fs.makeFolder(staging);
  removeLeftovers(fs, dist, fs.modified(staging));
  return staging;
}

function stagingIn(fs: FileSystem, dist: string): string {
  return path.join(dist, temporaryName(fs, 'staging'));
}

/** Does work in a staging folder that is removed when the work ends, however it ends. */
export async function inStaging<T>(fs: FileSystem, dist: string, work: (staging: string) => Promise<T>): Promise<T> {
  listenForSignals();
  const staging = stagingIn(fs, dist);
  const forget = onInterrupt(() => fs.remove(staging));
  try {
    return await work(createStaging(fs, dist, staging));
  } finally {
    fs.remove(staging);
    forget();
  }
}

/**
 * Publishes a staging folder as the next version: its folder gets a name of its own behind the version, and the link `next` is replaced
 * in one step. Readers see the old build or the new one, whole. Any number of runs can do so at once: `next` leads to the build of one of
 * them, and no run removes a folder to which `next` leads or is about to lead. The build that `next` led to before is removed.
 * @returns the folder published
 */
export function publishNext(fs: FileSystem, dist: string, staging: string, version: string): string {
  const link = path.join(dist, 'next');
  const before = fs.linkTarget(link);
  mustBeLink(fs, link);
  settle(fs, staging);
  // of the staging folder's own name: no other build ever has it, so that a name never comes to mean another folder
  const name = `${version}-next.${createHash('sha256').update(path.basename(staging)).digest('hex').slice(0, 12)}`;
  const announced = path.join(dist, temporaryName(fs, 'next'));
  const now = fs.modified(staging);
  try {
    fs.link(name, announced);
    fs.rename(staging, path.join(dist, name));
    fs.sync(dist);
    fs.rename(announced, link);
  } catch (error) {
    fs.remove(path.join(dist, name));
    fs.remove(announced);
    throw error;
  }
  try {
    fs.sync(dist);
  } catch (error) {
    // which of the two links the disk has is not known: the old one must not lead to nothing
    if (before !== undefined) replaceLink(fs, dist, 'next', before);
    else fs.remove(link);
    fs.remove(path.join(dist, name));
    throw error;
  }
  removeLeftovers(fs, dist, now);
  return path.join(dist, name);
}

/** What came of publishing a version: the files named are paths in its folder. */
export type Publication =
  | 'published'
  /** It is there already, with this content. */
  | 'same'
  /** It is there already, with other content in these files. */
  | { readonly differs: readonly string[] }
  /** It is there already, and these of its files are not what its own `SHA256SUMS` says. */
  | { readonly damaged: readonly string[] };

/**
 * Publishes a staging folder as `dist/<version>`, once and for ever: a version that is there is compared and never written to. Then
 * `versions.json` and the link `latest` are made to say what is in `dist/`, also where the version was there before: so a run that
 * was interrupted between the two is mended by the next one.
 * The staging folder is gone after `published` and `same`, and left to the caller otherwise.
 * @throws Failure for a version that is no semantic version, or where another version in `dist/` cannot be read
 */
export function publishVersion(fs: FileSystem, dist: string, staging: string, version: string): Publication {
  if (!isVersion(version)) throw new Failure(`${version} is not a version that can be published`);
  const folder = path.join(dist, version);
  if (!namesVersion(fs, path.join(dist, 'latest'))) mustBeLink(fs, path.join(dist, 'latest'));
  const fresh = movedTo(fs, staging, folder);
  if (!fresh) {
    const found = compareVersion(fs, folder, staging);
    if (found !== 'same') return found;
    fs.remove(staging);
  }
  fs.sync(dist);
  writeVersions(fs, dist);
  return fresh ? 'published' : 'same';
}

/** Whether the folder got its name: not where something is there already. */
function movedTo(fs: FileSystem, staging: string, folder: string): boolean {
  if (exists(fs, folder)) return false;
  // what cannot be listed afterwards is to be told before anything is published
  listVersions(fs, path.dirname(folder));
  settle(fs, staging);
  try {
    fs.rename(staging, folder);
    return true;
  } catch (error) {
    // another run has published it in the meantime
    if (errorCode(error) === 'ENOTEMPTY' || errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Compares a published version with another build of it, by what their lists of digests say; the published one is not trusted to be what its list says.
 * Both list the digest of datapackage.json, and it the contentHash of the database: where the one is equal, so is the other.
 */
export function compareVersion(fs: FileSystem, folder: string, staging: string): Exclude<Publication, 'published'> {
  const damaged = damageOf(fs, folder);
  if (damaged.length > 0) return { damaged };
  const known = readSums(fs, folder);
  const wanted = readSums(fs, staging);
  const names = new Set([...known.digests.keys(), ...wanted.digests.keys()]);
  const differs = [...names].filter((name) => {
    const [a, b] = [known.digests.get(name), wanted.digests.get(name)];
    return isStable(name) ? a !== b : a === undefined || b === undefined;
  });
  return differs.length === 0 ? 'same' : { differs: differs.toSorted(compareText) };
}

/** The files of a published version that are not what its own list of digests says. */
export function damageOf(fs: FileSystem, folder: string): readonly string[] {
  if (fs.kind(folder) !== 'folder' || !exists(fs, path.join(folder, sumsFile))) return [sumsFile];
  return damagedFiles(fs, folder, readSums(fs, folder)).toSorted(compareText);
}

/** Whether a file names a version, as `latest` does where links cannot be made. */
function namesVersion(fs: FileSystem, at: string): boolean {
  if (fs.linkTarget(at) !== undefined || !exists(fs, at) || fs.kind(at) !== 'file') return false;
  return isVersion(
    Buffer.from(fs.read(at, mostVersion) ?? [])
      .toString('utf8')
      .trim(),
  );
}

/** A file that names a version is no longer, in bytes. */
const mostVersion = 1000;

function mustBeLink(fs: FileSystem, at: string): void {
  if (fs.linkTarget(at) === undefined && exists(fs, at))
    throw new Failure(`${at} is in the way: it should be a link that a build made`);
}

function exists(fs: FileSystem, at: string): boolean {
  try {
    fs.kind(at);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return false;
    throw error;
  }
}
