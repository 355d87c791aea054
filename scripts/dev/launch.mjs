// Runs the sources of the toolkit, for run.mjs. `--entry FILE …` runs another entry than the commands.
//
// Node 24 runs the sources directly and keeps what it compiled. Older versions cannot, or strip the types again each
// time, so for them esbuild bundles the sources into `.cache/`, again when a source or an installed package changes.
// Plain JavaScript: this runs before anything that reads TypeScript. It is not part of the package.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launched } from '../base/launched.mjs';
import { systemCause, systemSentence } from '../systemErrors.mjs';
import { runCompiled } from './compiledScript.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const ownCache = path.join(root, '.cache');
const cache = path.join(ownCache, 'scripts');
/** Where sources that run directly keep things, in a folder for each state of the sources. */
const keptFolders = path.join(ownCache, 'kept');
const manifest = 'manifest.json';

/** The first major version of Node whose compile cache keeps sources with their types stripped. */
const stripsTypes = 24;

/** Whether Node runs the sources directly: a flag can forbid it. */
function runsSources() {
  const [major = 0] = process.versions.node.split('.').map(Number);
  return major >= stripsTypes && process.features.typescript !== false;
}

/**
 * Every file in a folder and below that can become part of a bundle, by its path below the root.
 * @param {string} folder
 * @returns {Generator<string>}
 */
function* sourcesIn(folder) {
  for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const at = `${folder}${path.sep}${entry.name}`;
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules') yield* sourcesIn(at);
    } else if (entry.isFile() && /\.(?:tsx?|mjs|css|json)$/.test(entry.name)) yield at;
  }
}

/** Whether an entry is code of the toolkit, not of its tests. */
function isOwn(entry) {
  return entry.startsWith(`scripts${path.sep}`);
}

/** The commands. They start often: their bundle is one script, of which the compiled code is kept. */
const commands = path.join('scripts', 'demarche.ts');

/** Everything that goes into the bundle of an entry, in an order that does not depend on the disk. */
function sourcesOf(entry) {
  return [...sourcesIn('scripts'), ...(isOwn(entry) ? [] : sourcesIn('test'))].toSorted();
}

/** The first of these files that exists, in this folder or the nearest one above: packages can be shared. */
function nearest(names, folder = root) {
  const found = names.map((name) => path.join(folder, name)).find((file) => fs.existsSync(file));
  const above = path.dirname(folder);
  return found !== undefined || above === folder ? found : nearest(names, above);
}

/** Files that show which packages are installed: npm's record, else a lock file. */
const lockFiles = ['node_modules/.package-lock.json', 'package-lock.json', 'pnpm-lock.yaml', 'yarn.lock'];

/** SHA-256 of everything that a bundle is made from, as 32 hexadecimal digits. */
function digestOf(entry) {
  const hash = createHash('sha256').update(`${root}\0${entry}\0`);
  const lock = nearest(lockFiles);
  const add = (name, file) => {
    const bytes = fs.readFileSync(file);
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  };
  for (const name of sourcesOf(entry)) add(name, root + path.sep + name);
  if (lock !== undefined) add(path.relative(root, lock), lock);
  return hash.digest('hex').slice(0, 32);
}

/**
 * Writes a bundle, with the sizes of its files last. It gets its name when it is complete; if there is one already, it
 * stays.
 */
function write(contents, folder) {
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

/** Whether a bundle has all its files in their recorded sizes: a power cut can keep names but lose bytes. */
function isWhole(folder) {
  try {
    const sizes = Object.entries(JSON.parse(fs.readFileSync(path.join(folder, manifest), 'utf8')));
    return sizes.length > 0 && sizes.every(([name, size]) => fs.statSync(path.join(folder, name)).size === size);
  } catch {
    return false;
  }
}

const day = 24 * 60 * 60 * 1000;

/**
 * Records that a folder is in use, as long as this process runs: a workbench can stay open for days. After making it,
 * removes others that were unused for a day. Errors are ignored.
 */
function tidy(current, made) {
  use(current);
  setInterval(() => use(current), day / 4).unref();
  try {
    const beside = path.dirname(current);
    for (const name of made ? fs.readdirSync(beside) : []) {
      const at = path.join(beside, name);
      if (at !== current && fs.statSync(at).mtimeMs < Date.now() - day) fs.rmSync(at, { recursive: true, force: true });
    }
  } catch {
    // another process removes the same folder, or it is read-only
  }
}

function use(folder) {
  try {
    const now = new Date();
    fs.utimesSync(folder, now, now);
  } catch {
    // it is read-only
  }
}

/**
 * Does what writes into the cache. The user has not chosen that folder, so an error says what it is for.
 * @throws Unkept if it cannot be written
 */
async function keeping(work) {
  try {
    return await work();
  } catch (error) {
    const cause = unwritable() ?? systemCause(error);
    throw cause === undefined ? error : new Unkept(cause);
  }
}

/** Why files of the toolkit cannot be kept. */
class Unkept extends Error {
  constructor(cause) {
    super(`${ownCache}: the toolkit keeps what it compiles there, but ${cause}; make it possible to write there`);
  }
}

/**
 * Why nothing can be written into the folder of the toolkit. Making a folder would only say that its parent is missing.
 */
function unwritable() {
  try {
    fs.accessSync(fs.existsSync(ownCache) ? ownCache : root, fs.constants.W_OK);
    return undefined;
  } catch (error) {
    return systemCause(error);
  }
}

const mostTries = 3;

/** The files of the bundle of an entry: the bytes of each, by name. */
async function bundled(entry) {
  // most runs find their bundle
  const { bundle, bundleScript } = await import('./bundle.mjs');
  if (entry === commands) return bundleScript(root, entry);
  return bundle(root, [entry], isOwn(entry) ? {} : { packages: 'external' });
}

/** The folder with the bundle of the current sources, and whether it was made now. */
async function bundleFolder(entry) {
  for (let tries = 0; tries < mostTries; tries++) {
    const digest = digestOf(entry);
    const folder = path.join(cache, digest);
    const whole = isWhole(folder);
    if (!whole) {
      await keeping(() => fs.mkdirSync(cache, { recursive: true }));
      const contents = await bundled(entry);
      // the bundle may contain what was saved in the meantime
      if (digestOf(entry) !== digest) continue;
      await keeping(() => write(contents, folder));
    }
    tidy(folder, !whole);
    return { folder, made: !whole };
  }
  throw new Error('the sources keep changing while they are bundled');
}

/** Gives the sources a folder for what they keep. Without one they only take longer. */
function prepareKept(digest) {
  const folder = path.join(keptFolders, digest);
  try {
    const made = fs.mkdirSync(folder, { recursive: true }) !== undefined;
    tidy(folder, made);
    launched.kept = folder;
  } catch {
    // the folder of the toolkit is read-only
  }
}

/** Builds the pages again if one of their sources has changed since. */
async function preparePages(digest) {
  const stamp = path.join(ownCache, 'pages', 'digest');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === digest) return;
  const { buildPages, writePages } = await import('./pages.mjs');
  const pages = await buildPages(root);
  await keeping(() => writePages(root, pages.set('digest', Buffer.from(digest))));
}

/** Imports an entry from its source, which Node itself can run. */
async function importSource(entry) {
  module.enableCompileCache?.(path.join(ownCache, 'compiled'));
  const digest = digestOf(commands);
  prepareKept(digest);
  await preparePages(digest);
  return import(pathToFileURL(path.join(root, entry)).href);
}

/**
 * Runs the script of the commands. Each command calls other functions, so it keeps code of its own; until it has, for
 * example because it has always been killed, that of `validate` is better than none.
 */
function runCommands({ folder, made }) {
  const [name = '', ...rest] = process.argv.slice(2);
  const codeOf = (command) => path.join(folder, 'code', `${command}-${process.version}-${process.arch}`);
  return runCompiled(path.join(folder, 'demarche.cjs'), {
    kept: codeOf(name),
    spare: codeOf('validate'),
    // a run that has made the bundle does more than later ones do; one that failed, or only explains, does less
    worthKeeping: (status) =>
      !made && (status === 0 || status === 1) && /^(?:--)?[a-z]+$/.test(name) && !rest.includes('--help'),
  });
}

/** Imports an entry from its bundle. `again` gives modules that were imported before another address. */
async function importBundle(entry, again = '') {
  const found = await bundleFolder(entry);
  if (entry === commands) return runCommands(found);
  const file = path.join(found.folder, `${path.basename(entry, '.ts')}.mjs`);
  return import(`${pathToFileURL(file).href}${again}`);
}

/** Imports the entry, from its source or its bundle. */
async function importEntry(entry) {
  if (runsSources()) return importSource(entry);
  try {
    return await importBundle(entry);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // a bundle of the right size can still be damaged: make it again
    fs.rmSync((await bundleFolder(entry)).folder, { recursive: true, force: true });
    return importBundle(entry, '?again');
  }
}

/** Why nothing can start; undefined if it can. */
function hindrance() {
  const installed = nearest(['node_modules/esbuild']) !== undefined;
  return installed ? undefined : 'the packages are not installed: run "make setup"';
}

async function main() {
  const why = hindrance();
  if (why !== undefined) {
    process.stderr.write(`demarche: ${why}\n`);
    return 2;
  }
  const named = process.argv[2] === '--entry' ? process.argv.splice(2, 2)[1] : undefined;
  const entry = named === undefined ? commands : path.relative(root, path.resolve(named));
  process.argv[1] = path.join(root, entry);
  const { ended } = await importEntry(entry);
  await ended;
  // every entry sets an exit status: without one, it failed
  return process.exitCode ?? 2;
}

try {
  process.exitCode = await main();
} catch (error) {
  const known = error instanceof Unkept ? error.message : systemSentence(error);
  const why = known ?? (error instanceof Error ? error.stack : String(error));
  process.stderr.write(`demarche: ${why}\n`);
  process.exitCode = 2;
}
