import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Makes the files of the page from its sources, by name. `root` is the folder of the package. */
export async function buildPage(root: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const { build } = await import('esbuild');
  const folder = path.join(root, 'scripts', 'web', 'workbench', 'page');
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [path.join(folder, 'main.tsx'), path.join(folder, 'main.css')],
    outdir: path.join(root, '.cache', 'workbench'),
    write: false,
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: ['chrome120', 'firefox128', 'safari17'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    tsconfigRaw: {},
    legalComments: 'none',
    logLevel: 'silent',
  });
  return new Map([
    ['index.html', readFileSync(path.join(folder, 'index.html'))],
    ...outputFiles.map((file) => [path.basename(file.path), file.contents] as const),
  ]);
}
