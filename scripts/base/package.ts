import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder of the bundle that is running, its modules side by side; undefined where the sources run as they are. */
export const bundleFolder = path.extname(import.meta.filename) === '.mjs' ? import.meta.dirname : undefined;

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
