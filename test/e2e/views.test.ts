import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { dataset, here } from '../support/fixture.ts';
import { run } from '../support/run.ts';

const unordered = `SELECT n, n % 2 = 0 AS even, n / 4 AS quarter FROM (VALUES (10), (9), (-3), (2), (-20)) AS t(n)`;
/** Rows of 20,000 bytes. */
const wide = `SELECT id, repeat('wide ', 4000) AS text FROM ships`;

test('a view without an order is sorted by the values of its columns, and its rows can be wide', async () => {
  const folder = dataset({ 'schema/views/unordered.sql': unordered, 'schema/views/wide.sql': wide });
  expect(await run(folder, 'build', [...here, '--quiet', '--dist', 'dist'])).toMatchObject({ status: 0, err: '' });
  const csv = fs.readFileSync(path.join(folder, 'dist/next/csv/unordered.csv'), 'utf8');
  expect(csv).toBe('n,even,quarter\n-20,true,-5\n-3,false,-0.75\n2,true,0.5\n9,false,2.25\n10,true,2.5\n');
  expect(await run(folder, 'verify', ['--quiet', '--release', 'dist/next'])).toMatchObject({ status: 0, err: '' });
});
