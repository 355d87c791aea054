import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageFolder } from '../../base/package.ts';

/** A file of the page, as it is served. */
export interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array | string;
}

/** The files of the page by their paths: compiled in the package, made by esbuild in a checkout. */
export async function pageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const sources = path.join(packageFolder, 'scripts', 'web', 'workbench', 'page');
  const compiled = path.join(packageFolder, 'lib', 'workbench');
  const read = (folder: string, name: string): Uint8Array => readFileSync(path.join(folder, name));
  if (existsSync(path.join(sources, 'main.tsx'))) {
    const { buildPage } = await import('./buildPage.ts');
    return named(await buildPage(packageFolder));
  }
  return named(new Map(['index.html', 'main.js', 'main.css'].map((name) => [name, read(compiled, name)])));
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

function named(files: ReadonlyMap<string, Uint8Array | string>): ReadonlyMap<string, PageFile> {
  return new Map(
    [...files].map(([name, bytes]) => [
      name === 'index.html' ? '/' : `/${name}`,
      { type: types[path.extname(name)] ?? 'application/octet-stream', bytes },
    ]),
  );
}
