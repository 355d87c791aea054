import { plusDays, weekday } from './dayArithmetic.ts';
import { dayInWords } from './edtfInWords.ts';
import type { Reading } from './reading.ts';
import type { WhichWeekend } from './weekendWords.ts';

/**
 * The weekends that words mean, seen from a day: the last one that has begun and the next one, or only that which the
 * words say. Of each, the whole and one day of it.
 */
export function weekendReadings(which: WhichWeekend, day: string): readonly Reading[] {
  const since = (weekday(day) + 1) % 7;
  const [isNow, of] = [since < 2, dayInWords(day)];
  const begun = plusDays(day, -since);
  const before = readingsOf(plusDays(begun, isNow ? -7 : 0), `the last weekend before ${of}`, 'before');
  const same = readingsOf(begun, `the weekend of ${of}`, 'same');
  const after = readingsOf(plusDays(begun, 7), `the first weekend after ${of}`, 'after');
  if (which === 'any' || (which === 'this' && !isNow)) return [...(isNow ? same : before), ...after];
  const only = { last: before, this: same, next: after }[which];
  return only.map(({ date, as = '' }, i) => ({
    date,
    as,
    meaning: i === 0 ? 'the whole weekend' : 'one day of the weekend',
  }));
}

function readingsOf(saturday: string, as: string, side: 'before' | 'same' | 'after'): readonly Reading[] {
  const sunday = plusDays(saturday, 1);
  const which = side === 'same' ? 'the weekend of that day' : `the weekend ${side}`;
  return [
    { date: `${saturday}/${sunday}`, meaning: which.replace('the', 'the whole'), as, side },
    { date: `[${saturday}..${sunday}]`, meaning: `one day of ${which}`, as: `one day of ${as}`, side },
  ];
}
