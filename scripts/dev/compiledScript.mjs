// Runs a script with what V8 compiled in an earlier run: Node 20 does not keep that by itself. Plain JavaScript, for
// launch.mjs.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import v8 from 'node:v8';
import vm from 'node:vm';

/** The names that a CommonJS bundle uses, those of `import.meta` included (bundle.mjs). */
const names = ['exports', 'require', 'module', '__filename', '__dirname', '__url'];

const digestBytes = 32;

/** SHA-256 of a script and its compiled code: V8 itself compares no more than the length of the script. */
function digestOf(source, code) {
  return createHash('sha256').update(source).update('\0').update(code).digest();
}

/** The code kept in a file; undefined if there is none, if it is damaged, or if it belongs to another script. */
function keptCode(file, source) {
  try {
    const bytes = fs.readFileSync(file);
    const code = bytes.subarray(digestBytes);
    return digestOf(source, code).equals(bytes.subarray(0, digestBytes)) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps code under a name that it gets when it is complete. Errors are ignored: starting only takes longer. */
function keep(file, source, code) {
  const staging = `${file}.${process.pid}`;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(staging, Buffer.concat([digestOf(source, code), code]));
    fs.renameSync(staging, file);
  } catch {
    removeIfThere(staging);
  }
}

/**
 * Makes the V8 of Node 20 optimize a function later: once it has run seven times as much bytecode as by default. In a
 * run of a second, its optimizer takes an eighth of the processor time of a build and a third of that of `validate`,
 * and what it makes is hardly used; in a longer run, the moment makes no difference. Later versions of V8 have no such
 * flag, and a cheaper optimizer for code that is not that hot.
 */
function optimizeLater() {
  if (process.versions.v8.startsWith('11.3.')) v8.setFlagsFromString('--interrupt-budget=500000');
}

function removeIfThere(file) {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // the folder cannot be written
  }
}

/**
 * Runs a CommonJS script in ASCII, which imports nothing dynamically: its exports. The code that is kept in the file
 * `kept` is used if it fits, else that in `spare`. If `kept` has none that fits, this process keeps its own there when
 * it ends, if `worthKeeping` says so then; that includes the functions which it called.
 * @throws SyntaxError if the script is damaged
 */
export function runCompiled(file, { kept, spare, worthKeeping }) {
  // V8 refuses code that was compiled with other flags
  optimizeLater();
  const source = fs.readFileSync(file);
  const own = keptCode(kept, source);
  const cachedData = own ?? keptCode(spare, source);
  const text = `(function (${names.join(', ')}) {${source.latin1Slice()}\n})`;
  const script = new vm.Script(text, { filename: file, cachedData });
  if (own === undefined || script.cachedDataRejected === true) {
    process.once('exit', (status) => {
      if (worthKeeping(status)) keep(kept, source, script.createCachedData());
    });
  }
  const made = { exports: {} };
  const given = [made.exports, module.createRequire(file), made, file, path.dirname(file), pathToFileURL(file).href];
  script.runInThisContext()(...given);
  return made.exports;
}
