import { plusDays } from '../../base/dayArithmetic.ts';
import type { DayWords } from '../../base/daysApart.ts';
import { dayInWords } from '../../base/edtfInWords.ts';
import { isEve } from '../../base/ofAnotherDay.ts';
import type { Reading } from '../../base/reading.ts';
import { awayFrom } from '../../base/relativeDates.ts';
import { type SameDayWords, sameDayWords } from '../../base/sameDayWords.ts';
import { phraseOf } from '../../base/thirdOfMonth.ts';
import { beginsSentence } from './beginsSentence.ts';
import type { Core } from './dateCores.ts';
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
  readonly coreOf: (word: string) => Core | undefined;
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

/** Reads words such as `on the same day` or `a day later`. Offsets are those of the text. */
export interface SameDayReader {
  /** Such words that begin at a place. */
  readonly at: (start: number) => DayWords | undefined;
  /** The day of the words that begin with a word, by its index, from the dates before them in the text. */
  readonly dateOf: (at: number, words: DayWords, found: readonly FoundDate[]) => FoundDate | undefined;
  /** Whether a date is before a place, and near enough. */
  readonly hasDateBefore: (start: number, found: readonly FoundDate[]) => boolean;
}

/** Reads the same day in a text, whose date can be in the text before it. */
export function sameDayReader(own: SameDayText, { before, found: earlier }: Omit<Around, 'after'>): SameDayReader {
  const names = sameDayWords(own.tags);
  const [whole, from] = [before + own.text, before.length];
  const lastOf = (found: readonly FoundDate[]): readonly FoundDate[] => {
    const last = found.slice(-2).map((date) => moved(date, from));
    return last.length < 2 ? [...earlier(), ...last] : last;
  };
  const nearBefore = (found: readonly FoundDate[]): readonly FoundDate[] => {
    const last = found.slice(-mostSeen).map((date) => moved(date, from));
    return last.length < mostSeen ? [...earlier(), ...last] : last;
  };
  return {
    at(start) {
      const found = names.at(whole, from + start, () => beginsSentence(whole, from + start));
      return found === undefined ? undefined : { ...found, end: found.end - from };
    },
    dateOf(at, { end, by }, found) {
      if (isOfOtherTime(own, at, { end, by }, names)) return undefined;
      const start = from + (own.words[at]?.start ?? 0);
      // hours are no other day
      const isTime = (word: string): boolean => ![undefined, 'hours'].includes(own.coreOf(word));
      const last = lastDay(whole, start, lastOf(found), names, isTime);
      const spot = { start, end: from + end };
      if (by === 0) return last === undefined ? undefined : moved(sameDay(whole, last, spot), -from);
      const all = nearBefore(found);
      const isOther = hasOtherDay(whole.slice(all.at(-1)?.end ?? start, start), names, isTime);
      const guess = last === undefined && !isOther ? guessed(whole, all, spot, by) : undefined;
      const date = last === undefined ? guess : apart(whole, last, spot, by);
      return date === undefined ? undefined : moved(date, -from);
    },
    hasDateBefore(start, found) {
      const last = lastOf(found).at(-1);
      return last !== undefined && from + start - last.end <= farthestBack;
    },
  };
}

function moved(found: FoundDate, by: number): FoundDate {
  return { ...found, start: found.start + by, end: found.end + by };
}

/** What is read of the clause behind the words. Code units. */
const longestClause = 40;

const aYear = /^(?:1[5-9]|20)\d\d$/;

/** What is between words and a date that says again which day they mean: `the next day, on 4 March`. */
const apposed = /^[,\s(]*(?:\p{L}{1,4}\s+)?$/u;

/** Whether the clause behind the words has another year, month or week, as `on the same day last year` does. */
function isOfOtherTime(
  { text, words, isPeriod, dateAt }: SameDayText,
  at: number,
  { end, by }: DayWords,
  names: SameDayWords,
): boolean {
  const [clause = ''] = /^[^.;:!?]*/u.exec(text.slice(end, end + longestClause)) ?? [];
  if (names.hasOtherPeriod(clause)) return true;
  let after = end;
  for (let i = at; (words[i]?.start ?? Infinity) < end + clause.length; i++) {
    const word = words[i];
    if (word === undefined || word.start < after) continue;
    const date = dateAt(i, after);
    if (by !== 0 && date !== undefined && apposed.test(text.slice(end, date.start))) return true;
    // the words can say again which day it is
    if (date?.isRelative === false && date.readings.every((each) => /^\d{4}-\d\d-\d\d$/.test(each.date)))
      after = date.end;
    else if (aYear.test(word.text) || isPeriod(word.text)) return true;
  }
  return false;
}

/**
 * The last date before words such as `on the same day`, if it is one day, or one of several, and nothing between them
 * can be another one. `isDay` says whether a word can name a day, a month or another time.
 */
function lastDay(
  text: string,
  start: number,
  found: readonly FoundDate[],
  words: SameDayWords,
  isDay: (word: string) => boolean,
): FoundDate | undefined {
  const [last, other] = [found.at(-1), found.at(-2)];
  if (last === undefined || last.readings.length === 0) return undefined;
  // of a day that counts from another one, which day is meant can only be guessed
  if (last.isApart === true || isEve(text.slice(last.start, last.end))) return undefined;
  const between = text.slice(last.end, start);
  if (!last.readings.every(({ date }) => aDay.test(date)) || between.length > farthestBack) return undefined;
  if (hasOtherDay(between, words, isDay)) return undefined;
  // of `on 3 and 4 March`, or of two dates
  const isJoined = other !== undefined && words.isLink(text.slice(other.end, last.start));
  return isJoined || words.endsWithLink(text.slice(Math.max(0, last.start - longestLink), last.start))
    ? undefined
    : last;
}

/** Whether what is between a date and words can name another day. */
function hasOtherDay(between: string, words: SameDayWords, isDay: (word: string) => boolean): boolean {
  return words.hasOtherDay(between) || (between.match(/[\p{L}\p{M}'’-]+/gu) ?? []).some(isDay);
}

/** The most dates before words of which one may be meant, and of which that is looked for. */
const mostGuessed = 3;
const mostSeen = 10;

/** The days that are so many days after those of the dates before words, the nearest one first: each may be meant. */
function guessed(
  text: string,
  before: readonly FoundDate[],
  at: Pick<FoundDate, 'start' | 'end'>,
  by: number,
): FoundDate | undefined {
  const days = before.filter(
    ({ end, readings: [first] }) => at.start - end <= farthestBack && first !== undefined && aDay.test(first.date),
  );
  const nearest = days.at(-1);
  if (nearest === undefined) return undefined;
  // all readings say in one way what they are seen from
  const alike = days.filter(({ isRelative }) => isRelative === nearest.isRelative).slice(-mostGuessed);
  const readings = alike.toReversed().flatMap((date) => apart(text, date, at, by).readings.slice(0, 1));
  const different = readings.filter(({ date }, i) => readings.findIndex((each) => each.date === date) === i);
  return { ...apart(text, nearest, at, by), readings: different, isGuess: true };
}

/** The days that are so many days after those of a date before words. */
function apart(text: string, last: FoundDate, at: Pick<FoundDate, 'start' | 'end'>, by: number): FoundDate {
  const date = sameDay(text, last, at);
  return { ...date, isApart: true, readings: readingsApart(date, last, by) };
}

/** The day of a date before words, or each day that it can mean. */
function sameDay(text: string, last: FoundDate, at: Pick<FoundDate, 'start' | 'end'>): FoundDate & { of: string } {
  const of = last.of ?? text.slice(last.start, last.end).replace(/\s+/g, ' ');
  return { ...at, of, isRelative: last.isRelative, readings: last.readings.map((each) => dayOf(each, last, of)) };
}

function dayOf({ date, as = phraseOf(date), meaning }: Reading, last: FoundDate, of: string): Reading {
  if (last.of !== undefined) return { date, as, meaning: meaning ?? dayNamed(of) };
  const which = meaning === undefined || last.readings.length === 1 ? '' : `: ${meaning}`;
  return { date, as: `${dayQuoted(of)}, ${as}`, meaning: `${dayNamed(of)}${which}` };
}

function dayNamed(of: string): string {
  return `the day of “${of}”`;
}

function dayQuoted(of: string): string {
  return `the day of "${of}" before it`;
}

/** The days that are so many days after those of a date before the words. */
function readingsApart(same: FoundDate & { of: string }, last: FoundDate, by: number): readonly Reading[] {
  return same.readings.map(({ date, as = '', meaning = '' }, i) => {
    const from = awayFrom('day', by, /^\d/.test(date) ? dayInWords(date) : phraseOf(date));
    // a date in full says by itself which day it is
    const which = last.readings[i]?.as === undefined ? dayQuoted(same.of) : as;
    return {
      date: date.replaceAll(/\d{4}-\d\d-\d\d/g, (day) => plusDays(day, by)),
      as: `${from}, ${which}`,
      meaning: awayFrom('day', by, meaning.replace('the day of ', '')),
    };
  });
}
