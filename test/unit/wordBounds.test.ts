import { expect, test } from 'vitest';
import { wholeWordsAt } from '../../scripts/web/workbench/wordBounds.ts';

test.each([
  ['The German so|ldiers', 'German so', 'German soldiers'],
  ['left on Tue|sday.', 'on Tue', 'on Tuesday'],
  ['a Saturday in May', 'day', 'Saturday'],
  ['Ukraine’s army', 'Ukraine', 'Ukraine'],
  ['у Румунії', 'Румун', 'Румунії'],
  ['вийшов пор\u0301т', 'пор', 'пор\u0301т'],
  ['Mykola\u00adjiw fell', 'Mykola', 'Mykola\u00adjiw'],
  ['seen 🛳fleet', 'fle', 'fleet'],
  ['(ferry)', '(fer', '(ferry'],
  ['with 1240 cars', '40', '1240'],
  ['习近平会见', '习近平', '习近平'],
  ['whole words', 'whole words', 'whole words'],
])('in “%s”, “%s” is in the whole words “%s”', (marked, part, whole) => {
  const text = marked.replace('|', '');
  const start = text.indexOf(part);
  const found = wholeWordsAt(text, { start, end: start + part.length });
  expect(text.slice(found.start, found.end)).toBe(whole);
});
