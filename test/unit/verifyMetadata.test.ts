import { expect, test } from 'vitest';
import { faultOfJson } from '../../scripts/verify/metadata.ts';

const expected = { title: 'Ships' };
const missing = 'it is missing, or too large to be read';

test.each<[string, string, string | undefined, boolean, string | undefined]>([
  ['a format of the first version that is missing', 'csvw.json', undefined, false, missing],
  ['a later format that is missing, in an older release', 'later.json', undefined, false, undefined],
  ['a later format that is too large', 'later.json', undefined, true, missing],
  [
    'a later format that says something else',
    'later.json',
    '{"title":"Boats"}',
    true,
    expect.stringContaining('Boats'),
  ],
  ['a later format that is right', 'later.json', '{"title":"Ships"}', true, undefined],
])('%s', (_, name, text, isThere, says) => {
  expect(faultOfJson({ name, isThere, text }, expected)).toEqual(says);
});
