import { assert, constantFrom, nat, option, property, tuple } from 'fast-check';
import { compare, valid } from 'semver';
import { expect, test } from 'vitest';
import { isUnreleased, unreleasedVersion } from '../../scripts/release/unreleased.ts';

test.each([
  ['0.1.0', undefined, '0.1.0-next'],
  ['1.1.0', '1.0.0', '1.1.0-next'],
  ['1.0.0', '1.0.0', '1.0.1-0.next'],
  ['1.0.0', '1.2.0', '1.2.1-0.next'],
  ['1.1.0', '1.1.0-rc.1', '1.1.0-rc.1.next'],
  ['1.1.0-rc.1', '1.1.0-rc.1', '1.1.0-rc.1.next'],
  ['1.1.0-rc.2', '1.1.0-rc.1', '1.1.0-rc.1.next'],
  ['1.1.0-alpha.1', '1.0.0', '1.1.0-0.next'],
  ['2.0.0', '1.1.0-rc.1', '2.0.0-next'],
])('a build with %s in dataset.json, after the release %s, is %s', (version, last, expected) => {
  expect(unreleasedVersion(version, last)).toBe(expected);
});

test('a build sorts after the last release, and before every later one', () => {
  const stage = constantFrom('', '-alpha', '-beta.1', '-beta.2', '-rc.1', '-rc.2');
  const versions = tuple(nat(2), nat(2), nat(2), stage).map(([a, b, c, end]) => `${a}.${b}.${c}${end}`);
  assert(
    property(versions, option(versions, { nil: undefined }), versions, (version, last, later) => {
      const built = unreleasedVersion(version, last);
      expect(valid(built)).toBe(built);
      expect(isUnreleased(built)).toBe(true);
      expect(isUnreleased(version)).toBe(false);
      // a release is at least what dataset.json names now, and more than the last one
      const isPossible = (last === undefined || compare(later, last) > 0) && compare(later, version) >= 0;
      const order = [...(last === undefined ? [] : [last]), built, ...(isPossible ? [later] : [])];
      expect(order.toSorted(compare)).toEqual(order);
      expect(order.filter((each) => compare(each, built) === 0)).toEqual([built]);
    }),
    { examples: [['0.0.0', '1.2.0', '1.2.1-beta.1']] },
  );
});
