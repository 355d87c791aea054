import { describe, expect, test } from 'vitest';
import { describeInvisible, invisibleFirst, mayBeginInvisible } from '../../scripts/base/invisible.ts';
import { printable } from '../../scripts/base/text.ts';
import { dataset, here } from '../support/fixture.ts';
import { run } from '../support/run.ts';

describe('invisible characters', () => {
  test.each([
    ['a\u200bb', 'U+200B ZERO WIDTH SPACE after "a"'],
    ['\ufeffa', 'U+FEFF ZERO WIDTH NO-BREAK SPACE at the start'],
    ['co\u00adop', 'U+00AD SOFT HYPHEN after "co"'],
    ['a\u034f', 'U+034F COMBINING GRAPHEME JOINER after "a"'],
    ['a\u061cb', 'U+061C ARABIC LETTER MARK after "a"'],
    ['a\u115f', 'U+115F (Hangul filler) after "a"'],
    ['a\u180eb', 'U+180E MONGOLIAN VOWEL SEPARATOR after "a"'],
    ['a\u200fb', 'U+200F RIGHT-TO-LEFT MARK after "a"'],
    ['a\u202eb', 'U+202E RIGHT-TO-LEFT OVERRIDE after "a"'],
    ['a\u2028b', 'U+2028 LINE SEPARATOR after "a"'],
    ['a\u2060b', 'U+2060 WORD JOINER after "a"'],
    ['a\u2066b', 'U+2066 LEFT-TO-RIGHT ISOLATE after "a"'],
    ['a\u206ab', 'U+206A (no visible form) after "a"'],
    ['a\u3164b', 'U+3164 (Hangul filler) after "a"'],
    ['a\ufff9b', 'U+FFF9 (interlinear annotation) after "a"'],
    ['a\u0085b', 'U+0085 (control character) after "a"'],
    ['a\ufe0f', 'U+FE0F (variation selector) after "a"'],
    ['a\u{e0100}', 'U+E0100 (variation selector) after "a"'],
    ['a\u{e0041}b', 'U+E0041 (tag character) after "a"'],
    ['🚢\u{e0041}', 'U+E0041 (tag character) after "🚢"'],
    ['\u{1d173}', 'U+1D173 (no visible form) at the start'],
    // joiners where they join nothing
    ['ai\u200dno', 'U+200D ZERO WIDTH JOINER after "ai"'],
    ['ai\u200cno', 'U+200C ZERO WIDTH NON-JOINER after "ai"'],
    ['\u06a9\u062a\u0627\u0628\u200c', 'U+200C ZERO WIDTH NON-JOINER after "\u06a9\u062a\u0627\u0628"'],
    ['🚢\u200d', 'U+200D ZERO WIDTH JOINER after "🚢"'],
    // what is seen, or shapes what is seen
    ['Łódź, naïve, Ævar, Hà Nội', undefined],
    ['e\u0301', undefined],
    ['a\u00a0b', undefined],
    ['❤\ufe0f, ☎\ufe0e and ✈', undefined],
    ['👩🏽\u200d🚀', undefined],
    ['👨\u200d👩\u200d👧', undefined],
    ['🏳\ufe0f\u200d🌈', undefined],
    ['1\ufe0f\u20e3', undefined],
    ['🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}', undefined],
    ['\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645', undefined],
    ['\u0647\u200d.', undefined],
    ['\u0915\u094d\u200d\u0937 \u0915\u094d\u200c\u0937', undefined],
    ['\u0dc1\u0dca\u200d\u0dbb\u0dd3', undefined],
    ['葛\u{e0100}飾区', undefined],
    ['\u182d\u180b', undefined],
  ])('%j: %s', (text, found) => {
    expect(describeInvisible(text)).toBe(found);
  });

  test('the check of the bytes misses none of them', () => {
    const missed: string[] = [];
    const ignorable = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Zl}\p{Zp}\u007f-\u009f]/u;
    for (let point = 0x7f; point < 0x110000; point++) {
      if (point === 0xd800) point = 0xe000;
      const character = String.fromCodePoint(point);
      if (!ignorable.test(character)) continue;
      const [first = 0, second = 0, third = 0] = Buffer.from(character);
      if (
        !invisibleFirst.includes(first) ||
        !mayBeginInvisible(first, second, third) ||
        describeInvisible(character) === undefined
      )
        missed.push(point.toString(16));
    }
    expect(missed).toEqual([]);
  });

  test('a terminal shows their numbers', () => {
    expect(printable('a\u200b\u{e0041}\u3164\u2060')).toBe('a\\u200b\\udb40\\udc41\\u3164\\u2060');
  });

  test("keys are checked, emoji pass, and other people's records are left alone", async () => {
    const files = {
      'schema/notes.schema.json': { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
      'raw/notes/a.json': { id: 'a', 'to\u200bld': { x: '👩🏽\u200d🚀' } },
    };
    const folder = dataset(files);
    const { out } = await run(folder, 'validate', here);
    expect(out).toBe(
      'raw/notes/a.json:3:3 error encoding: invisible character U+200B ZERO WIDTH SPACE after "to" (delete it)\n',
    );
    expect(await run(folder, 'validate', [...here, '--layout', 'any'])).toMatchObject({ status: 0, out: '' });
  });
});
