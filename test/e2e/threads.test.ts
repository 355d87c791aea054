import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { lastingFolder, run, script, writeFiles } from '../support/run.ts';
import { ports } from '../support/fleet.ts';

const [large, small] = [lastingFolder(), lastingFolder()];
const flags = ['--schema', 'schema', '--raw', 'raw'];

/** Lines of records; of long ones, so many that other threads check and compile parts of them. */
function fleet(count: number, name: string): readonly string[] {
  return Array.from(
    { length: count },
    (_, i) =>
      `{"id":"s${10_000 + i}","name":"Ship, \\"${i % 7}\\" ${name}","port":"p${i % 4}","length":${i / 8},` +
      `"crews":[${i % 5},${i % 3}],"sold":true}\n`,
  );
}

const [longLines, shortLines] = [fleet(21_000, 'Zwölf Boote fahren über den See. '.repeat(10)), fleet(12_000, '')];

beforeAll(() => {
  for (const [folder, lines] of [
    [large, longLines],
    [small, shortLines],
  ] as const) {
    writeFiles(folder, {
      ...ports,
      'schema/ships.schema.json': {
        type: 'object',
        properties: {
          id: { type: 'string' },
          name: { type: 'string' },
          port: { type: 'string', 'x-references': ['ports'] },
          length: { type: 'number' },
          crews: { type: 'array', items: { type: 'integer' } },
          sold: { type: 'boolean' },
        },
        required: ['id', 'name', 'length', 'crews', 'sold'],
        additionalProperties: false,
      },
      ...Object.fromEntries([0, 1, 2, 3].map((n) => [`raw/ports/p${n}.json`, { id: `p${n}` }])),
      'raw/ships/all.ndjson': lines.join(''),
    });
  }
});

/** A process that runs the toolkit as a user does: there threads share the work, as there is much. */
function inThreads(folder: string, name: string, args: readonly string[], limits = '') {
  const command = [process.execPath, ...script(name), ...flags, ...args].map((word) => `'${word}'`).join(' ');
  return spawnSync('sh', ['-c', `${limits}${command}`], { cwd: folder, encoding: 'utf8' });
}

test.each([
  ['check, compile and write records', large],
  ['write rows', small],
])('threads that %s write the bytes of a build in one thread', async (_, folder) => {
  expect(inThreads(folder, 'build', ['--dist', 'threads'])).toMatchObject({ stdout: '', status: 0 });
  expect(await run(folder, 'build', [...flags, '--dist', 'alone'])).toMatchObject({ status: 0 });
  const [threads, alone] = ['threads', 'alone'].map((dist) =>
    fs.readFileSync(path.join(folder, dist, 'next/SHA256SUMS'), 'utf8').replace(/^.*\.duckdb\n/m, ''),
  );
  expect(threads).toBe(alone);
  expect(threads).toContain('explorer/tables/ships.js');
});

test('a file that the thread cannot write is named, and nothing is left behind', () => {
  // the list of each record becomes rows that repeat its long identifier: only their CSV is too large
  const crews = Array.from({ length: 60 }, (_, i) => i);
  const lines = Array.from(
    { length: 1500 },
    (_, i) => `{"id":"s${'-'.repeat(90)}${1000 + i}","name":"","length":1,"crews":[${crews.join()}],"sold":true}\n`,
  );
  fs.writeFileSync(path.join(small, 'raw/ships/all.ndjson'), lines.join(''));
  // in blocks of 512 bytes
  const { status, stderr } = inThreads(small, 'build', ['--dist', 'small'], 'ulimit -f 2048; ');
  expect(status).toBe(2);
  expect(stderr).toMatch(/^build: .*\.csv: a file would become larger than/m);
  expect(fs.readdirSync(path.join(small, 'small'))).toEqual([]);
});

test('faults in parts are those of one thread, in the same order', async () => {
  const faulty = longLines.map((line, i) => {
    if (i === 3 || i === 20_500) return line.replace(/"port":"p\d"/, '"port":"p9"');
    if (i === 9000) return line.replace('"sold":true', '"sold":"yes"');
    if (i === 15_000) return `${line.slice(0, -2)}\n`;
    return i === 20_000 ? line.replace(/s\d+/, 's10005') : line;
  });
  fs.writeFileSync(path.join(large, 'raw/ships/all.ndjson'), faulty.join(''));
  const { status, stdout } = inThreads(large, 'validate', ['--quiet']);
  expect(status).toBe(1);
  expect(stdout).toBe((await run(large, 'validate', [...flags, '--quiet'])).out);
  const lines = [...stdout.matchAll(/all\.ndjson:(\d+):/g)].map(([, line]) => Number(line));
  expect(lines).toEqual([4, 9001, 15_001, 20_001, 20_001, 20_501]);
});
