// Starts a script of this folder: `node scripts/run.mjs validate --help`.
//
// Node 20 reads no TypeScript, and to load some hundred small modules takes longer than to check some hundred records. So the scripts and what they import
// are bundled by esbuild when they are first run, and again when one of them or the installed packages have changed: `.cache/scripts/<digest>/<name>.mjs`.
// Where nothing can be written, tsx loads the sources as they are. Plain JavaScript, for it runs before there is anything that reads TypeScript.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { nodeFault } from './nodeVersion.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const cache = path.join(root, '.cache', 'scripts');
const worker = path.join('scripts', 'lib', 'read', 'readAheadWorker.ts');
/** What npm notes of the packages that it has installed. */
const packages = path.join('node_modules', '.package-lock.json');

/** Every file under `scripts/`, by its path below the root, in an order that does not depend on the disk. */
function sources() {
  return fs
    .readdirSync(path.join(root, 'scripts'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|mjs)$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

/** SHA-256 of all that a bundle is made of. */
function digestOf(files) {
  const hash = createHash('sha256');
  for (const file of [...files, packages]) {
    const bytes = fs.readFileSync(path.join(root, file));
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex').slice(0, 32);
}

/** Bundles all scripts into a folder. It gets its name when it is whole; whoever comes second takes what is there. */
async function bundle(files, folder) {
  const { build, stop } = await import('esbuild');
  fs.mkdirSync(cache, { recursive: true });
  const staging = fs.mkdtempSync(path.join(cache, '.staging-'));
  try {
    await build({
      absWorkingDir: root,
      entryPoints: [...files.filter((file) => /^scripts.[^/\\]+\.ts$/.test(file)), worker],
      outdir: staging,
      entryNames: '[name]',
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      // native, or only ever loaded by those who need them
      external: ['@duckdb/node-api', 'edtf', 'zx'],
      // packages of the CommonJS kind ask for each other by `require`
      banner: {
        js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
      },
      logLevel: 'silent',
    });
    fs.chmodSync(staging, 0o755);
    fs.renameSync(staging, folder);
  } catch (error) {
    fs.rmSync(staging, { recursive: true, force: true });
    if (!fs.existsSync(folder)) throw error;
  } finally {
    await stop();
  }
  removeOld(folder);
}

const day = 24 * 60 * 60 * 1000;

/** Removes the bundles of sources as they were; not those of today, which may still be running. */
function removeOld(current) {
  for (const name of fs.readdirSync(cache)) {
    const at = path.join(cache, name);
    if (at !== current && fs.statSync(at).mtimeMs < Date.now() - day) fs.rmSync(at, { recursive: true, force: true });
  }
}

/** What to import for a script: its bundle, or the source itself. */
async function moduleOf(name) {
  const files = sources();
  const folder = path.join(cache, digestOf(files));
  if (!fs.existsSync(folder)) {
    try {
      await bundle(files, folder);
    } catch (error) {
      if (!('syscall' in error)) throw error;
      const { register } = await import('tsx/esm/api');
      register();
      return path.join(root, 'scripts', `${name}.ts`);
    }
  }
  return path.join(folder, `${name}.mjs`);
}

/** Why there is nothing to run, undefined where there is. */
function hindrance(name) {
  const fault = nodeFault();
  if (fault !== undefined) return `${name}: ${fault}`;
  if (!fs.existsSync(path.join(root, 'scripts', `${name}.ts`)))
    return `run: no script is called ${JSON.stringify(name)}`;
  return fs.existsSync(path.join(root, packages))
    ? undefined
    : `${name}: the packages are not installed: run "make setup"`;
}

const [name = ''] = process.argv.splice(2, 1);
const why = hindrance(name);
if (why === undefined) {
  const file = await moduleOf(name);
  process.argv[1] = path.join(root, 'scripts', `${name}.ts`);
  await import(pathToFileURL(file).href);
} else {
  process.stderr.write(`${why}\n`);
  process.exitCode = 2;
}
