import path from 'node:path';
import { type FileSystem, errorCode } from '../disk/fileSystem.ts';
import { temporaryName } from '../disk/owner.ts';
import { replaceFile } from '../disk/replace.ts';

/** Modes of published files, whatever the umask: all can read, the owner can write. */
const fileMode = 0o644;
const folderMode = 0o755;

/** Sets the modes of everything in a folder and waits until it is on the disk. */
export function settle(fs: FileSystem, folder: string): void {
  for (const { name, kind } of fs.list(folder)) {
    if (kind === 'folder') settle(fs, path.join(folder, name));
    else {
      fs.setMode(path.join(folder, name), fileMode);
      fs.sync(path.join(folder, name));
    }
  }
  fs.setMode(folder, folderMode);
  fs.sync(folder);
}

/**
 * Waits until the files of a folder are on the disk, letting the event loop run now and then: `settle` has little left
 * to wait for afterwards.
 */
export async function syncWithBreath(fs: FileSystem, folder: string, breathe: () => Promise<void>): Promise<void> {
  for (const { name, kind } of fs.list(folder)) {
    if (kind === 'folder') await syncWithBreath(fs, path.join(folder, name), breathe);
    else fs.sync(path.join(folder, name));
    await breathe();
  }
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
