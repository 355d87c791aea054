import path from 'node:path';
import { bundleFolder, packageFolder } from '../../base/package.ts';
import { Failure } from '../../base/problem.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';

/** A file of the page, as served. */
export interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array | string;
}

/** The built files of the page: next to the running bundle, or in the cache when the sources run. */
const folder = bundleFolder ?? path.join(packageFolder, '.cache', 'pages');
const mostBytes = 4 << 20;

const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Workbench</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/workbench.css" />
  </head>
  <body>
    <div id="workbench"></div>
    <script src="/workbench.js"></script>
  </body>
</html>
`;

/** The files of the page by their paths. @throws Failure if they were not built */
export function pageFiles(fs: FileSystem): ReadonlyMap<string, PageFile> {
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', bytes: html }],
    ['/workbench.js', { type: 'text/javascript; charset=utf-8', bytes: built(fs, 'workbench.js') }],
    ['/workbench.css', { type: 'text/css; charset=utf-8', bytes: built(fs, 'workbench.css') }],
  ]);
}

function built(fs: FileSystem, name: string): Uint8Array {
  const at = path.join(folder, name);
  try {
    const bytes = fs.read(at, mostBytes);
    // the bytes are valid until the next read
    if (bytes !== undefined) return Uint8Array.from(bytes);
  } catch {
    // the failure below reports it
  }
  throw new Failure(`${at} could not be read: install the toolkit again, or run "make setup"`);
}
