import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundedNearest, didYouMean, editDistance } from '../../scripts/base/suggestions.ts';

/** Optimal string alignment distance as its definition says. */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, replaced, swapped));
    }
  }
  return at(a.length, b.length);
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 });

test('up to a bound, the distance is that of its definition', () => {
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 9 }), (a, b, most) => {
      const cut = (found: number): number => Math.min(found, most + 1);
      expect(cut(editDistance(a, b, most))).toBe(cut(distance(a, b)));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['', '', 0],
  ['', 'ab', 2],
  ['ab', 'ba', 1],
  ['ca', 'abc', 3],
  ['harbour', 'harbor', 1],
  ['x'.repeat(500), `${'x'.repeat(499)}y`, 1],
])('from %j to %j', (a, b, wanted) => {
  expect(editDistance(a, b, 3)).toBe(wanted);
});

test('a hint for the same word and list is found once, and counts each time', () => {
  let calls = 0;
  const near = boundedNearest(7, (wanted, candidates) => {
    calls++;
    return didYouMean(wanted, candidates);
  });
  const ports = ['Ystad', 'Malmo'];
  expect(near('Ystat', ports, 'ports')).toBe('did you mean "Ystad"?');
  expect(near('Ystat', ports, 'ports')).toBe('did you mean "Ystad"?');
  expect(calls).toBe(1);
  expect(near('Ystat', ['Ystaf'], 'ships')).toBe('did you mean "Ystaf"?');
  expect(calls).toBe(2);
  // five are compared: without a list each time, and after seven no more
  expect(near('Malma', ports)).toBe('did you mean "Malmo"?');
  expect(near('Ystat', ports, 'ports')).toBe(undefined);
  expect(calls).toBe(3);
});
