import { expect, test } from 'vitest';
import { rankOf, ranks, soughtBy } from '../../scripts/web/workbench/matching.ts';

test.each([
  ['poland', 'is'],
  ['poland east', 'begins with'],
  ['french polynesia', 'has a word that begins with'],
  ['interpoland', 'contains'],
  ['east', undefined],
])('“%s” for “Poland”: %s', (name, rank) => {
  expect(ranks[rankOf([name], soughtBy(name === 'french polynesia' ? 'Pol' : 'Poland'))]).toBe(rank);
});

test('a record with the words as its own name comes before one that has them as another name', () => {
  const rank = (...names: readonly string[]): number => rankOf(names, soughtBy('Belarus'));
  expect([
    ranks[rank('belarus', 'belarus')],
    ranks[rank('armed forces of belarus', 'belarus-forces', 'belarus')],
    ranks[rank('belarus east', 'by-east')],
  ]).toEqual(['is', 'is also called', 'begins with']);
});
