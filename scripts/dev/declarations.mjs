// Type declarations of the library, for the package.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** A relative import of a declaration; the compiler leaves it as it is in the source. */
const imported = /(?<=\bfrom '|\bimport\(')(\.{1,2}\/[^']+)\.ts(?=')/g;

/**
 * Declares what the library exports, and everything that this refers to: the text of each file, by its path below
 * `scripts`. Other declarations are left out. @throws Error if the compiler finds a fault
 */
export function declarations(root) {
  const folder = fs.mkdtempSync(path.join(root, 'node_modules', '.declarations-'));
  try {
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    const args = ['--project', path.join(root, 'tsconfig.types.json'), '--outDir', folder];
    const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, ...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the declarations could not be made:\n${stdout}${stderr}`);
    return reachable(folder, 'index.d.ts');
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** A declaration and everything that it imports. */
function reachable(folder, entry) {
  const found = new Map();
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    const text = fs.readFileSync(path.join(folder, file), 'utf8');
    for (const [, name] of text.matchAll(imported)) waiting.push(`${path.join(path.dirname(file), name)}.d.ts`);
    found.set(file, text.replaceAll(imported, '$1.js'));
  }
  return found;
}
