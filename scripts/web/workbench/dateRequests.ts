import { type DateFormat, isDateOf } from '../../base/edtfHint.ts';
import { offsetsOf } from '../../base/offsets.ts';
import { dateContextOf } from './dateContext.ts';
import { datesInPart } from './datesInText.ts';
import { meantDates } from './meantDates.ts';
import type { MeantDates } from './messages.ts';
import type { OpenDataset } from './openDataset.ts';
import { sourceMessage } from './sourceMessage.ts';

/** Words of a source, in code points of its file. */
export interface SourceWords {
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

/** The most dates that are looked for in some words: a whole sentence can be cited. */
const mostDates = 3;

/** The page's requests about dates. */
export interface DateRequests {
  /** The dates in some words, the first ones, with what each can mean. */
  readonly dates: (words: SourceWords, format: DateFormat) => readonly MeantDates[];
}

export function dateRequests(dataset: OpenDataset): DateRequests {
  return {
    dates({ source, start, end }, format) {
      const { text = '', first } = sourceMessage(dataset, source);
      const { toUnit, toPoint } = offsetsOf(text);
      const [from, to] = [toUnit(start - first), toUnit(end - first)];
      const words = text.slice(from, to);
      const context = dateContextOf(dataset, source);
      const meant = datesInPart(text, from, to, context, mostDates).map((found): MeantDates => {
        const quote = words.slice(found.start, found.end);
        return {
          words: quote,
          start: first + toPoint(from + found.start),
          end: first + toPoint(from + found.end),
          dates: meantDates(quote, found).filter(({ date }) => isDateOf(date, format)),
          day: found.isRelative ? context.day : undefined,
        };
      });
      return meant.filter(({ dates }) => dates.length > 0);
    },
  };
}
