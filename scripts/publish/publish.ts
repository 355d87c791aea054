import { createHash } from 'node:crypto';
import path from 'node:path';
import { Failure } from '../base/problem.ts';
import { type FileSystem, errorCode } from '../disk/fileSystem.ts';
import { damagedFiles, isStable, readSums, sumsFile } from '../release/sums.ts';
import { compareText } from '../base/text.ts';
import { type Settled, nothingSettled, replaceLink, settle } from './durable.ts';
import { removeLeftovers } from './leftovers.ts';
import { listenForSignals, onInterrupt } from '../disk/interrupt.ts';
import { temporaryName } from '../disk/owner.ts';
import { isVersion, listVersions, writeVersions } from './versions.ts';

/**
 * A folder in `dist/` that no reader uses, on the same file system as the result. Leftovers of dead runs are removed.
 */
export function createStaging(fs: FileSystem, dist: string, staging = stagingIn(fs, dist)): string {
  fs.makeFolder(dist);
  fs.makeFolder(staging);
  removeLeftovers(fs, dist, fs.modified(staging));
  return staging;
}

function stagingIn(fs: FileSystem, dist: string): string {
  return path.join(dist, temporaryName(fs, 'staging'));
}

/** Does work in a staging folder that is removed when the work ends, successfully or not. */
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
 * Publishes a staging folder as `next`: its folder gets its own name, which begins with its unreleased version, and the
 * link `next` is replaced in one step. Readers see all of the old build or all of the new one. Any number of runs can
 * do so at once: `next` points to the build of one of them, and no run removes a folder that `next` points to or is
 * about to point to. The previous build of `next` is removed.
 * @returns the published folder
 */
export function publishNext(
  fs: FileSystem,
  dist: string,
  staging: string,
  version: string,
  settled: Settled = nothingSettled,
): string {
  const link = path.join(dist, 'next');
  const before = fs.linkTarget(link);
  mustBeLink(fs, link);
  settle(fs, staging, settled);
  // derived from the staging folder's own name: no other build ever has it, so a name never means another folder later
  const name = `${version}.${createHash('sha256').update(path.basename(staging)).digest('hex').slice(0, 12)}`;
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
    // it is unknown which of the two links is on the disk: the old one must not be broken
    if (before !== undefined) replaceLink(fs, dist, 'next', before);
    else fs.remove(link);
    fs.remove(path.join(dist, name));
    throw error;
  }
  removeLeftovers(fs, dist, now);
  return path.join(dist, name);
}

/** The result of publishing a version: the files are paths in its folder. */
export type Publication =
  | 'published'
  /** It exists already, with this content. */
  | 'same'
  /** It exists already, with other content in these files. */
  | { readonly differs: readonly string[] }
  /** It exists already, and these of its files do not match its own `SHA256SUMS`. */
  | { readonly damaged: readonly string[] };

/**
 * Publishes a staging folder as `dist/<version>`, permanently: an existing version is compared and never written to.
 * Then `versions.json` and the link `latest` are updated from the content of `dist/`, even if the version existed: so
 * the next run completes one that was interrupted between the two.
 * The staging folder is gone after `published` and `same`, and left to the caller otherwise.
 * @throws Failure if it is not a semantic version, or another version in `dist/` cannot be read
 */
export function publishVersion(
  fs: FileSystem,
  dist: string,
  staging: string,
  version: string,
  settled: Settled = nothingSettled,
): Publication {
  if (!isVersion(version)) throw new Failure(`${version} is not a version that can be published`);
  const folder = path.join(dist, version);
  if (!namesVersion(fs, path.join(dist, 'latest'))) mustBeLink(fs, path.join(dist, 'latest'));
  const fresh = movedTo(fs, staging, folder, settled);
  if (!fresh) {
    const found = compareVersion(fs, folder, staging);
    if (found !== 'same') return found;
    fs.remove(staging);
  }
  fs.sync(dist);
  writeVersions(fs, dist);
  return fresh ? 'published' : 'same';
}

/** Whether the folder got its name: false if something has the name already. */
function movedTo(fs: FileSystem, staging: string, folder: string, settled: Settled): boolean {
  if (exists(fs, folder)) return false;
  // versions that cannot be listed are reported before anything is published
  listVersions(fs, path.dirname(folder));
  settle(fs, staging, settled);
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
 * Compares a published version with another build of it, by their lists of digests; files of the published one are
 * checked against its list. Both list the digest of datapackage.json, which has the contentHash of the database: if the
 * one is equal, so is the other.
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

/** The files of a published version that do not match its own list of digests. */
export function damageOf(fs: FileSystem, folder: string): readonly string[] {
  if (fs.kind(folder) !== 'folder' || !exists(fs, path.join(folder, sumsFile))) return [sumsFile];
  return damagedFiles(fs, folder, readSums(fs, folder)).toSorted(compareText);
}

/** Whether a file names a version, as `latest` does if links cannot be made. */
function namesVersion(fs: FileSystem, at: string): boolean {
  if (fs.linkTarget(at) !== undefined || !exists(fs, at) || fs.kind(at) !== 'file') return false;
  return isVersion(
    Buffer.from(fs.read(at, mostVersion) ?? [])
      .toString('utf8')
      .trim(),
  );
}

/** The most bytes of a file that names a version. */
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
