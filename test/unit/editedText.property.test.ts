import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editedText, shownText } from '../../scripts/web/workbench/page/editedText.ts';

const part = fc.constantFrom('\n', '\r', '\r\n', '\t', ' ', '\u00a0', '\u0000', '\u202e', '\u200f', '\ud800', 'a', '🛳');
const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
const showing = fc.constantFrom<'line' | 'area'>('line', 'area');

test('a text that is edited and put back is as it was', () => {
  fc.assert(
    fc.property(text, showing, (before, as) => {
      expect(editedText(before, shownText(before, as), as)).toBe(before);
    }),
    { numRuns: 5000 },
  );
});

test('an edit changes only the part of a text that it is in', () => {
  fc.assert(
    fc.property(text, fc.stringMatching(/^[xyz]{1,3}$/), text, showing, (left, typed, right, as) => {
      // between these two, what is typed stays apart from the rest
      const [start, end] = [`${left}<`, `>${right}`];
      const shown = shownText(start, as) + typed + shownText(end, as);
      expect(editedText(start + end, shown, as)).toBe(start + typed + end);
      expect(editedText(start + typed + end, shownText(start + end, as), as)).toBe(start + end);
    }),
    { numRuns: 5000 },
  );
});

test('the control shows what was typed', () => {
  fc.assert(
    fc.property(text, text, showing, (before, next, as) => {
      const typed = shownText(next, as);
      expect(shownText(editedText(before, typed, as), as)).toBe(typed);
    }),
    { numRuns: 5000, examples: [['\r\r', '\n\n\n', 'area']] },
  );
});
