import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findSpan } from '../../scripts/evidence/against.ts';
import { codePoints } from '../../scripts/base/text.ts';
import { sha256 } from '../support/fixture.ts';

/** A span of some words, as a record has it. */
function spanOf(words: string): Parameters<typeof findSpan>[1] {
  const all = words.split(/\s+/u);
  const [begins, ends] = [all[0] ?? '', all.at(-1) ?? ''];
  return {
    source: 's',
    start: 100,
    end: 100 + codePoints(words).length,
    sha256: sha256(words),
    begins,
    ends,
    supports: [],
  };
}

const word = fc.constantFrom('Fähre', 'ліве', 'left', 'Ystad', '🛳', 'forty', 'cars', 'Monday');
const gap = fc.constantFrom(' ', '\n', '\r\n', '\t', '\n\n  ');

test('words are found in a copy with any white space', () => {
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 12 }),
      fc.array(gap, { minLength: 12, maxLength: 12 }),
      (words, gaps) => {
        const copy = words.map((each, i) => `${each}${gaps[i] ?? ' '}`).join('');
        expect(findSpan(`Before. ${copy}After.`, spanOf(words.join(' ')), sha256)?.match).toBe('same');
      },
    ),
    { numRuns: 50 },
  );
});

describe('the original text can differ from the copy', () => {
  test.each<[what: string, cited: string, copy: string]>([
    ['a line end', 'left Ystad on\nMonday with forty cars', 'left Ystad on Monday with forty cars'],
    ['a paragraph and a line end', 'left\r\n\r\nYstad on\r\nMonday', 'left Ystad on Monday'],
    ['curly quotes', 'said “we left” on Monday', 'said "we left" on Monday'],
    ['German quotes and a dash', 'sagte: „Wir – alle – fuhren“ ab', 'sagte: "Wir - alle - fuhren" ab'],
    ['guillemets', 'сказав: «Ми відпливли» вчора', 'сказав: “Ми відпливли” вчора'],
    ['an apostrophe', 'Finland’s envoy, then п’ять', "Finland's envoy, then п'ять"],
    ['an ellipsis', 'we left … on Monday', 'we left ... on Monday'],
  ])('%s', (_, cited, copy) => {
    expect(findSpan(`Then: ${copy}.`, spanOf(cited), sha256)).toEqual({
      start: 6,
      end: 6 + codePoints(copy).length,
      match: 'same',
    });
  });

  test.each<[what: string, copy: string, match: 'alike' | undefined]>([
    ['another word between', 'left Malmö on Monday', 'alike'],
    ['a longer passage', 'left Ystad and then, much later, Trelleborg on Monday', undefined],
    ['another last word', 'left Ystad on Sunday', undefined],
    ['the last word before the first', 'Monday: left', undefined],
  ])('%s', (_, copy, match) => {
    expect(findSpan(copy, spanOf('left Ystad on Monday'), sha256)?.match).toBe(match);
  });

  test('of two passages with the same edges, the one with the words counts', () => {
    const text = 'left Malmö on Monday, and left Ystad on Monday';
    expect(findSpan(text, spanOf('left Ystad on Monday'), sha256)).toMatchObject({ start: 26, match: 'same' });
  });
});
