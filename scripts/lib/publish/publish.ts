import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { Failure } from '../problem.ts';
import { type FileSystem, errorCode } from '../read/fileSystem.ts';

const stagingPrefix = '.staging-';

/** A folder in `dist/` that no reader looks into, on the same file system as what it will become. */
export function createStaging(fs: FileSystem, dist: string): string {
  fs.makeFolder(dist);
  for (const { name } of fs.list(dist)) if (isAbandoned(name)) fs.remove(path.join(dist, name));
  const staging = path.join(dist, `${stagingPrefix}${process.pid}-${randomBytes(4).toString('hex')}`);
  fs.makeFolder(staging);
  return staging;
}

/** Whether it is the staging folder of a build that is no longer running. */
function isAbandoned(name: string): boolean {
  const pid = new RegExp(`^\\${stagingPrefix}(\\d+)-`).exec(name)?.[1];
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return errorCode(error) === 'ESRCH';
  }
}

/**
 * Publishes a staging folder as the next version: its folder gets a name made from version and content, and the link `next` is replaced
 * in one step. Readers see the old build or the new one, whole. The build that `next` led to before is removed.
 * @returns the folder published
 */
export function publishNext(fs: FileSystem, dist: string, staging: string, version: string): string {
  const digest = createHash('sha256');
  for (const piece of fs.chunks(path.join(staging, 'SHA256SUMS'))) digest.update(piece);
  const name = `${version}-next.${digest.digest('hex').slice(0, 12)}`;
  const link = path.join(dist, 'next');
  const before = fs.linkTarget(link);
  if (before === undefined && exists(fs, link))
    throw new Failure(`${link} is in the way: it should be a link that a build made`);
  if (before === name) fs.remove(staging);
  else {
    fs.remove(path.join(dist, name));
    fs.rename(staging, path.join(dist, name));
    const fresh = path.join(dist, `.next-${process.pid}`);
    fs.remove(fresh);
    fs.link(name, fresh);
    fs.rename(fresh, link);
  }
  if (before !== undefined && before !== name && /^[^/\\]+-next\.[0-9a-f]{12}$/.test(before))
    fs.remove(path.join(dist, before));
  return path.join(dist, name);
}

function exists(fs: FileSystem, at: string): boolean {
  try {
    fs.kind(at);
    return true;
  } catch {
    return false;
  }
}
