import { plusDays } from '../../base/dayArithmetic.ts';
import type { DateContext } from '../../base/edtfHint.ts';
import { dayInWords, weekdayOf } from '../../base/edtfInWords.ts';
import { type FoundDate, datesInPart } from './datesInText.ts';
import { meantDates } from './meantDates.ts';
import type { DayOfField, MeantDate } from './messages.ts';
import type { Units } from './offsets.ts';
import { type Quotation, quotationAround } from './quotations.ts';

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
  /** Whether the words are in a quotation, and mean another date if they count from another day. */
  readonly inQuotation: boolean;
}

/**
 * The dates that found words mean, whose offsets are those of the words of the text. In a quotation, they can count
 * from the day on which it was said; what a record is about, from the days that it has.
 */
export function datesCounted(counted: CountedText, found: FoundDate): DatesCounted {
  const { text, words, context, others } = counted;
  const { day } = context;
  const quote = text.slice(words.start + found.start, words.start + found.end);
  const own = meantDates(quote, found);
  // the name of a day has those on either side already
  const isEitherSide = found.readings.some(({ side }) => side !== undefined);
  if (day === undefined || !found.isRelative || found.of !== undefined || isEitherSide)
    return { dates: own, isNamed: false, inQuotation: false };
  const speech = quotationAround(text, words.start + found.start);
  const spoken = speech === undefined ? [] : daysOfSpeech(counted, speech, day);
  const source: CountedFrom = { day, named: 'the date of the source', is: 'the date of the source' };
  const ofFields = others.map(({ day: other, of }): CountedFrom => ({
    day: other,
    named: `${named(other)}, ${of}`,
    is: `the date of “${of}”`,
  }));
  const dates = distinct([...spoken, source, ...ofFields].flatMap((from) => readFrom(counted, found, from)));
  const isNamed = dates.some(({ date }) => own.every((each) => each.date !== date));
  const inQuotation = speech !== undefined && dependsOnDay(counted, found, own, day);
  return { dates: isNamed ? dates : own, isNamed, inQuotation };
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

/** Whether words mean another date if they are seen from the day before. */
function dependsOnDay(counted: CountedText, found: FoundDate, own: readonly MeantDate[], day: string): boolean {
  const readings = sameWords(counted, found, plusDays(day, -1))?.readings ?? [];
  return readings.length !== own.length || readings.some(({ date }, i) => date !== own[i]?.date);
}

/** The days on which a quotation can have been said: that behind it in its sentence, and the last one before it. */
function daysOfSpeech(
  { text, context }: CountedText,
  { before, after }: Quotation,
  day: string,
): readonly CountedFrom[] {
  const datesIn = ({ start, end }: Units, most: number): readonly FoundDate[] =>
    datesInPart(text, start, end, context, most);
  // what another quotation names counts from its own day
  const isOutside = ({ start }: FoundDate): boolean => quotationAround(text, before.start + start) === undefined;
  return [
    ...daysOf(text, after, datesIn(after, 1)[0], 'after'),
    ...daysOf(text, before, datesIn(before, Infinity).findLast(isOutside), 'before'),
  ].filter((from) => from.day <= day);
}

function daysOf(text: string, { start }: Units, found: FoundDate | undefined, side: string): readonly CountedFrom[] {
  const days = (found?.readings ?? []).filter(({ date }) => /^\d{4}-\d\d-\d\d$/.test(date));
  const quote = text.slice(start + (found?.start ?? 0), start + (found?.end ?? 0)).replace(/\s+/g, ' ');
  return days.map(({ date }) => ({
    day: date,
    named: `${named(date)}, ${side} the quotation`,
    is: `the day of "${quote}" ${side} the quotation`,
  }));
}
