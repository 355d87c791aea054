import { boundedReadings } from './boundedDates.ts';
import { inEnglish } from './dateTranslation.ts';
import { type DateWords, dateWordsOf, languagesWithMonth } from './dateWords.ts';
import { nextTo } from './dayArithmetic.ts';
import { edtfFault, monthNames, parseEdtf } from './edtf.ts';
import { edtfInWords } from './edtfInWords.ts';
import type { Reading } from './reading.ts';
import { edgeReadings, relativeReadings, withYear } from './relativeDates.ts';
import { list } from './text.ts';
import { partsOfMonth, thirdOfMonth } from './thirdOfMonth.ts';

/** The formats of a date that a hint can be given for: any EDTF text, or a day. */
export type DateFormat = 'edtf' | 'date';

/** What is known of the words of a date. */
export interface DateContext {
  /** BCP 47 tags, besides English. Undefined if the language is not known: all that have the words are tried. */
  readonly languages?: readonly string[] | undefined;
  /** The day from which words such as `yesterday` are understood; undefined if it is not known. */
  readonly day?: string | undefined;
}

/** The dates that words mean. */
export interface Meant {
  readonly readings: readonly Reading[];
  /** Whether they depend on the day in the context. */
  readonly isRelative: boolean;
}

/**
 * What a text that is not a valid date was meant to be, as a sentence; undefined if that is unclear. Every date that
 * the sentence names is valid in the format.
 */
export function dateHint(text: string, format: DateFormat, context: DateContext = {}): string | undefined {
  const plain = text.trim().replace(/\s+/g, ' ');
  if (/^(?:unknown|n\/?a|none|tbd|undated|not known|\?+|-+)?$/i.test(plain))
    return 'if the date is not known, leave the field out where it is optional';
  const fault = format === 'edtf' || /^\d{4}-\d\d(?:-\d\d)?$/.test(plain) ? edtfFault(plain) : undefined;
  if (fault !== undefined) return fault;
  const { readings: all, isRelative } = meantIn(plain, context);
  const found = all
    .map((reading) => (format === 'date' ? { ...reading, date: reading.date.replace(/T.*/, '') } : reading))
    .filter(({ date }) => isDateOf(date, format));
  const [first, second] = found;
  if (first === undefined)
    return format === 'date' && all.some(({ date }) => isDateOf(date, 'edtf')) ? 'give one day' : undefined;
  const from = isRelative ? `, relative to ${context.day ?? ''}` : '';
  if (second === undefined) return `write ${first.date}${from}`;
  return `write ${list(
    found.map(({ date, meaning }) => (meaning === undefined ? date : `${date} for ${meaning}`)),
    'or',
  )}${from}`;
}

/** The dates that a text can mean, in English or another language. */
export function meantIn(text: string, { languages, day }: DateContext): Meant {
  const plain = readings(text);
  if (plain.length > 0 || !/\p{L}/u.test(text)) return { readings: plain, isRelative: false };
  const own = languages === undefined ? undefined : dateWordsOf(['en', ...languages]);
  const translated = (some: readonly DateWords[]): readonly Reading[] =>
    distinct(some.flatMap((words) => firstOf(absolutely(text, words), () => bounded(text, words, absolutely))));
  const absolute = translated(own ?? languagesWithMonth(text));
  if (absolute.length > 0 || day === undefined) return { readings: absolute, isRelative: false };
  const relative = (own ?? dateWordsOf(undefined)).flatMap((words) => relatively(text, words, day));
  return { readings: distinct(relative), isRelative: true };
}

type Read = (text: string, words: DateWords) => readonly Reading[];

function absolutely(text: string, words: DateWords): readonly Reading[] {
  return readings(inEnglish(text, words) ?? '');
}

function bounded(text: string, words: DateWords, read: Read): readonly Reading[] {
  return boundedReadings(text, words, (rest) => read(rest, words));
}

/** The dates that a text means from a day on. A phrase that counts comes first: `vor` means `ago` and `before`. */
function relatively(text: string, words: DateWords, day: string): readonly Reading[] {
  const yearless: Read = (some) => withYear(inEnglish(some, words) ?? '', day, readings);
  return firstOf(
    relativeReadings(text, words, day),
    () =>
      bounded(text, words, (rest) =>
        firstOf(
          edgeReadings(rest, words, day),
          () => relativeReadings(rest, words, day, true),
          () => yearless(rest, words),
        ),
      ),
    () => yearless(text, words),
  );
}

/** The first list that is not empty. */
function firstOf(first: readonly Reading[], ...others: readonly (() => readonly Reading[])[]): readonly Reading[] {
  return others.reduce((found, next) => (found.length > 0 ? found : next()), first);
}

/** Readings without repeated dates. Those of several languages that differ say what they mean. */
function distinct(all: readonly Reading[]): readonly Reading[] {
  const byDate = new Map(all.map((reading) => [reading.date, reading]));
  const found = [...byDate.values()];
  return found.length < 2
    ? found
    : found.map((reading) => ({ ...reading, meaning: reading.meaning ?? inWords(reading.date) }));
}

/** Whether a text is a date of a format. */
export function isDateOf(date: string, format: DateFormat): boolean {
  const bounds = parseEdtf(date);
  return bounds !== undefined && (format === 'edtf' || /^\d{4}-\d\d-\d\d$/.test(date));
}

/** Seasons and quarters have month numbers of their own in EDTF. */
const parts: Readonly<Record<string, string>> = {
  spring: '21',
  summer: '22',
  autumn: '23',
  fall: '23',
  winter: '24',
  q1: '33',
  q2: '34',
  q3: '35',
  q4: '36',
};

/** The dates that a text can mean. */
function readings(text: string): readonly Reading[] {
  return otherSpelling(text) ?? interval(text) ?? outside(text) ?? partOfMonth(text) ?? qualified(text) ?? single(text);
}

/** EDTF with spaces in a set, with lower-case letters, or with the signs of its draft of 2012. */
function otherSpelling(text: string): readonly Reading[] | undefined {
  const set = /^[[{].*[\]}]$/.test(text) ? text.replaceAll(' ', '') : text;
  const date = set
    .replace(/^y(?=-?\d)|(?<=\d)[eps](?=\d)|(?<=[-\dux])[ux]/gi, (letter) => currentLetter(letter))
    .replace(/\?~|~\?/g, '%')
    .replace(/^unknown\/|\/unknown$/i, '/')
    .replace(/^open\/|\/open$/i, (end) => end.replace(/open/i, '..'));
  return date !== text && parseEdtf(date) !== undefined ? [{ date }] : undefined;
}

function currentLetter(letter: string): string {
  return { u: 'X', p: 'S' }[letter.toLowerCase()] ?? letter.toUpperCase();
}

/** From one date to another: two dates with a word or a dash between them, or one with an open end. */
function interval(text: string): readonly Reading[] | undefined {
  const [, first, from, to] =
    /^(from |between )?(.+?)(?: ?\/ ?| (?:to|until|till|and|through) | ?[–—] ?| - |\.\.|(?<=^\d{4})-(?=\d{4}$))(.+)$/i.exec(
      text,
    ) ?? [];
  if (from !== undefined && to !== undefined && !/^\d{1,4}\/\d/.test(text)) {
    const [a, b] = [from, to].map(oneDate);
    if (a === undefined || b === undefined) return undefined;
    const whole = { date: `${a}/${b}`, meaning: 'all of the time between' };
    const range = { date: `[${a}..${b}]`, meaning: 'one date between' };
    return /^between /i.test(first ?? '') && parseEdtf(range.date) !== undefined
      ? [whole, range]
      : [{ date: whole.date }];
  }
  const [, word = '', rest = ''] = /^(until|till|since|from) (.+)$/i.exec(text) ?? [];
  const date = oneDate(rest);
  if (date === undefined) return undefined;
  return [{ date: /^(?:since|from)$/i.test(word) ? `${date}/..` : `../${date}` }];
}

/** The first, the middle or the last third of a month, as a range between approximate days. */
function partOfMonth(text: string): readonly Reading[] | undefined {
  const [, part = '', rest = ''] = /^(early|mid|middle|late)[- ](?:in )?(.+)$/i.exec(text) ?? [];
  const month = oneDate(rest);
  if (month === undefined || !/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) return undefined;
  return partsOfMonth
    .filter((each) => each.startsWith(part.toLowerCase()))
    .map((each) => ({ date: thirdOfMonth(month, each) }));
}

/** Dates before or after another date, or by it. The range before or after a date excludes that date. */
function outside(text: string): readonly Reading[] | undefined {
  const [, word = '', rest = ''] = /^(before|after|by) (.+)$/i.exec(text) ?? [];
  const date = oneDate(rest);
  if (date === undefined) return undefined;
  const last = word.toLowerCase() === 'by' ? date : nextTo(date, word.toLowerCase() === 'before' ? -1 : 1);
  if (last === undefined) return undefined;
  return [{ date: word.toLowerCase() === 'after' ? `[${last}..]` : `[..${last}]` }];
}

/** One date with a word or a mark that says how sure it is. */
function qualified(text: string): readonly Reading[] | undefined {
  const about = /^(?:ca?\.?|circa|about|around|approx(?:imately|\.)?|roughly|~) ?(?=\S)/i;
  const perhaps = /^(?:perhaps|possibly|probably|maybe|\?) ?(?=\S)| ?\(\?\)$| \?$/i;
  for (const [mark, pattern] of [
    ['~', about],
    ['?', perhaps],
  ] as const) {
    if (!pattern.test(text)) continue;
    const date = oneDate(text.replace(pattern, ''));
    if (date === undefined) continue;
    // a mark just before the year qualifies the year alone
    return /^[~?]\d{4}\D/.test(text)
      ? [
          { date: date + mark, meaning: 'the whole date' },
          { date: mark + date, meaning: 'the year alone' },
        ]
      : [{ date: date + mark }];
  }
  return undefined;
}

/** The one date that a text means, as EDTF; undefined if it means none or several. */
function oneDate(text: string): string | undefined {
  const plain = text.trim();
  if (parseEdtf(plain) !== undefined) return plain;
  const found = qualified(plain) ?? single(plain);
  return found.length === 1 ? found[0]?.date : undefined;
}

function single(text: string): readonly Reading[] {
  const plain = text.replace(/^(?:as of|as at|on|in) /i, '');
  return [...numeric(plain), ...worded(plain)];
}

/** Dates in digits, with the year first or last. With slashes, the day or the month can come first. */
function numeric(text: string): readonly Reading[] {
  const [, year = '', month = '', day] = /^(\d{4})[-/. ](\d{1,2})(?:[-/. ](\d{1,2}))?$/.exec(text) ?? [];
  if (year !== '') return dated(year, month, day);
  const [, before = '', hours = '', rest = ''] = /^(.+?)[Tt ](\d{1,2})(:\d\d.*)$/.exec(text) ?? [];
  if (before !== '') return single(before).flatMap((on) => timed(on, `${hours.padStart(2, '0')}${rest}`));
  if (/^\d{8}$/.test(text)) return dated(text.slice(0, 4), text.slice(4, 6), text.slice(6));
  const [, a = '', mark = '', b = '', last = ''] = /^(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4})$/.exec(text) ?? [];
  if (last !== '') {
    const dayFirst = dated(last, b, a);
    // with dots, the day comes first; with slashes and hyphens, both orders are common
    if (mark === '.' || a === b) return dayFirst;
    return [...dayFirst, ...dated(last, a, b)].map(({ date }) => ({ date, meaning: inWords(date) }));
  }
  const [, y = '', m = '', d] =
    /^(\d{4})[年년] ?(\d{1,2})[月월](?: ?(\d{1,2})[日일](?: ?\p{L}{3})?)?$/u.exec(text) ?? [];
  if (y !== '') return dated(y, m, d);
  const [, only = '', its = ''] = /^(\d{1,2})[-/.](\d{4})$/.exec(text) ?? [];
  if (its !== '') return dated(its, only, undefined);
  const [, decade = ''] = /^(\d{3})0s$/.exec(text) ?? [];
  if (decade === '') return [];
  const tenYears = { date: `${decade}X`, meaning: `${decade}0 to ${decade}9` };
  if (!decade.endsWith('0')) return [tenYears];
  const century = decade.slice(0, 2);
  return [tenYears, { date: `${century}XX`, meaning: `${century}00 to ${century}99` }];
}

/** A day with its time of day, if there is one. */
function timed(on: Reading, time: string): readonly Reading[] {
  const date = `${on.date}T${time.replace(/ ?z$/i, 'Z').replace(/ (?=[+-])/, '')}`;
  return parseEdtf(date) === undefined ? [] : [{ ...on, date }];
}

/** A date without the name of its day of the week. */
function inWords(date: string): string {
  return (edtfInWords(date) ?? date).replace(/^\w+day (?=\d)/, '');
}

/** Dates with the name of a month or season. */
function worded(text: string): readonly Reading[] {
  const words = text.replace(/^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? /i, '');
  const plain = words
    .replace(/,/g, ' ')
    .replace(/\b(?:of|the)\b/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const [, first] = /^(?:(\d{1,2})(?:st|nd|rd|th)?\.? )?\p{L}/u.exec(plain) ?? [];
  const [, name, second, year] =
    /^(?:\d{1,2}(?:st|nd|rd|th)?\.? )?(\p{L}+[1-4]?)\.?(?: (\d{1,2})(?:st|nd|rd|th)?)? (\d{4})$/u.exec(plain) ??
    yearFirst(plain);
  if (name === undefined || year === undefined || (first !== undefined && second !== undefined)) return [];
  const part = parts[name.toLowerCase()];
  if (part !== undefined) return [{ date: `${year}-${part}` }];
  const month = monthNames.findIndex((m) => name.length >= 3 && m.toLowerCase().startsWith(name.toLowerCase())) + 1;
  return month === 0 ? [] : dated(year, String(month), first ?? second);
}

/** The parts of `2022 January 14`, in the order that the pattern for the other orders gives. */
function yearFirst(text: string): readonly (string | undefined)[] {
  const [, year, name, day] = /^(\d{4}) (\p{L}+[1-4]?)\.?(?: (\d{1,2}))?$/u.exec(text) ?? [];
  return [undefined, name, day, year];
}

/** The date of these numbers, if it exists. A number from 21 on would be read as a season, so it is not a month. */
function dated(year: string, month: string, day: string | undefined): readonly Reading[] {
  if (Number(month) > 12) return [];
  const date = [year, month, ...(day === undefined ? [] : [day])].map((n) => n.padStart(2, '0')).join('-');
  return parseEdtf(date) === undefined ? [] : [{ date }];
}
