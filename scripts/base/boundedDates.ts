import type { Bound } from './dateWordings.ts';
import { phraseAfter, phraseAt } from './dateTranslation.ts';
import type { DateWords } from './dateWords.ts';
import { nextTo } from './dayArithmetic.ts';
import { parseEdtf } from './edtf.ts';
import { plainWords } from './plainWords.ts';
import type { Reading } from './reading.ts';
import { partOfMonth, phraseOf } from './thirdOfMonth.ts';

const bounds: readonly Bound[] = ['not before', 'since', 'until', 'by', 'before', 'after'];

/** A year alone: behind a word such as `since`, it is a date. */
const aYear = /^((?:19|20)\d\d)(?: (?:року|р|года|г|roku|r)\.?)?$/u;

/**
 * The dates that words such as `since Monday` or `by the end of the month` can mean: a time with an open end, or one
 * unknown date up to a day or from it on. In some languages, a word means several. `read` reads what the word is about.
 */
export function boundedReadings(
  text: string,
  words: DateWords,
  read: (text: string) => readonly Reading[],
): readonly Reading[] {
  const plain = plainWords(text);
  const found = bounds.flatMap((bound) => {
    const rest = limited(plain, words, bound);
    if (rest === undefined) return [];
    const [, year] = bound === 'since' ? (aYear.exec(rest) ?? []) : [];
    return (year === undefined ? limits(bound, read(rest)) : [{ date: year }]).map((limit) => bounded(bound, limit));
  });
  const dates = new Set(found.map(({ date }) => date));
  const known = found.filter(({ date }) => parseEdtf(date) !== undefined);
  // what the word means says nothing if it can only mean one date
  return dates.size < 2 ? known.slice(0, 1).map(({ date, as }) => ({ date, as })) : known;
}

/** What a bound is about, which is before it or after it: `by Friday`, or `on Friday at the latest`. */
function limited(text: string, words: DateWords, bound: Bound): string | undefined {
  const either = bound === 'by' ? 'latest' : bound === 'not before' ? 'earliest' : undefined;
  const before = either === undefined ? undefined : phraseAfter(text, words, either)?.replace(/,$/, '');
  const rest = phraseAt(before ?? text, words, bound) ?? before;
  return rest ?? (either === undefined ? undefined : phraseAt(text, words, either));
}

/** The dates that can be a limit, likely ones first: what somebody waits for is still to come. */
function limits(bound: Bound, readings: readonly Reading[]): readonly Reading[] {
  const single = readings.filter(({ date }) => !/^[[{]/.test(date));
  if (bound === 'since') return single.filter(({ side }) => side !== 'after');
  const isLikely = ({ side }: Reading): boolean => bound === 'after' || side === 'after' || side === undefined;
  return [...single.filter(isLikely), ...single.filter((reading) => !isLikely(reading))];
}

/** What a bound makes of a date. */
function bounded(
  bound: Bound,
  { date, meaning, as, isEnd = partOfMonth(date) === 'late' }: Reading,
): Required<Pick<Reading, 'date' | 'meaning' | 'as'>> {
  const [first, last] = ends(date);
  const named = as ?? phraseOf(date);
  const then = isEnd ? named.replace('the last third of', 'the end of') : named;
  const say = (before: string): string => `${before} ${meaning ?? 'then'}`;
  switch (bound) {
    case 'since':
      return {
        date: `${first}${isEnd && !first.endsWith('~') ? '~' : ''}/..`,
        meaning: say('the time since'),
        as: `a time that begins with ${then}`,
      };
    case 'until':
      return { date: `../${last}`, meaning: say('the time until'), as: `a time that ends with ${then}` };
    case 'by':
      return { date: `[..${last}]`, meaning: say('one date by'), as: `one date no later than ${then}` };
    case 'before':
      return {
        date: `[..${isEnd ? last : beside(first, -1)}]`,
        meaning: say('one date before'),
        as: `one date before ${then}`,
      };
    case 'not before':
      return {
        date: `[${first}${isEnd && !first.endsWith('~') ? '~' : ''}..]`,
        meaning: say('one date no earlier than'),
        as: `one date no earlier than ${then}`,
      };
    default:
      return { date: `[${beside(last, 1)}..]`, meaning: say('one date after'), as: `one date after ${then}` };
  }
}

/** Both ends of a range; a date that is no range is both. The end of a month is not just about right. */
function ends(date: string): readonly [string, string] {
  const [from = date, to = date] = date.split('/');
  return partOfMonth(date) === 'late' ? [from, to.slice(0, -1)] : [from, to];
}

/** The date just before or after another one, with its qualifier. */
function beside(date: string, step: -1 | 1): string {
  const [, plain = '', sign = ''] = /^(.*?)([~?%]?)$/.exec(date) ?? [];
  return `${nextTo(plain, step) ?? ''}${sign}`;
}
