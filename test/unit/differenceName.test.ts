import { expect, test } from 'vitest';
import { nameOf } from '../../scripts/web/workbench/page/differenceName.ts';

test.each([
  ['anna', undefined, 'Anna', undefined, 'ships: Anna (anna), only in the first coding'],
  [undefined, 'anna', undefined, 'Anne', 'ships: Anne (anna), only in the second coding'],
  [undefined, 'anna', undefined, undefined, 'ships: anna, only in the second coding'],
  ['anna', 'anna', 'Anna', 'Anna', 'ships: Anna (anna)'],
  ['anna', 'anna', 'Anna', 'Anne', 'ships: Anna and Anne (anna)'],
  ['anna', 'anna', undefined, 'Anne', 'ships: Anne (anna)'],
  ['anna', 'anne', 'Anna', 'Anna', 'ships: Anna (anna and anne)'],
  ['anna', 'anne', 'Anna', 'Anne', 'ships: Anna (anna) and Anne (anne)'],
  ['anna', 'anne', undefined, undefined, 'ships: anna and anne'],
  ['anna', 'anne', 'anna', undefined, 'ships: anna and anne'],
])('records %s and %s, called %s and %s, are told apart', (first, second, firstName, secondName, words) => {
  const difference = { table: 'ships', first, second, firstName, secondName, passage: undefined, decisions: [] };
  expect(nameOf(difference)).toBe(words);
});
