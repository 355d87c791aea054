import { expect, test } from 'vitest';
import { withoutStop } from '../../scripts/web/workbench/page/withoutStop.ts';

test.each([
  ['The meeting is called off.', 'The meeting is called off'],
  ['Kiel', 'Kiel'],
  ['Army of the U.S.', 'Army of the U.S.'],
  ['and so on...', 'and so on...'],
  ['Will it hold?', 'Will it hold?'],
])('of a text before other punctuation, the full stop of a sentence is left out: %s', (text, shown) => {
  expect(withoutStop(text)).toBe(shown);
});
