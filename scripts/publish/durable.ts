import path from 'node:path';
import { breather } from '../disk/breathe.ts';
import { type FileSystem, errorCode } from '../disk/fileSystem.ts';
import { temporaryName } from '../disk/owner.ts';
import { replaceFile } from '../disk/replace.ts';
import { filesBelow } from '../release/sums.ts';

/** Modes of published files, whatever the umask: all can read, the owner can write. */
const fileMode = 0o644;
const folderMode = 0o755;

/** Files of a folder that have their modes and are on the disk, by their paths. */
export type Settled = ReadonlySet<string>;

export const nothingSettled: Settled = new Set();

/** Sets the modes of everything in a folder and waits until it is on the disk. */
export function settle(fs: FileSystem, folder: string, settled: Settled = nothingSettled): void {
  for (const { name, kind } of fs.list(folder)) {
    const at = path.join(folder, name);
    if (kind === 'folder') settle(fs, at, settled);
    else if (!settled.has(at)) {
      fs.setMode(at, fileMode);
      fs.sync(at);
    }
  }
  fs.setMode(folder, folderMode);
  fs.sync(folder);
}

/**
 * Does so for the files of a folder, while the event loop runs. Nothing may write to these files afterwards: `settle`
 * leaves them out. Several are synced at once, since a disk writes what belongs to many files as fast as that of one.
 */
export async function settleFiles(fs: FileSystem, folder: string): Promise<Settled> {
  const breathe = breather();
  const paths = filesBelow(fs, folder).map((name) => path.join(folder, name));
  for (const at of paths) {
    fs.setMode(at, fileMode);
    if (fs.syncMany === undefined) fs.sync(at);
    await breathe();
  }
  await fs.syncMany?.(paths);
  return new Set(paths);
}

/** Replaces a file of `dist/` in one step. */
export function replaceText(fs: FileSystem, dist: string, name: string, text: string | Uint8Array): void {
  replaceFile(fs, path.join(dist, name), text, { inside: dist, mode: fileMode });
}

/** Replaces a relative link of `dist/` in one step. */
export function replaceLink(fs: FileSystem, dist: string, name: string, target: string): void {
  if (fs.linkTarget(path.join(dist, name)) === target) return;
  const fresh = path.join(dist, temporaryName(fs, name));
  try {
    fs.link(target, fresh);
    fs.rename(fresh, path.join(dist, name));
  } catch (error) {
    fs.remove(fresh);
    throw error;
  }
  fs.sync(dist);
}

/** Errors of systems that cannot make links, or not for this user. */
const withoutLinks: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Replaces a relative link of `dist/`; if links cannot be made, writes a file of that name with the target. */
export function replaceLinkOrFile(fs: FileSystem, dist: string, name: string, target: string): void {
  try {
    replaceLink(fs, dist, name, target);
  } catch (error) {
    if (!withoutLinks.has(errorCode(error) ?? '')) throw error;
    replaceText(fs, dist, name, `${target}\n`);
  }
}
