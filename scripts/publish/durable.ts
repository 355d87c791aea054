import path from 'node:path';
import { type FileSystem, errorCode } from '../disk/fileSystem.ts';
import { temporaryName } from '../disk/owner.ts';
import { replaceFile } from '../disk/replace.ts';

/** Modes of what is published, whatever the umask of whoever publishes: for all to read, for the owner to write. */
const fileMode = 0o644;
const folderMode = 0o755;

/** Gives all that is in a folder its mode and waits until it is on the disk. */
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
 * Waits until the files of a folder are on the disk, letting the event loop come round now and then: `settle` has little
 * left to wait for afterwards.
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

/** What systems say that make no links, or not for this user. */
const withoutLinks: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Replaces a relative link of `dist/`; where links cannot be made, a file of that name that says what it leads to. */
export function replaceLinkOrFile(fs: FileSystem, dist: string, name: string, target: string): void {
  try {
    replaceLink(fs, dist, name, target);
  } catch (error) {
    if (!withoutLinks.has(errorCode(error) ?? '')) throw error;
    replaceText(fs, dist, name, `${target}\n`);
  }
}
