// Compiles the sources to JavaScript: for older versions of Node (launch.mjs), and for the package (package.mjs).
import { isAscii } from 'node:buffer';
import fs from 'node:fs';
import { createRequire } from 'node:module';
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
 * The client of DuckDB has 150 small modules. In a bundle they load in a third of the time, and what V8 compiled of
 * them is kept. The native code that they load stays where it is installed.
 */
const native = {
  name: 'native',
  setup({ onResolve }) {
    onResolve({ filter: /^@duckdb\/node-bindings$/ }, ({ path: name, importer }) => ({
      path: createRequire(importer).resolve(name),
      external: true,
    }));
  },
};

/** What all bundles have in common, as options of esbuild. */
function shared(root) {
  return {
    absWorkingDir: root,
    outdir: path.join(root, '.cache', 'scripts'),
    write: false,
    entryNames: '[name]',
    bundle: true,
    sourcemap: 'linked',
    platform: 'node',
    // 20.0 does not support import attributes, which JSON needs
    target: 'node20.19',
    tsconfigRaw: {},
    // loaded only by those who need it
    external: ['zx', 'esbuild'],
    plugins: [placed, native],
    logLevel: 'silent',
  };
}

/** Modules that share what they have in common. */
const asModules = {
  splitting: true,
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  // CommonJS packages load each other with `require`
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
  },
};

/** One script, which compiledScript.mjs runs. It stays in ASCII, so that it need not be decoded. */
const asScript = {
  format: 'cjs',
  charset: 'ascii',
  // V8 forgets how a script imports modules when it uses compiled code that was kept: packages are required
  supported: { 'dynamic-import': false },
  outExtension: { '.js': '.cjs' },
  define: {
    'import.meta.url': '__url',
    'import.meta.filename': '__filename',
    'import.meta.dirname': '__dirname',
  },
};

/** The bytes of a built file; of a script, in ASCII: esbuild leaves other characters in regular expressions. */
function bytesOf({ path: file, contents, text }) {
  if (!file.endsWith('.cjs') || isAscii(contents)) return contents;
  return Buffer.from(text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`));
}

/** The files of a build, with the pages and without what esbuild keeps running: the bytes of each, by name. */
async function filesOf(root, builds) {
  const { build, stop } = await import('esbuild');
  const { buildPages } = await import('./pages.mjs');
  try {
    const built = await Promise.all(builds.map((options) => build({ ...shared(root), ...options })));
    const files = built.flatMap(({ outputFiles }) => outputFiles);
    return new Map([...files.map((file) => [path.basename(file.path), bytesOf(file)]), ...(await buildPages(root))]);
  } finally {
    await stop();
  }
}

/**
 * Bundles entries, given by their paths below the root, with the pages: the bytes of each file, by name. `options` are
 * those of esbuild.
 */
export function bundle(root, entries, options = {}) {
  return filesOf(root, [{ ...asModules, entryPoints: [...new Set([...entries, ...workers])], ...options }]);
}

/** Bundles an entry that awaits nothing at its top level as one script, next to the modules of its workers. */
export function bundleScript(root, entry) {
  // the largest package, for few: it is not read each time
  const external = [...shared(root).external, 'unpdf'];
  return filesOf(root, [
    { ...asScript, entryPoints: [entry], external },
    { ...asModules, entryPoints: workers },
  ]);
}
