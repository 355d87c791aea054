import { expect, test } from 'vitest';
import { quotedIn } from '../../scripts/web/workbench/page/earlierDate.ts';

test.each([
  ['Read "lundi" as the last Monday before 15 February 2022, the date of the source.', 'lundi'],
  [
    'Read "am 3. März" as Thursday 3 March 2022, in the year of 22 February 2022, the date of the source.',
    'am 3. März',
  ],
  ['Read "am selben Tag" as the day of "3. März 2022" before it, Thursday 3 March 2022.', 'am selben Tag'],
  ['Read "lundi" as the last Monday before 15 February 2022. It left late.', undefined],
  ['Read "am selben Tag" as the day of "3. März 2022" before it. It left late.', undefined],
  ['The ferry always leaves on Mondays.', undefined],
])('the words that a sentence of an offer quotes: %s', (sentence, words) => {
  expect(quotedIn(sentence)).toBe(words);
});
