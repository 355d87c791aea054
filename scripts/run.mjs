// Starts a script of this folder: `node scripts/run.mjs validate --help`.
//
// Node 20 reads no TypeScript, and to load some hundred small modules takes longer than to check some hundred records. So the scripts and what they import
// are bundled by esbuild when they are first run, and again when a source or the lock file of the packages has changed: `.cache/scripts/<digest>/<name>.mjs`.
// Where that cannot be done, tsx loads the sources as they are, which is slower: without a second thread, and with schemas compiled anew.
// Plain JavaScript, for it runs before there is anything that reads TypeScript.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { nodeFault } from './nodeVersion.mjs';
import { systemSentence } from './systemErrors.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const cache = path.join(root, '.cache', 'scripts');
const workers = ['read/readAheadWorker.ts', 'write/viewWorker.ts'].map((name) => path.join('scripts', 'lib', name));
const manifest = 'manifest.json';

/** Every file under `scripts/`, by its path below the root, in an order that does not depend on the disk. */
function sources() {
  return fs
    .readdirSync(path.join(root, 'scripts'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|mjs)$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

/** The first of these files that is there, in this folder or else in the nearest above: packages can be shared. */
function nearest(names, folder = root) {
  const found = names.map((name) => path.join(folder, name)).find((file) => fs.existsSync(file));
  const above = path.dirname(folder);
  return found !== undefined || above === folder ? found : nearest(names, above);
}

/** What tells which packages are installed: npm's note of it, else a lock file. */
const lockFiles = ['node_modules/.package-lock.json', 'package-lock.json', 'pnpm-lock.yaml', 'yarn.lock'];

/** SHA-256 of all that a bundle is made of. */
function digestOf(files) {
  const hash = createHash('sha256');
  for (const file of [...files.map((name) => path.join(root, name)), nearest(lockFiles) ?? []].flat()) {
    const bytes = fs.readFileSync(file);
    hash.update(`${path.relative(root, file)}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex').slice(0, 32);
}

/** Bundles all scripts: the bytes of each file, by name. */
async function bundle(files) {
  const { build, stop } = await import('esbuild');
  try {
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: [...files.filter((file) => /^scripts.[^/\\]+\.ts$/.test(file)), ...workers],
      outdir: cache,
      write: false,
      entryNames: '[name]',
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      sourcemap: 'linked',
      format: 'esm',
      platform: 'node',
      target: 'node20',
      tsconfigRaw: {},
      // native, or only ever loaded by those who need them
      external: ['@duckdb/node-api', 'zx'],
      // packages of the CommonJS kind ask for each other by `require`
      banner: {
        js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
      },
      logLevel: 'silent',
    });
    return new Map(outputFiles.map((file) => [path.basename(file.path), file.contents]));
  } finally {
    await stop();
  }
}

/** Writes a bundle, with the sizes of its files last. It gets its name when it is whole; whoever comes second takes what is there. */
function write(contents, folder) {
  fs.mkdirSync(cache, { recursive: true });
  const staging = fs.mkdtempSync(path.join(cache, '.staging-'));
  const sizes = Object.fromEntries([...contents].map(([name, bytes]) => [name, bytes.length]));
  try {
    for (const [name, bytes] of [...contents, [manifest, JSON.stringify(sizes)]]) {
      fs.writeFileSync(path.join(staging, name), bytes, { flush: true });
      fs.chmodSync(path.join(staging, name), 0o644);
    }
    fs.chmodSync(staging, 0o755);
    if (fs.existsSync(folder) && !isWhole(folder)) fs.rmSync(folder, { recursive: true, force: true });
    fs.renameSync(staging, folder);
  } catch (error) {
    fs.rmSync(staging, { recursive: true, force: true });
    if (!isWhole(folder)) throw error;
  }
}

/** Whether a bundle has all its files, of the sizes that they were written with: a machine that lost its power may have kept names and no bytes. */
function isWhole(folder) {
  try {
    const sizes = Object.entries(JSON.parse(fs.readFileSync(path.join(folder, manifest), 'utf8')));
    return sizes.length > 0 && sizes.every(([name, size]) => fs.statSync(path.join(folder, name)).size === size);
  } catch {
    return false;
  }
}

const day = 24 * 60 * 60 * 1000;

/** Notes that a bundle is used, and, when another one was made, removes those that nobody has used for a day. Neither is worth failing for. */
function tidy(current, made) {
  try {
    const now = new Date();
    fs.utimesSync(current, now, now);
    for (const name of made ? fs.readdirSync(cache) : []) {
      const at = path.join(cache, name);
      if (at !== current && fs.statSync(at).mtimeMs < Date.now() - day) fs.rmSync(at, { recursive: true, force: true });
    }
  } catch {
    // another process removes the same, or the folder cannot be written
  }
}

const mostTries = 3;

/** The folder of the bundle of the sources as they are; undefined where there is none, and none can be made. */
async function bundleFolder() {
  for (let tries = 0; tries < mostTries; tries++) {
    const files = sources();
    const digest = digestOf(files);
    const folder = path.join(cache, digest);
    const whole = isWhole(folder);
    try {
      if (!whole) {
        const contents = await bundle(files);
        // what was saved meanwhile may be in it
        if (digestOf(sources()) !== digest) continue;
        write(contents, folder);
      }
    } catch {
      // the sources are run as they are, and tell what is wrong with them
      return undefined;
    }
    tidy(folder, !whole);
    return folder;
  }
  return undefined;
}

/** Why there is nothing to run, undefined where there is. */
function hindrance(name) {
  const fault = nodeFault();
  if (fault !== undefined) return `${name}: ${fault}`;
  if (!/^[A-Za-z]+$/.test(name) || !fs.existsSync(path.join(root, 'scripts', `${name}.ts`)))
    return `run: no script is called ${JSON.stringify(name)}`;
  return ['tsx', 'esbuild'].every((needed) => nearest([`node_modules/${needed}`]) !== undefined)
    ? undefined
    : `${name}: the packages are not installed: run "make setup"`;
}

/** The bundled script. One that has suffered is removed, and the source is run. */
async function importBundled(folder, name, source) {
  try {
    await import(pathToFileURL(path.join(folder, `${name}.mjs`)).href);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    fs.rmSync(folder, { recursive: true, force: true });
    await importSource(source);
  }
}

async function importSource(source) {
  const { register } = await import('tsx/esm/api');
  register();
  await import(pathToFileURL(source).href);
}

async function main(name) {
  const why = hindrance(name);
  if (why !== undefined) {
    process.stderr.write(`${why}\n`);
    return 2;
  }
  const source = path.join(root, 'scripts', `${name}.ts`);
  const folder = await bundleFolder();
  process.argv[1] = source;
  await (folder === undefined ? importSource(source) : importBundled(folder, name, source));
  // every script says how it went: silence is no success
  return process.exitCode ?? 2;
}

const [name = ''] = process.argv.splice(2, 1);

function fail(error) {
  const why = systemSentence(error) ?? (error instanceof Error ? error.stack : String(error));
  try {
    process.stderr.write(`${name}: ${why}\n`);
  } catch {
    // standard error is what cannot be written
  }
  process.exitCode = 2;
}

// what cannot be printed, on a full disk say, comes to light late: it could not run, and says nothing of the data
process.on('uncaughtException', (error) => {
  // who reads no further, as `head` does, has been told enough
  if (error?.code === 'EPIPE') process.exit(2);
  fail(error);
  process.exit();
});
try {
  process.exitCode = await main(name);
} catch (error) {
  fail(error);
}
