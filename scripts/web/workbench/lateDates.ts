import { parseEdtf } from '../../base/edtf.ts';
import type { Problem } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import { type Json, absolutePointer, resolvePointer } from '../../json/json.ts';
import { type Shape, shapeBelow } from '../../schema/shape.ts';
import { leavesOf } from './differences.ts';

/** One of several dates, or a time with an end. */
const hasLastDay = /^\[.*\]$|\/(?!\.\.$)./;

/**
 * The dates of a record that end after the date which `x-at-most` gives as their limit, as warnings: they begin before
 * it, so that `validate` leaves open whether they are wrong. A month in which the limit is ends after it for another
 * reason.
 */
export function lateDates(shape: Shape, value: Json, file: string): readonly Problem[] {
  return leavesOf(value).flatMap((pointer) => {
    const date = resolvePointer(value, pointer);
    if (typeof date !== 'string' || !hasLastDay.test(date)) return [];
    const limits = shapeBelow(shape, pointer)?.atMost ?? [];
    return limits.flatMap((limit) => {
      const at = absolutePointer(pointer, limit);
      const most = at === undefined ? undefined : resolvePointer(value, at);
      if (at === undefined || typeof most !== 'string' || !endsLate(date, most)) return [];
      const message = `${quoted(date)} can be later than ${quoted(most)} at ${at}`;
      const hint = 'end it there, or choose another date';
      return [{ file, line: 1, column: 1, pointer, rule: 'at-most', severity: 'warning', message, hint } as const];
    });
  });
}

/** Whether a date begins no later than another one ends, and ends later. */
function endsLate(date: string, most: string): boolean {
  const [own, limit] = [parseEdtf(date), parseEdtf(most)?.latest];
  if (typeof limit !== 'string' || own === undefined) return false;
  const isOpen = own.latest === null && date.endsWith('..]');
  const begins = own.earliest ?? '';
  return begins <= limit && (isOpen || (own.latest ?? '') > limit);
}
