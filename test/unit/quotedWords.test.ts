import { edtfInWords } from '../../scripts/base/edtfInWords.ts';
import { expect, test } from 'vitest';
import {
  dateOfField,
  isOfOffer,
  quotedIn,
  sentenceWithoutWords,
} from '../../scripts/web/workbench/page/earlierDate.ts';

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
  [sentenceWithoutWords('all of these dates: 1 March 2022 and 4 March 2022', dateOfField('Seen')), true],
  [sentenceWithoutWords('until 15 February 2022, without a start'), true],
  ['No date is given: 12 February 2022 or later, the date of “Seen”. It left late.', false],
  ['No date is given: the year of the flood, the date of the source.', false],
  ['No date is given: no later than 12 February, when she left, before 15 February, the date of the source.', false],
  ['No date is given: no later than 15 February 2022, the date of the source. It left late.', false],
])('whether an offer wrote a sentence: %s', (sentence, isOurs) => {
  expect(isOfOffer(sentence)).toBe(isOurs);
});

test.each([
  '2022-03-01',
  '{2022-03-01,2022-03-04}',
  '[2022-03-01,2022-03-04]',
  '[2022-03-01..2022-03-04]',
  '{2022-03-01..2022-03-04}',
  '[..2022-03-01]',
  '[2022-03-01..]',
  '../2022-03-01',
  '2022-03-01/..',
  '2022-03-01/',
  '2022-03~/2022-05?',
  '2022',
  '2022-03-XX',
  '2022-1X',
  '20XX',
  '?2022-03-~01',
  '2022-21',
  '2022-34',
  '2022-39',
  '2022-41',
  '-0044-03-15',
  'Y-17000S3',
  '2022-03-01T10:15:00+02:00',
  '2022-03-01T10:15:30Z',
  'XXXX-12-XX',
  '15XX-12-25',
])('the sentence about any date is known as that of an offer: %s', (date) => {
  const words = edtfInWords(date) ?? '';
  expect(words).not.toBe('');
  expect([words, isOfOffer(sentenceWithoutWords(words, dateOfField('Seen')))]).toEqual([words, true]);
});
