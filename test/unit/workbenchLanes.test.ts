import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lanes, linesOf } from '../../scripts/web/workbench/page/lanes.ts';

test.each<[string, readonly (readonly [colour: number, start: number, end: number])[], readonly string[]]>([
  ['one mark', [[0, 2, 5]], ['0 2–5 at 0']],
  [
    'marks side by side',
    [
      [0, 0, 5],
      [1, 5, 9],
    ],
    ['0 0–5 at 0', '1 5–9 at 0'],
  ],
  [
    'marks of two records of a table',
    [
      [0, 0, 5],
      [0, 3, 9],
      [0, 3, 4],
    ],
    ['0 0–9 at 0'],
  ],
  [
    'three tables about the same words',
    [
      [2, 3, 6],
      [0, 0, 9],
      [1, 3, 9],
    ],
    ['0 0–9 at 0', '1 3–9 at 1', '2 3–6 at 2'],
  ],
  [
    'a mark after two that overlap',
    [
      [0, 0, 5],
      [1, 2, 9],
      [2, 6, 8],
    ],
    ['0 0–5 at 0', '1 2–9 at 1', '2 6–8 at 0'],
  ],
])('%s', (_what, marks, expected) => {
  const lines = linesOf(marks.map(([colour, start, end]) => ({ colour, start, end })));
  expect(lines.map(({ colour, start, end, lane }) => `${colour} ${start}–${end} at ${lane}`)).toEqual(expected);
});

test('each mark has a line, and no two lines that overlap are at one height, unless there are too many', () => {
  const mark = fc.record({ colour: fc.nat(7), start: fc.nat(60), length: fc.integer({ min: 1, max: 20 }) });
  fc.assert(
    fc.property(fc.array(mark, { maxLength: 30 }), (found) => {
      const marks = found.map(({ colour, start, length }) => ({ colour, start, end: start + length }));
      const lines = linesOf(marks);
      for (const { colour, start, end } of marks)
        expect(lines.some((line) => line.colour === colour && line.start <= start && end <= line.end)).toBe(true);
      const heights = Array.from({ length: 80 }, (_, at) =>
        lines.filter(({ start, end }) => start <= at && at < end).map(({ lane }) => lane),
      );
      const areFew = heights.every((here) => here.length <= lanes);
      for (const here of heights) {
        const single = areFew ? here : here.filter((lane) => lane < lanes - 1);
        expect(new Set(single).size).toBe(single.length);
      }
    }),
  );
});
