import { isAscii } from 'node:buffer';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { version } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { bundleScript } from '../../scripts/dev/bundle.mjs';
import { freshFolder, root, writeFiles } from '../support/run.ts';

const load = createRequire(import.meta.url);

/** The file of the script that an entry is bundled into, in a folder where no packages are installed. */
async function scriptOf(folder: string, entry: string): Promise<string> {
  writeFiles(folder, { 'entry.ts': entry });
  const files: ReadonlyMap<string, Uint8Array> = await bundleScript(root, path.join(folder, 'entry.ts'));
  const file = path.join(freshFolder(), 'entry.cjs');
  fs.writeFileSync(file, files.get('entry.cjs') ?? Buffer.from('“'));
  return file;
}

test('a bundled script is in ASCII, as it is read, and regular expressions still match other characters', async () => {
  const file = await scriptOf(freshFolder(), "export const marks = /^[“🛳]$/u;\nexport const name = 'Öland';\n");
  expect(isAscii(fs.readFileSync(file))).toBe(true);
  const { marks, name } = load(file);
  expect(['“', '🛳', 'a'].map((each) => marks.test(each))).toEqual([true, true, false]);
  expect(name).toBe('Öland');
});

test('a bundled script has the client of DuckDB, but not its native code', async () => {
  const client = JSON.stringify(load.resolve('@duckdb/node-api'));
  const file = await scriptOf(freshFolder(), `export { version } from ${client};\n`);
  expect(fs.readFileSync(file, 'latin1')).not.toMatch(/require\("@duckdb/);
  expect(load(file).version()).toBe(version());
});
