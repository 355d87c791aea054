import type { DateContext } from '../../base/edtfHint.ts';
import { dayInWords, weekdayOf } from '../../base/edtfInWords.ts';
import { type FoundDate, datesInPart } from './datesInText.ts';
import { meantDates } from './meantDates.ts';
import type { DayOfField, MeantDate } from './messages.ts';
import type { Units } from './offsets.ts';

/** A day from which words can count. */
interface CountedFrom {
  readonly day: string;
  /** How a button names it. */
  readonly named: string;
  /** What it is, for the sentence that says how a date follows. */
  readonly is: string;
}

/** A text with words in it, and what their dates are seen from. Offsets are code units. */
export interface CountedText {
  readonly text: string;
  readonly words: Units;
  readonly context: DateContext;
  /** Days that the record has. */
  readonly others: readonly DayOfField[];
}

/** What words mean if they can count from several days. */
export interface DatesCounted {
  readonly dates: readonly MeantDate[];
  /** Whether each of them says from which day it counts. */
  readonly isNamed: boolean;
}

/**
 * The dates that found words mean, whose offsets are those of the words of the text. They can
 * count from the days that a record has.
 */
export function datesCounted(counted: CountedText, found: FoundDate): DatesCounted {
  const { text, words, context, others } = counted;
  const { day } = context;
  const quote = text.slice(words.start + found.start, words.start + found.end);
  const own = meantDates(quote, found);
  // the name of a day has those on either side already
  const isEitherSide = found.readings.some(({ side }) => side !== undefined);
  if (day === undefined || !found.isRelative || found.of !== undefined || isEitherSide)
    return { dates: own, isNamed: false };
  const source: CountedFrom = { day, named: 'the date of the source', is: 'the date of the source' };
  const ofFields = others.map(({ day: other, of }): CountedFrom => ({
    day: other,
    named: `${named(other)}, ${of}`,
    is: `the date of “${of}”`,
  }));
  const dates = distinct([source, ...ofFields].flatMap((from) => readFrom(counted, found, from)));
  const isNamed = dates.some(({ date }) => own.every((each) => each.date !== date));
  return { dates: isNamed ? dates : own, isNamed };
}

function named(day: string): string {
  return `${weekdayOf(day)}, ${dayInWords(day)}`;
}

/** The dates of words that count from a day, which say so. */
function readFrom(counted: CountedText, found: FoundDate, { day, named: from, is }: CountedFrom): readonly MeantDate[] {
  const again = sameWords(counted, found, day);
  if (again === undefined) return [];
  const { text, words } = counted;
  const dates = meantDates(text.slice(words.start + found.start, words.start + found.end), again, is);
  return dates.map((each) => ({
    ...each,
    meaning: dates.length === 1 ? `counted from ${from}` : `${each.meaning}, counted from ${from}`,
  }));
}

/** The most dates that are looked for in some words: a whole sentence can be cited. */
export const mostDates = 3;

/** What the same words mean, seen from another day. */
function sameWords(
  { text, words, context }: CountedText,
  { start, end }: FoundDate,
  day: string,
): FoundDate | undefined {
  const all = datesInPart(text, words.start, words.end, { ...context, day }, mostDates);
  return all.find((each) => each.start === start && each.end === end);
}

function distinct(dates: readonly MeantDate[]): readonly MeantDate[] {
  return dates.filter(({ date }, i) => dates.findIndex((each) => each.date === date) === i);
}
