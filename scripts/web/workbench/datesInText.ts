import { phraseAt } from '../../base/dateTranslation.ts';
import { type DateWords, dateWordsOf, monthOf } from '../../base/dateWords.ts';
import { plainWords } from '../../base/plainWords.ts';
import { type DateContext, type Meant, meantIn } from '../../base/edtfHint.ts';
import { parseEdtf } from '../../base/edtf.ts';
import { isNegated } from '../../base/quantityWords.ts';
import { sameDayWords } from '../../base/sameDayWords.ts';
import { partsOfMonth } from '../../base/thirdOfMonth.ts';
import { inflectedDay } from '../../base/relativeDates.ts';
import { periodOf } from '../../base/shiftWords.ts';
import { languagesFitting } from './languagesFitting.ts';
import { farthestBack, sameDayIn } from './sameDay.ts';

/** Words of a text that mean a date. Offsets are code units. */
export interface FoundDate extends Meant {
  readonly start: number;
  readonly end: number;
  /** The words of the date before it whose day it is, as in `on the same day`. */
  readonly of?: string;
}

interface Word {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What a date can have in its middle: the name of a month, day or period, or the last word of such as `last week`. */
type Core = 'month' | 'day' | 'inflected day' | 'period' | 'shift';

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
  /** Whether a word can be beside the core of a date. */
  readonly canJoin: (word: string) => boolean;
  /** The preposition at the start of a date, with the space after it. */
  readonly prepositionOf: (date: string) => string;
}

/** The dates in a text, in digits or in the words of its language: the first ones, up to a number. */
export function datesInText(text: string, context: DateContext, most = Infinity): readonly FoundDate[] {
  const reader = readerOf(text, context);
  const sameDay = sameDayWords(reader.tags);
  const isTime = (word: string): boolean => reader.coreOf(word) !== undefined;
  const found: FoundDate[] = [];
  for (const [i, word] of reader.words.entries()) {
    const after = found.at(-1)?.end ?? 0;
    if (found.length >= most) break;
    if (word.start < after) continue;
    const end = sameDay.endAt(text, word.start, beginsSentence(text, word.start));
    const date =
      end !== undefined
        ? sameDayIn(text, { start: word.start, end }, found, sameDay, isTime)
        : inDigits.test(word.text)
          ? inNumbers(word)
          : (sinceYear(reader, i, after) ?? dateAround(reader, i, after));
    if (date !== undefined) found.push(date);
  }
  return found;
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
  const part = text.slice(from, to);
  const own = datesInText(part, context, most);
  if (!sameDayWords(['en', ...(context.languages ?? [])]).isIn(part)) return own;
  const first = Math.max(0, from - farthestBack - longestDate);
  const back = datesInText(text.slice(first, to), context)
    .map((date) => ({ ...date, start: first + date.start - from, end: first + date.end - from }))
    .filter(({ of, start, end }) => of !== undefined && !own.some((each) => each.start < end && each.end > start))
    .filter(({ start }) => start >= 0);
  return [...own, ...back].toSorted((a, b) => a.start - b.start).slice(0, most);
}

/** More than the words of a date that is read. Code units. */
const longestDate = 200;

function readerOf(text: string, context: DateContext): Reader {
  const words = [...text.matchAll(wordForm)].map(({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    text: word,
  }));
  const languages = context.languages ?? languagesFitting(words.map((word) => word.text));
  const tags = ['en', ...languages];
  const tried = dateWordsOf(tags);
  return {
    text,
    words,
    context: { ...context, languages },
    tags,
    coreOf: cores(tried),
    canJoin: joining(tried),
    prepositionOf(date) {
      const rests = tried.map((language) => phraseAt(date, language, 'at') ?? date);
      return date.slice(0, date.length - Math.min(...rests.map((rest) => rest.length)));
    },
  };
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
      if (start < after) continue;
      if (core === 'shift' && from === to && /^\p{Lu}/u.test(date) && !beginsSentence(text, start)) continue;
      const meant = meantIn(date, context);
      // a month alone is too often another word
      if (core === 'month' && !/\d/.test(date) && isMonthAlone(meant)) continue;
      // the name of a day in another case says when only with such as `last`
      const isSaid = core !== 'inflected day' || !meant.isRelative || isPlainly(meant);
      if (meant.readings.length === 0 || !isSaid) continue;
      // `not before Tuesday` is no limit before it
      if (isLimit(meant) && isNegated(text, start, reader.tags)) return undefined;
      return { start: start + prepositionLength(reader, date, meant), end, ...meant };
    }
  }
  return undefined;
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

function beginsSentence(text: string, start: number): boolean {
  return !/[\p{L}\p{N},;]\s*$/u.test(text.slice(Math.max(0, start - 10), start));
}

/** Finds what a word can be in a date, in some languages. */
function cores(languages: readonly DateWords[]): (word: string) => Core | undefined {
  const shifts = new Set(languages.flatMap(lastWordsOf));
  return (word) => {
    const plain = plainWords(word);
    // in `mid-March`, the name is behind the hyphen
    const rests = languages.flatMap((words) => partsOfMonth.flatMap((part) => phraseAt(plain, words, part) ?? []));
    const own = rests[0] ?? plain;
    const name = own.toLowerCase();
    const isCapital = /^\p{Lu}/u.test(own);
    const inTheirs = languages.filter(({ hasCapitals }) => isCapital || !hasCapitals);
    if (inTheirs.some(({ when }) => when.has(name))) return 'day';
    if (shifts.has(name)) return 'shift';
    if (inTheirs.some((words) => words.months.has(name) || monthOf(words, name) !== undefined)) return 'month';
    if (inTheirs.some((words) => words.days.has(name) || inflectedDay(name, words) !== undefined))
      return 'inflected day';
    const named = name.split("'").at(-1) ?? name;
    return languages.some((words) => periodOf(words, named) !== undefined) ? 'period' : undefined;
  };
}

/** The last words of the phrases that count from a day. */
function lastWordsOf({ shifts, counted }: DateWords): readonly string[] {
  const all = [...shifts.keys(), ...counted.map(({ before, after }) => after || before)];
  return all.flatMap((phrase) => phrase.toLowerCase().split(' ').at(-1) ?? []);
}

/** Words of dates in English: see `edtfHint.ts`. */
const english = /^(?:of|the|as|from|since|until|till|before|after|by|about|around|circa|ca|to)$/i;

/** Finds which words can be in a date, beside its core. */
function joining(languages: readonly DateWords[]): (word: string) => boolean {
  const named = new Set(
    languages.flatMap(({ silent, shifts, counted, numbers, days, shortDays }) => [
      ...silent,
      ...shortDays,
      ...numbers.keys(),
      ...[...shifts.keys(), ...days.keys(), ...counted.flatMap(({ before, after }) => [before, after])].flatMap(
        (phrase) => phrase.toLowerCase().split(' '),
      ),
    ]),
  );
  return (word) => {
    if (/^\d/.test(word) || english.test(word)) return true;
    const name = plainWords(word).toLowerCase();
    return languages.some(
      (words) => words.phraseWord?.test(name) === true || named.has(name) || monthOf(words, name) !== undefined,
    );
  };
}
