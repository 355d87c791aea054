import { type DateFormat, isDateOf } from '../../base/edtfHint.ts';
import { offsetsOf } from '../../base/offsets.ts';
import { isTimeOfSaying } from '../../base/sayingWords.ts';
import { dateContextOf } from './dateContext.ts';
import { datesInPart } from './datesInText.ts';
import { datesCounted, mostDates } from './daysCounted.ts';
import type { DayOfField, MeantDates } from './messages.ts';
import type { OpenDataset } from './openDataset.ts';
import { sourceMessage } from './sourceMessage.ts';

/** Words of a source, in code points of its file. */
export interface SourceWords {
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

/** The page's requests about dates. */
export interface DateRequests {
  /**
   * The dates in some words, the first ones, with what each can mean. `others` are days of the record that they can
   * count from.
   */
  readonly dates: (words: SourceWords, format: DateFormat, others?: readonly DayOfField[]) => readonly MeantDates[];
}

export function dateRequests(dataset: OpenDataset): DateRequests {
  return {
    dates({ source, start, end }, format, others = []) {
      const { text = '', first } = sourceMessage(dataset, source);
      const { toUnit, toPoint } = offsetsOf(text);
      const [from, to] = [toUnit(start - first), toUnit(end - first)];
      const context = dateContextOf(dataset, source);
      const meant = datesInPart(text, from, to, context, mostDates).map((found): MeantDates => {
        const counted = { text, words: { start: from, end: to }, context, others };
        const { dates, isNamed, inQuotation } = datesCounted(counted, found);
        return {
          words: text.slice(from + found.start, from + found.end),
          start: first + toPoint(from + found.start),
          end: first + toPoint(from + found.end),
          dates: dates.filter(({ date }) => isDateOf(date, format)),
          day: found.isRelative && !isNamed ? context.day : undefined,
          isOfSaying: isTimeOfSaying(text, from + found.start, from + found.end, context.languages ?? ['en']),
          isGuess: inQuotation || found.isApart === true,
        };
      });
      return meant.filter(({ dates }) => dates.length > 0);
    },
  };
}
