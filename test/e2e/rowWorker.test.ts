import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { lastingFolder, run, script, writeFiles } from '../support/run.ts';

const folder = lastingFolder();
const flags = ['--schema', 'schema', '--raw', 'raw', '--dist'];

beforeAll(() => {
  const lines = Array.from(
    { length: 12_000 },
    (_, i) =>
      `{"id":"s${10_000 + i}","name":"Ship, \\"${i % 7}\\"","length":${i / 8},"crews":[${i % 5},${i % 3}],"sold":true}\n`,
  );
  writeFiles(folder, {
    'schema/dataset.json': { name: 'fleet', version: '1.0.0' },
    'schema/ships.schema.json': {
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        length: { type: 'number' },
        crews: { type: 'array', items: { type: 'integer' } },
        sold: { type: 'boolean' },
      },
      required: ['id', 'name', 'length', 'crews', 'sold'],
      additionalProperties: false,
    },
    'raw/ships/all.ndjson': lines.join(''),
  });
});

/** A process that runs the toolkit as a user does: there a thread writes the rows, as there are many. */
function build(dist: string, limits = '') {
  const command = [process.execPath, ...script('build'), ...flags, dist].map((word) => `'${word}'`).join(' ');
  return spawnSync('sh', ['-c', `${limits}${command}`], { cwd: folder, encoding: 'utf8' });
}

test('a thread that writes rows writes the bytes of a build in one thread', async () => {
  expect(build('threads')).toMatchObject({ stdout: '', status: 0 });
  expect(await run(folder, 'build', [...flags, 'alone'])).toMatchObject({ status: 0 });
  const [threads, alone] = ['threads', 'alone'].map((dist) =>
    fs.readFileSync(path.join(folder, dist, 'next/SHA256SUMS'), 'utf8').replace(/^.*\.duckdb\n/m, ''),
  );
  expect(threads).toBe(alone);
  expect(threads).toContain('explorer/tables/ships.js');
});

test('a file that the thread cannot write is named, and nothing is left behind', () => {
  // in blocks of 512 bytes
  const { status, stderr } = build('small', 'ulimit -f 256; ');
  expect(status).toBe(2);
  expect(stderr).toMatch(/^build: .*\.csv: a file would become larger than/m);
  expect(fs.readdirSync(path.join(folder, 'small'))).toEqual([]);
});
