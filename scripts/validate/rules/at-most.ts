import { shortestUtc } from '../../base/dateTime.ts';
import { type EdtfBounds, parseEdtf } from '../../base/edtf.ts';
import type { Fault } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import { type Json, resolvePointer } from '../../json/json.ts';
import type { Bounded } from '../../schema/walk.ts';
import { book, bookFile } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/** Values above their limit, and dates that can be. Missing values pass, and so do values that cannot be compared. */
function check(record: Json, bounded: readonly Bounded[]): readonly Fault[] {
  return bounded.flatMap(({ pointer, limits, code }) =>
    limits.flatMap((limit): readonly Fault[] => {
      const [value = null, most = null] = [resolvePointer(record, pointer), resolvePointer(record, limit)];
      const excess = excessOf(value, most);
      if (excess === undefined) return [];
      const { says, ...rest } = excess;
      const because = code === undefined ? '' : `, which ${show(code.value)} at ${code.at} rules out`;
      const message = `${show(value)} ${says} ${show(most)} at ${limit}${because}`;
      return [{ rule: 'at-most', message, pointer, ...rest }];
    }),
  );
}

/** How a value compares with a limit that it exceeds or can exceed, in words between the two, and what to do. */
interface Excess extends Pick<Fault, 'hint' | 'severity'> {
  readonly says: string;
}

const correct = 'correct the one that is wrong';
const isMore: Excess = { says: 'is more than', hint: correct };
const isLater: Excess = { says: 'is later than', hint: correct };
const canBeLater: Excess = {
  says: 'can be later than',
  hint: 'end it there, or choose another date',
  severity: 'warning',
};

function excessOf(value: Json, most: Json): Excess | undefined {
  if (typeof value === 'number' && typeof most === 'number') return value > most ? isMore : undefined;
  if (typeof value !== 'string' || typeof most !== 'string') return undefined;
  return excessOfDate(value, most);
}

/**
 * A date is certainly later than its limit if its first instant comes after the last of the limit. Otherwise it can be
 * later if it ends after that.
 */
function excessOfDate(value: string, most: string): Excess | undefined {
  const [instant, limit] = [shortestUtc(value), shortestUtc(most)];
  if (instant !== undefined && limit !== undefined)
    return fixedLength(instant) > fixedLength(limit) ? isLater : undefined;
  const date = instant === undefined ? parseEdtf(value) : undefined;
  const earliest = instant?.slice(0, 10) ?? date?.earliest;
  const latest = limit?.slice(0, 10) ?? parseEdtf(most)?.latest;
  if (typeof latest !== 'string') return undefined;
  if (typeof earliest === 'string' && earliest > latest) return isLater;
  return date !== undefined && endsAfter(latest, date, value) ? canBeLater : undefined;
}

/**
 * Whether the last of several dates, or the end of an interval, comes after a day. That of a month which contains the
 * day, or that is approximate, does so because of how exact it is.
 */
function endsAfter(day: string, { latest }: EdtfBounds, date: string): boolean {
  if (latest === null) return date.endsWith('..]');
  if (latest <= day) return false;
  const [, last = ''] = /^(?:[^/]*\/|\[.*(?:\.\.|,))([^\]/,]+)\]?$/.exec(date) ?? [];
  const earliest = parseEdtf(last)?.earliest;
  return typeof earliest === 'string' && earliest > day && !/[~%]$/.test(last);
}

/** An instant in UTC with all six digits of its fraction, so that texts sort like instants. */
function fixedLength(instant: string): string {
  const [seconds = '', fraction = ''] = instant.slice(0, -1).split('.');
  return `${seconds}.${fraction.padEnd(6, '0')}`;
}

function show(value: Json): string {
  return typeof value === 'string' ? quoted(value) : JSON.stringify(value);
}

export const rule = {
  name: 'at-most',
  phase: 'record',
  severity: 'error',
  description:
    'A number or date with the keyword `x-at-most` is at most the value that the keyword points to; so are those that ' +
    'the keyword names for a code of the record. Absent values pass, and so do uncertain dates that may be in this ' +
    'order: with a warning if one of several days, or the end of an interval, comes after the limit.',
  bad: { files: { [bookFile]: book({ price: 3, full_price: 2 }) }, at: `${bookFile}:4:12` },
  good: { [bookFile]: book({ price: 2, full_price: 2 }) },
  check,
} as const satisfies RuleDefinition;
