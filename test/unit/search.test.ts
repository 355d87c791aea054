import path from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { filesHolding } from '../../scripts/disk/search.ts';
import { freshFolder, writeFiles } from '../support/run.ts';

/** The script of the threads, as JavaScript. */
async function bundled(): Promise<string> {
  const outfile = path.join(freshFolder(), 'searchWorker.mjs');
  const entry = path.join(import.meta.dirname, '../../scripts/disk/searchWorker.ts');
  await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'esm', outfile });
  return outfile;
}

test('threads find the files that contain some words, anywhere in them, and unreadable files', async () => {
  const script = await bundled();
  const folder = freshFolder();
  const large = `${'x'.repeat(600_000)} Öland ${'x'.repeat(600_000)}`;
  const files = { 'a.json': 'Öland', 'b.json': 'Oland', 'c.json': '', 'large.json': large, 'tail.json': 'in Öland' };
  writeFiles(folder, files);
  const paths = [...Object.keys(files), 'none.json'].map((name) => path.join(folder, name));
  const found = await filesHolding(script, paths, 'Öland');
  expect([...found].map((file) => path.basename(file)).toSorted()).toEqual([
    'a.json',
    'large.json',
    'none.json',
    'tail.json',
  ]);
  expect(await filesHolding(script, [], 'Öland')).toEqual(new Set());
});

test('a thread that fails is an error, not an empty result', async () => {
  const folder = freshFolder();
  writeFiles(folder, { 'silent.mjs': '', 'broken.mjs': 'throw new Error("broken");' });
  await expect(filesHolding(path.join(folder, 'silent.mjs'), ['a'], 'b')).rejects.toThrow('ended too early');
  await expect(filesHolding(path.join(folder, 'broken.mjs'), ['a'], 'b')).rejects.toThrow('broken');
});
