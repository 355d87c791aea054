import { isEve } from '../../base/ofAnotherDay.ts';
import type { Reading } from '../../base/reading.ts';
import { type SameDayWords, sameDayWords } from '../../base/sameDayWords.ts';
import { phraseOf } from '../../base/thirdOfMonth.ts';
import { beginsSentence } from './beginsSentence.ts';
import type { FoundDate, Word } from './datesInText.ts';

/** The most of a text between words for the same day and the date that they are about. Code units. */
export const farthestBack = 1000;

/** What is read before a date. Code units. */
const longestLink = 40;

/** One day, or one of several days. */
const aDay = /^(?:\d{4}-\d\d-\d\d|\[\d{4}-\d\d-\d\d(?:,\d{4}-\d\d-\d\d)+\])$/;

/** A text in which the same day is read, with what is behind it. */
interface SameDayText {
  readonly text: string;
  readonly words: readonly Word[];
  /** Its languages, as BCP 47 tags. */
  readonly tags: readonly string[];
  /** What a word can be in a date. */
  readonly coreOf: (word: string) => unknown;
  /** Whether a word names a week, month or year. */
  readonly isPeriod: (word: string) => boolean;
  /** The date around a word, by its index, that does not begin before a place. */
  readonly dateAt: (at: number, after: number) => FoundDate | undefined;
}

/** What is around a part of a text, with the dates that begin before it. */
export interface Around {
  readonly before: string;
  readonly after: string;
  readonly found: () => readonly FoundDate[];
}

/** Reads words such as `on the same day`. Offsets are those of the text. */
export interface SameDayReader {
  /** Where such words end that begin at a place. */
  readonly endAt: (start: number) => number | undefined;
  /** The day of the words that begin with a word, by its index, from the dates before them in the text. */
  readonly dateOf: (at: number, end: number, found: readonly FoundDate[]) => FoundDate | undefined;
}

/** Reads the same day in a text, whose date can be in the text before it. */
export function sameDayReader(own: SameDayText, { before, found: earlier }: Omit<Around, 'after'>): SameDayReader {
  const names = sameDayWords(own.tags);
  const [whole, from] = [before + own.text, before.length];
  return {
    endAt(start) {
      const end = names.endAt(whole, from + start, beginsSentence(whole, from + start));
      return end === undefined ? undefined : end - from;
    },
    dateOf(at, end, found) {
      if (isOfOtherTime(own, at, end, names)) return undefined;
      const last = found.slice(-2).map((date) => moved(date, from));
      const dates = last.length < 2 ? [...earlier(), ...last] : last;
      const start = from + (own.words[at]?.start ?? 0);
      const isTime = (word: string): boolean => own.coreOf(word) !== undefined;
      const date = sameDayIn(whole, { start, end: from + end }, dates, names, isTime);
      return date === undefined ? undefined : moved(date, -from);
    },
  };
}

function moved(found: FoundDate, by: number): FoundDate {
  return { ...found, start: found.start + by, end: found.end + by };
}

/** What is read of the clause behind the words. Code units. */
const longestClause = 40;

const aYear = /^(?:1[5-9]|20)\d\d$/;

/** Whether the clause behind the words has another year, month or week, as `on the same day last year` does. */
function isOfOtherTime(
  { text, words, isPeriod, dateAt }: SameDayText,
  at: number,
  end: number,
  names: SameDayWords,
): boolean {
  const [clause = ''] = /^[^.;:!?]*/u.exec(text.slice(end, end + longestClause)) ?? [];
  if (names.hasOtherPeriod(clause)) return true;
  let after = end;
  for (let i = at; (words[i]?.start ?? Infinity) < end + clause.length; i++) {
    const word = words[i];
    if (word === undefined || word.start < after) continue;
    // the words can say again which day it is
    const date = dateAt(i, after);
    if (date?.isRelative === false && date.readings.every((each) => /^\d{4}-\d\d-\d\d$/.test(each.date)))
      after = date.end;
    else if (aYear.test(word.text) || isPeriod(word.text)) return true;
  }
  return false;
}

/**
 * The day of the last date before words such as `on the same day`, or each day that it can mean, if nothing between
 * them can be another one. `isDay` says whether a word can name a day, a month or another time.
 */
function sameDayIn(
  text: string,
  at: Pick<FoundDate, 'start' | 'end'>,
  found: readonly FoundDate[],
  words: SameDayWords,
  isDay: (word: string) => boolean,
): FoundDate | undefined {
  const [last, other] = [found.at(-1), found.at(-2)];
  if (last === undefined || last.readings.length === 0) return undefined;
  // which day the eve is of can only be guessed
  if (isEve(text.slice(last.start, last.end))) return undefined;
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
