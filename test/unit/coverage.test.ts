import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partlyCoveredOf, uncoveredOf } from '../../scripts/web/workbench/coverage.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

const length = ({ start, end }: Range): number => end - start;
const range = (start: number, end: number): Range => ({ start, end });

test.each<readonly [name: string, spans: readonly Range[], isPartly: boolean]>([
  ['no span', [], false],
  ['a small part', [range(0, 4)], true],
  ['half', [range(0, 5)], false],
  ['two small parts', [range(0, 3), range(7, 9)], false],
  ['the same small part twice', [range(0, 3), range(0, 3)], true],
  ['the end of a longer span', [range(8, 30)], true],
  ['the whole, inside a longer span', [range(-5, 30)], false],
])('a sentence of which spans hold %s', (_name, spans, isPartly) => {
  expect(partlyCoveredOf([range(0, 10)], spans, length)).toEqual(isPartly ? [range(0, 10)] : []);
});

test('each position of a sentence counts once, however many spans hold it', () => {
  const spans = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 20 })).map(([at, n]) => range(at, at + n)));
  const lengths = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 6 });
  fc.assert(
    fc.property(lengths, spans, (all, held) => {
      const starts = all.map((_, i) => all.slice(0, i).reduce((sum, each) => sum + each + 1, 0));
      const sentences = starts.map((start, i) => range(start, start + (all[i] ?? 0)));
      const heldIn = ({ start, end }: Range): number =>
        Array.from({ length: end - start }, (_, i) => start + i).filter((at) =>
          held.some((span) => span.start <= at && at < span.end),
        ).length;
      const parts = sentences.filter((each) => heldIn(each) > 0 && heldIn(each) * 2 < length(each));
      expect(partlyCoveredOf(sentences, held, length)).toEqual(parts);
      expect(uncoveredOf(sentences, held)).toEqual(sentences.filter((each) => heldIn(each) === 0));
    }),
  );
});
