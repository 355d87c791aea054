import { expect, test } from 'vitest';
import { dataset } from '../support/fixture.ts';
import { run } from '../support/run.ts';

test.each<readonly [readonly string[], RegExp]>([
  [
    ['--second', 'raw'],
    /^curate: the folder for the second coding, raw, is the same as raw; choose another with --second\n$/,
  ],
  [['--second', 'schema/again'], /the folder for the second coding, schema\/again, is inside schema;/],
  [['--second', '.'], /the folder for the second coding, \., is around raw;/],
  [['--file', '.'], /^curate: --file takes a file, and .* is a folder\n$/],
  [['--file', 'no.txt'], /^curate: --file: there is no file at .*no\.txt\n$/],
  [['--against', 'nowhere'], /^curate: --against: there is no folder at .*nowhere\n$/],
])('curate %s is refused before anything is written or served', async (flags, says) => {
  const { status, err } = await run(dataset(), 'curate', [...flags, '--no-open']);
  expect(status).toBe(2);
  expect(err).toMatch(says);
});
