import { expect, test } from 'vitest';
import { isOfOffer, quotedIn, sentenceWithoutWords } from '../../scripts/web/workbench/page/earlierDate.ts';

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

test.each([
  [sentenceWithoutWords('Tuesday 15 February 2022'), true],
  [sentenceWithoutWords('no later than Tuesday 15 February 2022'), true],
  ['Read "lundi" as the last Monday before 15 February 2022, the date of the source.', true],
  ['No date is given: no later than 12 February, when she left, before 15 February, the date of the source.', false],
  ['No date is given: no later than 15 February 2022, the date of the source. It left late.', false],
])('whether an offer wrote a sentence: %s', (sentence, isOurs) => {
  expect(isOfOffer(sentence)).toBe(isOurs);
});
