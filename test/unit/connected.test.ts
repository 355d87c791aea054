import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Link, connected } from '../../scripts/compare/connected.ts';

const linksOf = (pairs: readonly (readonly [number, number])[]): readonly Link<string>[] =>
  pairs.map(([a, b]) => ({ a: `a${a}`, b: `b${b}` }));

test.each([
  ['nothing', [], []],
  [
    'links apart',
    [
      [0, 0],
      [1, 1],
    ],
    [[0], [1]],
  ],
  [
    'a chain whose middle comes last',
    [
      [0, 0],
      [1, 1],
      [2, 2],
      [0, 1],
      [1, 0],
    ],
    [[0, 1, 3, 4], [2]],
  ],
] as const)('%s', (_, pairs, groups) => {
  const links = linksOf(pairs);
  expect(connected(links).map((group) => group.map((link) => links.indexOf(link)))).toEqual(groups);
});

test('each link is in one group, with all links that it has a thing in common with', () => {
  const pairs = fc.array(fc.tuple(fc.nat(12), fc.nat(12)), { maxLength: 30 });
  fc.assert(
    fc.property(pairs, (given) => {
      const links = linksOf(given);
      const groups = connected(links);
      expect(groups.flat()).toHaveLength(links.length);
      expect(new Set(groups.flat())).toEqual(new Set(links));
      const groupOf = new Map(groups.flatMap((group) => group.map((link) => [link, group] as const)));
      const apart = links.flatMap((one) =>
        links.filter((other) => (one.a === other.a || one.b === other.b) && groupOf.get(one) !== groupOf.get(other)),
      );
      expect(apart).toEqual([]);
      // no group is two: from its first link, all others are reached
      for (const group of groups) {
        const reached = new Set([group[0]?.a, group[0]?.b]);
        for (const _ of group)
          for (const { a, b } of group) if (reached.has(a) || reached.has(b)) reached.add(a).add(b);
        expect(group.every(({ a }) => reached.has(a))).toBe(true);
      }
    }),
  );
});

test('a link is looked at a fixed number of times, however many it is connected with', () => {
  let looks = 0;
  const link = (one: number, other: number): Link<string> => ({
    get a() {
      looks++;
      return `a${one}`;
    },
    get b() {
      looks++;
      return `b${other}`;
    },
  });
  const links = Array.from({ length: 900 }, (_, i) => link(i % 30, Math.floor(i / 30)));
  expect(connected(links)).toHaveLength(1);
  expect(looks).toBeLessThanOrEqual(links.length * 4);
});
