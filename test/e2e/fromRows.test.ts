import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { compile } from '../../scripts/compile/compile.ts';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { compileOptions } from '../../scripts/project/openProject.ts';
import { unreleased } from '../../scripts/project/unreleased.ts';
import { csvBatches } from '../../scripts/release/csvRows.ts';
import { writeProv } from '../../scripts/verbs/spark/fromRows.ts';
import { csvRows } from '../../scripts/write/csv.ts';
import { dataset, here } from '../support/fixture.ts';
import { projectAt } from '../support/projectAt.ts';
import { freshFolder, run } from '../support/run.ts';

const files = nodeFileSystem();

test('prov.jsonld made from CSV equals the one that a build writes while rows pass', async () => {
  const folder = dataset();
  expect((await run(folder, 'build', [...here, '--quiet', '--dist', 'dist'])).status).toBe(0);
  const release = fs.realpathSync(path.join(folder, 'dist/next'));
  const staging = path.join(folder, 'staging');
  fs.cpSync(path.join(release, 'csv'), path.join(staging, 'csv'), { recursive: true });
  const project = unreleased(projectAt(folder, here), { repository: undefined });
  const compilation = compile(project.types, compileOptions(project));
  const settings = { run: async (): Promise<void> => {} };
  const build = { fs: files, project, compilation, staging, work: '', settings, events: {} };
  const { tables } = compilation;
  const facts = { commit: null, date: null };
  expect(await writeProv(build, tables, { head: facts, facts })).toBeUndefined();

  const read = (name: string): string => fs.readFileSync(path.join(release, name), 'utf8');
  expect(fs.readFileSync(path.join(staging, 'prov.jsonld'), 'utf8')).toBe(read('prov.jsonld'));
});

test('rows of CSV with any content are read back in batches', async () => {
  const file = path.join(freshFolder(), 'rows.csv');
  const odd = ['', null, 'a"b', 'new\nline', 'car\rriage', '🛳,é', ' '];
  const rows = Array.from({ length: 5000 }, (_, i) => odd.map((cell, at) => odd[(at + i) % odd.length] ?? cell));
  fs.writeFileSync(file, `a,b,c,d,e,f,g\n${csvRows(rows).text}`);
  // chunks end in the middle of characters
  const small = { ...files, chunks: () => inPieces(fs.readFileSync(file), 1021) };
  const found = [];
  for await (const batch of csvBatches(small, file)) found.push(...batch);
  expect(found).toEqual(rows.map((row) => row.map((cell) => cell ?? null)));
});

function* inPieces(bytes: Uint8Array, length: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}
