import type { Meant } from '../../base/edtfHint.ts';
import { edtfInWords } from '../../base/edtfInWords.ts';
import { phraseOf } from '../../base/thirdOfMonth.ts';
import type { MeantDate } from './messages.ts';

/** A date that has all of its parts in its words: one day, month or year, or a range between two. */
const inFull = /^\d{4}(?:-\d\d){0,2}[?~%]?(?:\/\d{4}(?:-\d\d){0,2})?$/;

/** The dates that words mean, with how each follows from them. `from` says what the day is that they are seen from. */
export function meantDates(
  words: string,
  { readings, isRelative }: Meant,
  from = 'the date of the source',
): readonly MeantDate[] {
  return readings.map(({ date, meaning, as }) => ({
    date,
    meaning: meaning ?? edtfInWords(date) ?? '',
    grounds: !isRelative && readings.length === 1 && as === undefined && inFull.test(date) ? 'stated' : 'resolved',
    sentence: `Read "${words.replace(/\s+/g, ' ').trim()}" as ${as ?? phraseOf(date)}${isRelative ? `, ${from}` : ''}.`,
  }));
}
