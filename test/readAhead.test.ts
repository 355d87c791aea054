import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readAhead } from '../scripts/lib/read/readAhead.ts';
import { freshFolder, run, writeFiles } from './run.ts';

test('gives the bytes of each file in order, and leaves what is large or missing to the caller', () => {
  const folder = freshFolder();
  const sizes = [0, 1, 700_000, 700_000, 3, 1_048_576, 2_000_000, 5];
  writeFiles(folder, Object.fromEntries(sizes.map((size, i) => [`${i}`, String(i % 10).repeat(size)])));
  const paths = [...sizes.keys()].map((i) => path.join(folder, String(i)));
  paths.splice(4, 0, path.join(folder, 'missing'));
  const found = [...readAhead(paths, 1_500_000)].map((bytes) =>
    bytes === undefined ? undefined : Buffer.from(bytes).toString(),
  );
  const expected = sizes.map((size, i) => (size > 1_000_000 ? undefined : String(i % 10).repeat(size)));
  expected.splice(4, 0, undefined);
  expect(found).toEqual(expected);
});

test('many files are checked as few are: a fault among them is told at its place', async () => {
  const folder = freshFolder();
  writeFiles(folder, {
    'schema/dots.json': {
      type: 'object',
      properties: { id: { type: 'string' } },
      required: ['id'],
      additionalProperties: false,
    },
  });
  fs.mkdirSync(path.join(folder, 'raw/dots'), { recursive: true });
  for (let i = 0; i < 6000; i++)
    fs.writeFileSync(path.join(folder, `raw/dots/d${i}.json`), `{\n  "id": "d${i === 4321 ? 'x' : i}"\n}\n`);
  fs.writeFileSync(path.join(folder, 'raw/dots/d77.json'), `{\n  "id": "d77"\n}`);
  const { out, err, status } = await run(folder, 'validate', ['--schema', 'schema', '--raw', 'raw']);
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' error ')[0]),
  ).toEqual(['raw/dots/d4321.json:2:9', 'raw/dots/d77.json:3:2']);
  expect(err).toMatch(/6000 records in 1 table; 2 errors/);
  expect(status).toBe(1);
});
