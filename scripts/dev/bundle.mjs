// Compiles the sources to JavaScript: for older versions of Node (launch.mjs), and for the package (package.mjs).
import fs from 'node:fs';
import path from 'node:path';

/** Modules that run in their own thread or process; they are next to the entries. */
const workers = [
  'scripts/disk/readAheadWorker.ts',
  'scripts/disk/searchWorker.ts',
  'scripts/engine/duckdb/viewWorker.ts',
  'scripts/write/rowWorker.ts',
  'scripts/verbs/spark/sparkWorker.ts',
  'scripts/verbs/threads/partWorker.ts',
];

/** Code of the tests finds its files relative to its source. */
const placed = {
  name: 'placed',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]test[\\/][^\0]*\.ts$/ }, ({ path: file }) => ({
      contents: fs.readFileSync(file, 'utf8').replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file))),
      loader: 'ts',
    }));
  },
};

/**
 * Bundles entries, given by their paths below the root, with the pages: the bytes of each file, by name. `options` are
 * those of esbuild.
 */
export async function bundle(root, entries, options = {}) {
  const { build, stop } = await import('esbuild');
  const { buildPages } = await import('./pages.mjs');
  try {
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: [...new Set([...entries, ...workers])],
      outdir: path.join(root, '.cache', 'scripts'),
      write: false,
      entryNames: '[name]',
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      sourcemap: 'linked',
      format: 'esm',
      platform: 'node',
      // 20.0 does not support import attributes, which JSON needs
      target: 'node20.19',
      tsconfigRaw: {},
      // native code, or loaded only by those who need it
      external: ['@duckdb/node-api', 'zx', 'esbuild'],
      // CommonJS packages load each other with `require`
      banner: {
        js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
      },
      plugins: [placed],
      logLevel: 'silent',
      ...options,
    });
    const modules = outputFiles.map((file) => [path.basename(file.path), file.contents]);
    return new Map([...modules, ...(await buildPages(root))]);
  } finally {
    await stop();
  }
}
