import { expect, test } from 'vitest';
import { canHaveNumber } from '../../scripts/web/workbench/page/numberIn.ts';

test.each([
  ['with 40 cars', 40, true],
  ['with 40 cars', 900, false],
  ['from 110 to 130 thousand', 130_000, true],
  ['1 200 men, 1,5 million', 1200, true],
  ['1 200 men, 1,5 million', 1_500_000, true],
  // two numbers beside each other
  ['In 2022, 300 soldiers came', 300, true],
  ['On 4 March 12 ships left', 12, true],
  // it can be in words
  ['forty cars', 40, true],
])('whether “%s” can have %s', (words, number, has) => {
  expect(canHaveNumber(words, number)).toBe(has);
});
