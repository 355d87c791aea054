import { existsSync } from 'node:fs';
import path from 'node:path';
import { launched } from './launched.mjs';

/** The folder of the running bundle, with its modules side by side; undefined if the sources run directly. */
export const bundleFolder = path.extname(import.meta.filename) === '.ts' ? undefined : import.meta.dirname;

/** The folder for what takes long to make; undefined if it is unknown which sources are running. */
export const keptFolder = bundleFolder === undefined ? launched.kept : path.join(bundleFolder, 'kept');

/** Whether Node can run a source in a thread of its own: it can if it runs the sources directly. */
const runsSources = launched.kept !== undefined;

/** The script of a thread, `source` being its path below the sources; undefined if Node cannot run it. */
export function threadScript(source: string): string | undefined {
  if (bundleFolder !== undefined) return path.join(bundleFolder, `${path.basename(source, '.ts')}.mjs`);
  return runsSources ? path.join(packageFolder, 'scripts', source) : undefined;
}

/** The folder of the package: the nearest above this module, source or bundled, that holds a package.json. */
export const packageFolder = folderOfPackage(import.meta.dirname);

function folderOfPackage(folder: string): string {
  const above = path.dirname(folder);
  return existsSync(path.join(folder, 'package.json')) || above === folder ? folder : folderOfPackage(above);
}

/** The file with which Node starts the toolkit in another process, given the folder of its package. */
export function entryIn(folder: string): string {
  return path.join(folder, 'scripts', 'run.mjs');
}
