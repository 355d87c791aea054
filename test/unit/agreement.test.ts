import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { krippendorffAlpha, setDistance } from '../../scripts/compare/agreement.ts';

/** The data of four observers in Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability"; 0 is no value. */
const observers = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
  [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
];
const units = Array.from({ length: 12 }, (_, i) => observers.map((row) => row[i] ?? 0).filter((value) => value > 0));
const nominal = <T>(a: T, b: T): number => (a === b ? 0 : 1);

describe('Krippendorff’s alpha', () => {
  test.each([
    ['nominal', nominal, 0.743],
    ['interval', (a: number, b: number) => (a - b) ** 2, 0.849],
  ])('equals that of the published example for %s data', (_, distance, alpha) => {
    expect(krippendorffAlpha(units, distance)).toBeCloseTo(alpha, 3);
  });

  test('is 1 if all agree, below 0 if coders always differ, and undefined without variation', () => {
    const pairs = (a: string, b: string): string[][] => [
      [a, b],
      [b, a],
    ];
    expect(krippendorffAlpha([...pairs('x', 'x'), ...pairs('y', 'y')], nominal)).toBe(1);
    expect(krippendorffAlpha(pairs('x', 'y'), nominal)).toBeLessThan(0);
    expect(krippendorffAlpha(pairs('x', 'x'), nominal)).toBeUndefined();
    expect(krippendorffAlpha([], nominal)).toBeUndefined();
  });

  test('does not depend on which coder is called first', () => {
    const value = fc.constantFrom('x', 'y', 'z');
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 1 }), (given) => {
        const swapped = given.map(([a, b]) => [b, a]);
        expect(krippendorffAlpha(swapped, nominal)).toBe(krippendorffAlpha(given, nominal));
      }),
    );
  });
});

test.each([
  [[], [], 0],
  [['a'], ['a'], 0],
  [['a'], [], 1],
  [['a', 'b'], ['b', 'a'], 0],
  [['a', 'b'], ['b', 'c'], 2 / 3],
])('the distance of the sets %j and %j is %f', (a, b, distance) => {
  expect(setDistance(a, b)).toBeCloseTo(distance, 10);
});
