import path from 'node:path';
import { bundleFolder, packageFolder } from '../../base/package.ts';
import { Failure } from '../../base/problem.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';

/** The built files of the page: next to the running bundle, or in the cache if the sources run directly. */
const folder = bundleFolder ?? path.join(packageFolder, '.cache', 'pages');
const mostBytes = 4 << 20;

/** A built file of the page. @throws Failure if it was not built */
export function programFile(files: FileSystem, name: string): Uint8Array {
  try {
    const bytes = files.read(path.join(folder, name), mostBytes);
    // the bytes are valid until the next read
    if (bytes !== undefined) return Uint8Array.from(bytes);
  } catch {
    // reported below
  }
  throw new Failure(`${path.join(folder, name)} cannot be read: install the toolkit again, or run "make setup"`);
}
