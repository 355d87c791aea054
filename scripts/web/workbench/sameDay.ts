import type { Reading } from '../../base/reading.ts';
import type { SameDayWords } from '../../base/sameDayWords.ts';
import { phraseOf } from '../../base/thirdOfMonth.ts';
import type { FoundDate } from './datesInText.ts';

/** The most of a text between words for the same day and the date that they are about. Code units. */
export const farthestBack = 1000;

/** What is read before a date. Code units. */
const longestLink = 40;

/** One day, or one of several days. */
const aDay = /^(?:\d{4}-\d\d-\d\d|\[\d{4}-\d\d-\d\d(?:,\d{4}-\d\d-\d\d)+\])$/;

/**
 * The day of the last date before words such as `on the same day`, or each day that it can mean, if nothing between
 * them can be another one. `isDay` says whether a word can name a day, a month or another time.
 */
export function sameDayIn(
  text: string,
  at: Pick<FoundDate, 'start' | 'end'>,
  found: readonly FoundDate[],
  words: SameDayWords,
  isDay: (word: string) => boolean,
): FoundDate | undefined {
  const [last, other] = [found.at(-1), found.at(-2)];
  if (last === undefined || last.readings.length === 0) return undefined;
  const between = text.slice(last.end, at.start);
  if (!last.readings.every(({ date }) => aDay.test(date)) || between.length > farthestBack) return undefined;
  if (words.hasOtherDay(between) || (between.match(/[\p{L}\p{M}'’-]+/gu) ?? []).some(isDay)) return undefined;
  // of `on 3 and 4 March`, or of two dates
  const isJoined = other !== undefined && words.isLink(text.slice(other.end, last.start));
  if (isJoined || words.endsWithLink(text.slice(Math.max(0, last.start - longestLink), last.start))) return undefined;
  const of = last.of ?? text.slice(last.start, last.end).replace(/\s+/g, ' ');
  return { ...at, of, isRelative: last.isRelative, readings: last.readings.map((each) => dayOf(each, last, of)) };
}

function dayOf({ date, as = phraseOf(date), meaning }: Reading, last: FoundDate, of: string): Reading {
  if (last.of !== undefined) return { date, as, meaning: meaning ?? `the day of “${of}”` };
  const which = meaning === undefined || last.readings.length === 1 ? '' : `: ${meaning}`;
  return { date, as: `the day of "${of}" before it, ${as}`, meaning: `the day of “${of}”${which}` };
}
