import { shortestUtc } from '../../base/dateTime.ts';
import { parseEdtf } from '../../base/edtf.ts';
import type { Fault } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import { type Json, resolvePointer } from '../../json/json.ts';
import type { Bounded } from '../../schema/walk.ts';
import { book, bookFile } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/** Values above their limit. Missing values pass, and so do values that cannot be compared. */
function check(record: Json, bounded: readonly Bounded[]): readonly Fault[] {
  return bounded.flatMap(({ pointer, limits }) =>
    limits.flatMap((limit): readonly Fault[] => {
      const [value = null, most = null] = [resolvePointer(record, pointer), resolvePointer(record, limit)];
      if (!exceeds(value, most)) return [];
      const than = typeof value === 'number' ? 'more' : 'later';
      const message = `${show(value)} is ${than} than ${show(most)} at ${limit}`;
      return [{ rule: 'at-most', message, pointer, hint: 'correct the one that is wrong' }];
    }),
  );
}

function exceeds(value: Json, most: Json): boolean {
  if (typeof value === 'number' && typeof most === 'number') return value > most;
  if (typeof value !== 'string' || typeof most !== 'string') return false;
  return isLater(value, most);
}

/** Whether one date is certainly later than another: its first instant comes after the other's last. */
function isLater(value: string, most: string): boolean {
  const [instant, limit] = [shortestUtc(value), shortestUtc(most)];
  if (instant !== undefined && limit !== undefined) return fixedLength(instant) > fixedLength(limit);
  const earliest = instant?.slice(0, 10) ?? parseEdtf(value)?.earliest;
  const latest = limit?.slice(0, 10) ?? parseEdtf(most)?.latest;
  return typeof earliest === 'string' && typeof latest === 'string' && earliest > latest;
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
    'A number or date with the keyword `x-at-most` is at most the value that the keyword points to. Absent values ' +
    'pass, and so do uncertain dates that may be in this order.',
  bad: { files: { [bookFile]: book({ price: 3, full_price: 2 }) }, at: `${bookFile}:4:12` },
  good: { [bookFile]: book({ price: 2, full_price: 2 }) },
  check,
} as const satisfies RuleDefinition;
