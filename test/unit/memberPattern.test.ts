import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memberPattern } from '../../scripts/json/memberPattern.ts';
import { git } from '../support/repository.ts';
import { freshFolder, writeFiles } from '../support/run.ts';

test.each([
  ['ship', String.raw`{"id":"ship"}`, true],
  ['ship', String.raw`{"id":"ship-1"}`, false],
  ['ship', String.raw`{"id":"a-ship","name":"ship"}`, false],
  ['ship', String.raw`{"name":"x", "id" : "ship" }`, true],
  ['ship', String.raw`{"\u0069d":"s\u0068ip"}`, true],
  ['a/b', String.raw`{"id":"a\/b"}`, true],
  ['ö', String.raw`{"id":"\u00F6"}`, true],
  ['ö', String.raw`{"id":"\u00f6"}`, true],
  ['🛳', String.raw`{"id":"\ud83d\uDEF3"}`, true],
  ['🛳', String.raw`{"id":"🛳"}`, true],
  ['b.e', String.raw`{"id":"bae"}`, false],
  ['"\\', String.raw`{"id":"\"\\"}`, true],
  ['5', String.raw`{"id":5}`, true],
  ['5', String.raw`{"id":"5"}`, true],
  ['5', String.raw`{"id":5.00, "x":1}`, true],
  ['5', String.raw`{"id":0.5e1}`, true],
  ['5', String.raw`{"id":15}`, false],
  ['5', String.raw`{"id":51}`, false],
  ['5', String.raw`{"id":6,"cars":5}`, false],
  ['-5', String.raw`{"id":-5}`, true],
])('the pattern of the identifier %s finds %s: %s', (id, line, isFound) => {
  const pattern = memberPattern('id', id);
  expect(new RegExp(pattern).test(line)).toBe(isFound);
  const folder = freshFolder();
  git(folder, 'init', '-q');
  writeFiles(folder, { 'lines.ndjson': `${line}\n` });
  git(folder, 'add', '.');
  git(folder, 'commit', '-qm', 'Add a line');
  expect(git(folder, 'log', '--format=%s', `-G${pattern}`, '--text')).toBe(isFound ? 'Add a line\n' : '');
});

test('the pattern finds each text and number as it is printed', () => {
  const value = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  fc.assert(
    fc.property(fc.string(), value, (name, id) => {
      expect(JSON.stringify({ before: 1, [name]: id })).toMatch(new RegExp(memberPattern(name, String(id))));
    }),
  );
});
