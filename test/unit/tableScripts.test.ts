import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { writeTableScripts } from '../../scripts/write/explorer/tableScripts.ts';
import { readScript } from '../support/explorer.ts';
import { freshFolder, writeFiles } from '../support/run.ts';

const files = nodeFileSystem();

/** A staging folder with an empty CSV file for each table, and Parquet files of some numbers of bytes. */
function stagingWith(tables: readonly string[], parquet: Readonly<Record<string, number>>): string {
  const folder = freshFolder();
  writeFiles(folder, Object.fromEntries(tables.map((name) => [`csv/${name}.csv`, 'id\n'])));
  for (const [name, size] of Object.entries(parquet)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), randomBytes(size));
  }
  return folder;
}

test('scripts hold the bytes of each Parquet file, a large one in several', async () => {
  const sizes = { 'parquet/small.parquet': 1000, 'parquet/a/1.parquet': 7 << 20, 'parquet/a/2.parquet': 3 << 20 };
  const folder = stagingWith(['small', 'a'], sizes);
  const [small, first, second] = Object.keys(sizes);
  const scripts = await writeTableScripts(files, folder, [
    { name: 'small', rows: 1, parquet: [small ?? ''] },
    { name: 'a', rows: 1, parquet: [first ?? '', second ?? ''] },
  ]);
  expect(scripts.get('small')).toEqual([['explorer/tables/small.js']]);
  const part = (number: number): string => `explorer/tables/a/part-0000${number}.js`;
  expect(scripts.get('a')).toEqual([[part(0), part(1), part(2)], [part(3)]]);
  const held = [...scripts.values()].flat().map((own) => Buffer.concat(own.map((each) => readScript(folder, each)[1])));
  for (const [i, name] of Object.keys(sizes).entries())
    expect(held[i]?.equals(fs.readFileSync(path.join(folder, name))), name).toBe(true);
  for (const name of [...scripts.values()].flat(2)) expect(readScript(folder, name)[0]).toBe(name);
});

test('tables that are too large for the page have no scripts', async () => {
  const folder = stagingWith(['few', 'rows', 'bytes'], { 'parquet/t.parquet': 10 });
  const large = path.join(folder, 'csv/bytes.csv');
  const sized = { ...files, size: (file: string): number => (file === large ? (256 << 20) + 1 : files.size(file)) };
  const parquet = ['parquet/t.parquet'];
  const scripts = await writeTableScripts(sized, folder, [
    { name: 'few', rows: 1_000_000, parquet },
    { name: 'rows', rows: 1_000_001, parquet },
    { name: 'bytes', rows: 1, parquet },
  ]);
  expect([...scripts.keys()]).toEqual(['few']);
  expect(fs.readdirSync(path.join(folder, 'explorer/tables'))).toEqual(['few.js']);
});

test('writing ends when the build is cancelled', async () => {
  const folder = stagingWith(['t'], { 'parquet/t.parquet': 10 });
  const table = { name: 't', rows: 1, parquet: ['parquet/t.parquet'] };
  await expect(writeTableScripts(files, folder, [table], AbortSignal.abort(new Error('stopped')))).rejects.toThrow(
    'stopped',
  );
  expect(fs.existsSync(path.join(folder, 'explorer'))).toBe(false);
});
