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
