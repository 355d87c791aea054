import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { type SearchReport, type SearchTask, filesHolding, hasMany } from '../../scripts/disk/search.ts';
import { collected } from '../support/collected.ts';
import { freshFolder, writeFiles } from '../support/run.ts';

/** The script of the threads, as JavaScript. */
async function bundled(): Promise<string> {
  const outfile = path.join(freshFolder(), 'searchWorker.mjs');
  const entry = path.join(import.meta.dirname, '../../scripts/disk/searchWorker.ts');
  await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'esm', outfile });
  return outfile;
}

test('threads find the files that contain some words, anywhere in them, and what only a reader can judge', async () => {
  const script = await bundled();
  const folder = freshFolder();
  const pieces = 1 << 18;
  writeFiles(folder, {
    'a.json': 'Öland',
    'b.json': 'Oland',
    'c.json': '',
    'below/again/d.json': 'in Öland',
    'below/e.json': 'elsewhere',
    'large.json': `${'x'.repeat(600_000)} Öland ${'x'.repeat(600_000)}`,
    // the words begin in one piece that is read, and end in the next
    'border.json': `${'x'.repeat(pieces - 3)}Öland`,
    'tail.json': `${'x'.repeat(2 * pieces)}Öland`,
    '.hidden/f.json': 'Öland',
    'packed.json.gz': gzipSync('elsewhere'),
  });
  fs.symlinkSync('b.json', path.join(folder, 'link.json'));
  fs.symlinkSync('below', path.join(folder, 'linked'));
  const found = await collected(filesHolding(script, folder, 'Öland'));
  const names = ['a.json', 'below/again/d.json', 'border.json', 'large.json', 'link.json', 'linked', 'packed.json.gz'];
  expect(found.toSorted()).toEqual([...names, 'tail.json']);
});

test('a folder without files holds nothing', async () => {
  expect(await collected(filesHolding(await bundled(), freshFolder(), 'Öland'))).toEqual([]);
});

test('what is found comes some at a time, so that it can be read meanwhile', async () => {
  const folder = freshFolder();
  writeFiles(folder, Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`${i}.json`, 'Öland'])));
  const groups: number[] = [];
  for await (const names of filesHolding(await bundled(), folder, 'Öland')) groups.push(names.length);
  expect(groups.reduce((sum, length) => sum + length, 0)).toBe(250);
  expect(groups.length).toBeGreaterThan(2);
  expect(Math.max(...groups)).toBe(100);
});

test('what is created while one thread has searched its share and another has not hides no other file', async () => {
  const script = await bundled();
  const folder = freshFolder();
  const names = Array.from({ length: 40 }, (_, i) => `m${i}.json`);
  writeFiles(folder, Object.fromEntries(names.map((name) => [name, 'Öland'])));
  const found: string[] = [];
  for (const share of [0, 1]) {
    const task: SearchTask = { folder, words: 'Öland', share, shares: 2 };
    const worker = new Worker(script, { workerData: task });
    worker.on('message', (report: SearchReport) => void (report === 'done' || found.push(...report)));
    await once(worker, 'exit');
    // wherever the system lists them
    for (const name of ['a', 'b', 'n', 'y', 'z']) writeFiles(folder, { [`${name}.json`]: '' });
  }
  expect(found.toSorted()).toEqual(names.toSorted());
});

test('a folder has many files if it and those below have them together', () => {
  const folder = freshFolder();
  writeFiles(folder, { 'a.json': '', 'below/b.json': '', 'below/again/c.json': '' });
  expect([1, 3, 4].map((many) => hasMany(folder, many))).toEqual([true, true, false]);
});

test('a thread that fails is an error, not an empty result', async () => {
  const folder = freshFolder();
  writeFiles(folder, { 'silent.mjs': '', 'broken.mjs': 'throw new Error("broken");' });
  await expect(collected(filesHolding(path.join(folder, 'silent.mjs'), folder, 'b'))).rejects.toThrow(
    'ended too early',
  );
  await expect(collected(filesHolding(path.join(folder, 'broken.mjs'), folder, 'b'))).rejects.toThrow('broken');
  await expect(collected(filesHolding(await bundled(), path.join(folder, 'none'), 'b'))).rejects.toThrow('ENOENT');
});
