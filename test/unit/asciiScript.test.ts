import { isAscii } from 'node:buffer';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { bundleScript } from '../../scripts/dev/bundle.mjs';
import { freshFolder, root, writeFiles } from '../support/run.ts';

test('a bundled script is in ASCII, as it is read, and regular expressions still match other characters', async () => {
  const folder = freshFolder();
  writeFiles(folder, { 'entry.ts': "export const marks = /^[“🛳]$/u;\nexport const name = 'Öland';\n" });
  const files: ReadonlyMap<string, Uint8Array> = await bundleScript(root, path.join(folder, 'entry.ts'));
  const script = files.get('entry.cjs') ?? Buffer.from('“');
  expect(isAscii(script)).toBe(true);
  fs.writeFileSync(path.join(folder, 'entry.cjs'), script);
  const { marks, name } = createRequire(import.meta.url)(path.join(folder, 'entry.cjs'));
  expect(['“', '🛳', 'a'].map((each) => marks.test(each))).toEqual([true, true, false]);
  expect(name).toBe('Öland');
});
