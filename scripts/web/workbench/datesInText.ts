import { endsWithArticle } from '../../base/articles.ts';
import { phraseAt } from '../../base/dateTranslation.ts';
import { dateWordsOf } from '../../base/dateWords.ts';
import { parseEdtf } from '../../base/edtf.ts';
import { type DateContext, type Meant, meantIn } from '../../base/edtfHint.ts';
import { dayInWords } from '../../base/edtfInWords.ts';
import { lazy, remembered } from '../../base/lazy.ts';
import { isDuration, isEve, isOfAnotherDay } from '../../base/ofAnotherDay.ts';
import { type Tense, tenseOf } from '../../base/plannedWords.ts';
import { isMonthWithPreposition, joinsMonths } from '../../base/monthWords.ts';
import { isNegated } from '../../base/quantityWords.ts';
import { isTimeOfElse } from '../../base/pastTimes.ts';
import { plainWords } from '../../base/plainWords.ts';
import type { Reading } from '../../base/reading.ts';
import { phraseOf } from '../../base/thirdOfMonth.ts';
import { limitsWeekend } from '../../base/weekendWords.ts';
import { beginsSentence } from './beginsSentence.ts';
import { type Core, coresIn, joining, periodsIn } from './dateCores.ts';
import { languagesFitting } from './languagesFitting.ts';
import { type Around, farthestBack, sameDayReader } from './sameDay.ts';

/** Words of a text that mean a date. Offsets are code units. */
export interface FoundDate extends Meant {
  readonly start: number;
  readonly end: number;
  /** The words of the date before it whose day it is, as in `on the same day`, or from which it counts. */
  readonly of?: string;
  /** Whether it counts from the day of that date, as in `a day later`. */
  readonly isApart?: boolean;
  /** Whether it may count from another date. */
  readonly isGuess?: boolean;
}

export interface Word {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The most words of a date before and after its core. */
const [mostBefore, mostAfter] = [8, 6];

// a date in Chinese, Japanese or Korean has no spaces around it
const eastern = String.raw`\d{4}[年년] ?\d{1,2}[月월](?: ?\d{1,2}[日일])?`;
const letter = String.raw`(?!\d{4}[年년])[\p{L}\p{N}]`;
const more = String.raw`(?:(?!\d{4}[年년])[\p{L}\p{N}\p{M}'’ʼ])*`;
const wordForm = new RegExp(`${eastern}|${letter}${more}(?:[-.]${letter}${more})*`, 'gu');
const inDigits = new RegExp(String.raw`^(?:\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4}|${eastern})$`);

interface Reader {
  readonly text: string;
  readonly words: readonly Word[];
  readonly context: DateContext;
  /** The languages in which dates are read, as BCP 47 tags. */
  readonly tags: readonly string[];
  readonly coreOf: (word: string) => Core | undefined;
  /** Whether a word names a week, month or year. */
  readonly isPeriod: (word: string) => boolean;
  /** What the words around a date say about when it is. */
  readonly tenseOf: (start: number, end: number) => Tense | undefined;
  /** Whether the words behind some make them count from another day than the date of the source. */
  readonly isOfAnotherDay: (start: number, end: number) => boolean;
  /** Whether words are a time up to now. */
  readonly isPastTime: (date: string) => boolean;
  /** Whether a word can be beside the core of a date. */
  readonly canJoin: (word: string) => boolean;
  /** The preposition at the start of a date, with the space after it. */
  readonly prepositionOf: (date: string) => string;
}

const alone: Around = { before: '', after: '', found: () => [] };

/** The dates in a text, in digits or in the words of its language: the first ones, up to a number. */
export function datesInText(
  text: string,
  context: DateContext,
  most = Infinity,
  around: Around = alone,
): readonly FoundDate[] {
  const reader = readerOf(text, context, around);
  const wide = withAfter(reader, around.after);
  const sameDay = sameDayReader({ ...wide, dateAt: (i, after) => dateAt(wide, i, after) }, around);
  const found: FoundDate[] = [];
  let after = 0;
  for (const [i, word] of reader.words.entries()) {
    if (found.length >= most) break;
    if (word.start < after) continue;
    const day = sameDay.at(word.start);
    const isOfDateBefore = day !== undefined && day.end <= text.length;
    // without a date before it, `напередодні` counts from the date of the source
    if (isOfDateBefore && (day.by === 0 || sameDay.hasDateBefore(word.start, found))) {
      const date = sameDay.dateOf(i, day, found);
      if (date !== undefined) found.push(date);
      if (day.by !== 0) after = day.end;
    } else {
      const date = sinceYear(reader, i, after) ?? dateAt(reader, i, after);
      const isEveOf = date !== undefined && isEve(text.slice(date.start, date.end));
      if (date !== undefined && !(isEveOf && sameDay.hasDateBefore(date.start, found))) found.push(date);
    }
    after = Math.max(after, found.at(-1)?.end ?? 0);
  }
  return found;
}

/** The date in digits that a word is, or the one whose core it is. */
function dateAt(reader: Reader, at: number, after: number): FoundDate | undefined {
  const word = reader.words[at];
  return word !== undefined && inDigits.test(word.text) ? inNumbers(word) : dateAround(reader, at, after);
}

/** Before a number, these words make it a year; `from` and the like can begin a range of numbers. */
const makesYear = /^(?:since|seit|depuis|sinds)$/iu;

/** A year since which something is so, such as `since 2017` or `з 2014 року`. */
function sinceYear({ text, words, context }: Reader, at: number, from: number): FoundDate | undefined {
  const [before, year, after] = [words[at - 1], words[at], words[at + 1]];
  if (before === undefined || year === undefined || before.start < from) return undefined;
  if (!/^(?:19|20)\d\d$/.test(year.text)) return undefined;
  const ends = [after, ...(makesYear.test(before.text) ? [year] : [])];
  for (const { end } of ends.filter((word) => word !== undefined)) {
    const meant = meantIn(text.slice(before.start, end), context);
    if (meant.readings.some(({ date }) => date === `${year.text}/..`)) return { start: before.start, end, ...meant };
  }
  return undefined;
}

/** The dates in a part of a text, as `datesInText` finds them there: the same day can be that of a date before it. */
export function datesInPart(
  text: string,
  from: number,
  to: number,
  context: DateContext,
  most: number,
): readonly FoundDate[] {
  const first = Math.max(0, from - farthestBack - longestDate);
  const before = text.slice(first, from);
  // a date can begin before the part and end in it
  const found = lazy(() =>
    datesInText(text.slice(first, Math.min(to, from + longestDate)), context).filter(
      ({ start }) => start < from - first,
    ),
  );
  return datesInText(text.slice(from, to), context, most, { before, after: text.slice(to, to + longestAfter), found });
}

/** What is read before a weekend. Code units. */
const longestBefore = 40;

/** What is read behind a part. Code units. */
const longestAfter = 100;

/** More than the words of a date that is read. Code units. */
const longestDate = 200;

function readerOf(text: string, context: DateContext, { before, after }: Around): Reader {
  const words = wordsIn(text, 0);
  const languages = context.languages ?? languagesFitting(words.map((word) => word.text));
  const tags = ['en', ...languages];
  const tried = dateWordsOf(tags);
  const [whole, from] = [before + text + after, before.length];
  return {
    text,
    words,
    context: { ...context, languages },
    tags,
    // words near to a date are looked at several times
    coreOf: remembered(coresIn(tried)),
    isPeriod: periodsIn(tried),
    tenseOf: (start, end) => tenseOf(whole, from + start, from + end, languages.length === 0 ? ['en'] : languages),
    isOfAnotherDay: (start, end) =>
      isOfAnotherDay(text.slice(start, end), whole.slice(from + end, from + end + longestAfter), tags),
    canJoin: joining(tried),
    isPastTime(date) {
      const plain = plainWords(date).toLowerCase();
      return tried.some(({ pastTime }) => pastTime?.timeOf(plain) !== undefined);
    },
    prepositionOf(date) {
      const rests = tried.map((language) => phraseAt(date, language, 'at') ?? date);
      return date.slice(0, date.length - Math.min(...rests.map((rest) => rest.length)));
    },
  };
}

/** The words of a text that begins at a place. */
function wordsIn(text: string, at: number): readonly Word[] {
  return [...text.matchAll(wordForm)].map(({ 0: word, index }) => ({
    start: at + index,
    end: at + index + word.length,
    text: word,
  }));
}

/** A reader that also sees what is behind its text. */
function withAfter(reader: Reader, after: string): Reader {
  if (after === '') return reader;
  const words = [...reader.words, ...wordsIn(after, reader.text.length)];
  return { ...reader, text: reader.text + after, words };
}

function inNumbers({ start, end, text }: Word): FoundDate | undefined {
  const { readings } = parseEdtf(text) === undefined ? meantIn(text, {}) : { readings: [{ date: text }] };
  return readings.length === 1 ? { start, end, readings, isRelative: false } : undefined;
}

/** The longest words around a core that mean a date. */
function dateAround(reader: Reader, at: number, after: number): FoundDate | undefined {
  const { text, words, context } = reader;
  const core = reader.coreOf(words[at]?.text ?? '');
  if (core === undefined) return undefined;
  const [first, last] = [reach(reader, at, -1), reach(reader, at, 1)];
  for (let from = first; from <= at; from++) {
    for (let to = last; to >= at; to--) {
      const [start, end] = [words[from]?.start ?? 0, words[to]?.end ?? 0];
      const date = text.slice(start, end);
      if (start < after || endsWithArticle.test(date)) continue;
      if (core === 'shift' && from === to && /^\p{Lu}/u.test(date) && !beginsSentence(text, start)) continue;
      const meant = meantIn(date, context);
      // a month alone is too often another word
      if (core === 'month' && !/\d/.test(date) && isMonthAlone(meant) && !isInMonth(reader, date, from, to)) continue;
      // the name of a day in another case says when only with such as `last`
      const isSaid = core !== 'inflected day' || !meant.isRelative || isPlainly(meant);
      if (meant.readings.length === 0 || !isSaid) continue;
      if (reader.isOfAnotherDay(start, end)) return undefined;
      const isPast = reader.isPastTime(date);
      if (isPast && isTimeOfElse(text.slice(end, end + longestBefore))) continue;
      if (core === 'weekend' && limitsWeekend.test(text.slice(Math.max(0, start - longestBefore), start)))
        return undefined;
      // `not before Tuesday` is no limit before it
      if (isLimit(meant) && isNegated(text, start, reader.tags)) return undefined;
      const tense = reader.tenseOf(start, end);
      // in `the town fell within a week`, that began before
      if (tense !== 'coming' && isDuration(date)) return undefined;
      const readings = tense === 'coming' ? toCome(meant, context.day) : meant.readings;
      return { start: start + prepositionLength(reader, date, meant), end, ...meant, readings };
    }
  }
  return undefined;
}

/**
 * The readings of a date that is still to come on a day: that day and later ones first, and limits also from that day
 * on. News of a Wednesday calls that day Wednesday, not the one a week later.
 */
function toCome({ readings, isRelative }: Meant, day: string | undefined): readonly Reading[] {
  const isThatDay = ({ side, date }: Reading): boolean => side === 'same' && /^[\d-]+$/.test(date);
  const rankOf = (reading: Reading): number => (isThatDay(reading) ? 0 : reading.side === 'after' ? 1 : 2);
  const sorted = readings.toSorted((one, two) => rankOf(one) - rankOf(two));
  return sorted.flatMap((reading) => {
    const [, last = ''] = /^\[\.\.(\d{4}-\d\d-\d\d)\]$/.exec(reading.date) ?? [];
    if (day === undefined || last <= day) return [reading];
    const as = `${reading.as ?? phraseOf(reading.date)}, and no earlier than ${dayInWords(day)}`;
    const meaning = 'not before the date of the source';
    return [reading, { date: `[${day}..${last}]`, meaning, as: isRelative ? as : `${as}, the date of the source` }];
  });
}

/**
 * How long the preposition is that a date does not need: of `on Tuesday`, all words say when; of `on 7 March 2022`,
 * the date. Of `at the latest on 7 March 2022`, `at` begins the limit.
 */
function prepositionLength({ context, prepositionOf }: Reader, date: string, { readings, isRelative }: Meant): number {
  const { length } = isRelative ? '' : prepositionOf(date);
  if (length === 0) return 0;
  const rest = meantIn(date.slice(length), context).readings;
  return rest.length === readings.length && rest.every((each, i) => each.date === readings[i]?.date) ? length : 0;
}

/** Whether words are a month with a preposition, such as `in May`: not that of a weekend, nor one of two months. */
function isInMonth({ text, words, coreOf }: Reader, date: string, from: number, to: number): boolean {
  const [start, end] = [words[from]?.start ?? 0, words[to]?.end ?? 0];
  const [before, after] = [text.slice(Math.max(0, start - longestBefore), start), text.slice(end, end + longestBefore)];
  const isOneOfTwo = joinsMonths.test(words[to + 1]?.text ?? '') && coreOf(words[to + 2]?.text ?? '') === 'month';
  const isOfWeekend = coreOf(words[from - 1]?.text ?? '') === 'weekend';
  return isMonthWithPreposition(date, before, after) && !isOneOfTwo && !isOfWeekend;
}

/** Whether words say more than the name of a day: which one it is, or that it is a limit. */
function isPlainly({ readings }: Meant): boolean {
  return readings.length === 1 || readings.every(({ date }) => date.includes('..'));
}

/** Whether words say no more than a month: no part of it, and no limit. */
function isMonthAlone({ readings }: Meant): boolean {
  return readings.some(({ date }) => /^\d{4}-\d\d$/.test(date));
}

function isLimit({ readings }: Meant): boolean {
  return readings.some(({ date }) => date.includes('..'));
}

/** How far the words go, before or after a place, that can be of one date. */
function reach({ text, words, canJoin }: Reader, at: number, step: -1 | 1): number {
  const most = step < 0 ? mostBefore : mostAfter;
  let to = at;
  while (Math.abs(to - at) < most) {
    const [one, other] = step < 0 ? [words[to - 1], words[to]] : [words[to], words[to + 1]];
    const joined = step < 0 ? one : other;
    if (one === undefined || other === undefined || joined === undefined) return to;
    if (!canJoin(joined.text) || !isOneGroup(text, one, other)) return to;
    to += step;
  }
  return to;
}

/** Whether only a space, comma or dash, or the dot of a number or abbreviation, is between two words. */
function isOneGroup(text: string, before: Word, after: Word): boolean {
  const gap = text.slice(before.end, after.start);
  if (/^\.\s?$/u.test(gap)) return /^\d{1,4}$|^\p{L}{1,4}$/u.test(before.text);
  return /^(?:,?\s|\s?[-–—]\s?)$/u.test(gap);
}
