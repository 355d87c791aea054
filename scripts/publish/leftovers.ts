import path from 'node:path';
import { type FileSystem, errorCode } from '../disk/fileSystem.ts';
import { isAbandoned, temporaryKind, temporaryName } from '../disk/owner.ts';

/** The folder of a build that is not a version yet: `next` points to one of them. */
export const buildFolder = /^[^/\\]+[-.]next\.[0-9a-f]{12}$/;

/**
 * Removes leftovers of dead runs from `dist/`: their staging folders, links and files, and folders of builds that no
 * link points to. Everything that a living run has made, or may have made, stays. What cannot be removed stays too.
 * @param now the time of the file system of `dist/`, which can differ from that of this machine
 */
export function removeLeftovers(fs: FileSystem, dist: string, now: number): void {
  // a run announces its folder with a link before it makes it: every folder listed here has its link when links are
  // read
  const builds = fs
    .list(dist)
    .filter(({ name, kind }) => kind === 'folder' && buildFolder.test(name))
    .map(({ name }) => name);
  const announced = new Set<string>();
  for (const { name } of fs.list(dist)) {
    if (temporaryKind(name) === undefined) continue;
    if (isAbandoned(fs, dist, name, now)) discard(fs, dist, name);
    else announced.add(fs.linkTarget(path.join(dist, name)) ?? '');
  }
  // an announcement becomes `next` in one step, so `next` is read last
  announced.add(fs.linkTarget(path.join(dist, 'next')) ?? '');
  for (const name of builds) if (!announced.has(name)) discard(fs, dist, name);
}

/**
 * Removes an entry after renaming it to a name of this run: if two runs clean up, only one gets it, and no reader sees
 * half of it.
 */
function discard(fs: FileSystem, dist: string, name: string): void {
  const own = path.join(dist, temporaryName(fs, 'staging'));
  try {
    fs.rename(path.join(dist, name), own);
    fs.remove(own);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  }
}
