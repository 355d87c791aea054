import { type DaysApart, and, daysApartWords, periods, tens } from './daysApartWords.ts';
import { numbersIn } from './numberWords.ts';
import { isOfAnotherDay } from './ofAnotherDay.ts';
import { plainWords } from './plainWords.ts';
import { quantityWordings } from './quantityWordings.ts';
import { spaced, wordEnd, wordStart } from './wordPatterns.ts';

/** Words for a day that a date before them tells. */
export interface DayWords {
  readonly end: number;
  /** How many days after that date it is: 0 for the same day. */
  readonly by: number;
}

/** Words for days that count from another one. */
export interface DaysApartWords {
  /** All of them, as a pattern, without what is beside them. */
  readonly any: string;
  /** The words that begin at a place in a text, if they count from the day of a date before them. */
  readonly at: (text: string, start: number) => DayWords | undefined;
}

/** What is read on either side of the words. Code units. */
export const longestBeside = 40;

/** A wording, with what it means. */
interface Wording {
  readonly words: string;
  /** Its groups are numbers of days: one of them is in the text. */
  readonly pattern: RegExp;
  readonly by: number;
}

/**
 * Finds words such as `the next day` or `two days earlier` in a language. What is beside them can make them count from
 * something else: `the day before the attack`.
 * @param always words before them, as a pattern, if they mean no one day
 * @param links words that join two numbers, as a pattern
 */
export function daysApartIn(language: string, always: string, links: string): DaysApartWords {
  const own = Object.hasOwn(daysApartWords, language) ? daysApartWords[language] : undefined;
  if (own === undefined) return { any: '(?!)', at: () => undefined };
  const numbers = new Map([...numbersIn(language), ...Object.entries(own.numbers ?? {})]);
  const all = wordingsOf(own, [...numbers.keys()]);
  const isVoid = voidIn(language, own, always);
  const joined = new RegExp(
    String.raw`(?:(?<![\d.])\d{1,2}|${wordStart}(?:${oneOf([...numbers.keys()])}))(?:\s*[-–—]\s*|,\s+|,?\s+(?:${spaced(links)})\s+)$`,
    'iu',
  );
  return {
    any: all.map(({ words }) => words).join('|'),
    at(text, start) {
      for (const { pattern, by } of all) {
        pattern.lastIndex = start;
        const [found, ...groups] = pattern.exec(text) ?? [];
        if (found === undefined) continue;
        const number = groups.find((group) => group !== undefined);
        const end = start + found.length;
        const before = text.slice(Math.max(0, start - longestBeside), start);
        // of `one or two days later`, and of `a hundred and two days later`
        const isPart = number !== undefined && (joined.test(before) || isLonger.test(before));
        if (isPart || isVoid({ before, found, after: text.slice(end, end + longestBeside) }, number !== undefined))
          return undefined;
        const days = number === undefined ? 1 : (numbers.get(plainWords(number).toLowerCase()) ?? Number(number));
        return days === 0 ? undefined : { end, by: by * days };
      }
      return undefined;
    },
  };
}

/** What ends before a number that is the last part of a longer time: `1.`, `a hundred and`, `a year and`. */
const isLonger = new RegExp(
  String.raw`\d\s*[.,/⁄]$|\p{L}-$|${wordStart}(?:(?:${tens})[-\s]+(?:(?:${and})\s+)?|(?:${periods}),?\s+(?:${and})\s+)$`,
  'iu',
);

/** Counts come first: `two days before` is not `days before`. */
function wordingsOf({ earlier, later, wordings }: DaysApart, numbers: readonly string[]): readonly Wording[] {
  const number = String.raw`(\d{1,2}|${oneOf(numbers)})`;
  const all = [
    { words: earlier.replaceAll('#', number), by: -1 },
    { words: later.replaceAll('#', number), by: 1 },
    ...Object.entries(wordings).map(([by, words]) => ({ words, by: Number(by) })),
  ].map(({ words, by }) => ({ words: spaced(words), by }));
  return all.map((each) => ({ ...each, pattern: new RegExp(`${wordStart}(?:${each.words})${wordEnd}`, 'iuy') }));
}

function oneOf(words: readonly string[]): string {
  return words.toSorted((a, b) => b.length - a.length).join('|');
}

/** Words with what is beside them. */
interface Beside {
  readonly before: string;
  readonly found: string;
  readonly after: string;
}

/** Whether what is beside some words says that they do not count from the date before them, or mean no one day. */
function voidIn(
  language: string,
  { voids, compares = '(?!)', opens = '(?!)', free = '(?!)', from = '(?!)', limits }: DaysApart,
  always: string,
): (words: Beside, isCounted: boolean) => boolean {
  const { exactly: _, ...inexact } = quantityWordings[language]?.before ?? {};
  const limit = [always, limits, ...Object.values(inexact).map((words) => words.replaceAll('.', String.raw`\.`))];
  const never = new RegExp(String.raw`${wordStart}(?:${spaced(limit.join('|'))})\s+(?:\p{L}{1,3}\s+)?$`, 'iu');
  const behind = new RegExp(String.raw`^,?\s+(?:${spaced(voids)})${wordEnd}`, 'iu');
  const than = new RegExp(String.raw`^,?\s+(?:${spaced(compares)})${wordEnd}`, 'iu');
  const isFrom = new RegExp(String.raw`^\s+(?:${spaced(from)})${wordEnd}`, 'iu');
  const isOpen = new RegExp(`${wordStart}(?:${spaced(opens)})$`, 'iu');
  const isOfNext = new RegExp(String.raw`^\s+(?!(?:${free})${wordEnd})[\p{L}\p{N}]`, 'iu');
  return ({ before, found, after }, isCounted) =>
    never.test(before) ||
    behind.test(after) ||
    isFrom.test(after) ||
    (isCounted && than.test(after)) ||
    (isOpen.test(found) && isOfNext.test(after)) ||
    isOfAnotherDay(found, after, [language]);
}
