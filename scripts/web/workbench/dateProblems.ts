import { type DateContext, dateHint, isDateOf, meantIn } from '../../base/edtfHint.ts';
import type { Problem } from '../../base/problem.ts';
import { resolvePointer } from '../../json/json.ts';
import { sourceTables } from '../../project/recordIndex.ts';
import { shapeBelow } from '../../schema/shape.ts';
import { contextIn, dateContextOf } from './dateContext.ts';
import { meantDates } from './meantDates.ts';
import type { MeantDate } from './messages.ts';
import type { OpenDataset } from './openDataset.ts';
import { isIn } from './edit.ts';
import type { Edited } from './recordRequests.ts';

/** A problem, with the dates that the words of its field mean. */
export interface DatedProblem {
  readonly problem: Problem;
  readonly dates?: readonly MeantDate[];
}

/** The problem of a date in words, with the date that it means in the source of the field. */
export function withDateHint(
  dataset: OpenDataset,
  edited: Edited,
  source: string | undefined,
  problem: Problem,
): DatedProblem {
  const { rule, pointer } = problem;
  const text = rule === 'format' ? resolvePointer(edited.value, pointer) : undefined;
  const format = rule === 'format' ? shapeBelow(dataset.typeOf(edited.table).shape, pointer)?.format : undefined;
  if (typeof text !== 'string' || text === '' || (format !== 'edtf' && format !== 'date')) return { problem };
  const { languages, day } = contextOf(dataset, edited, pointer, source);
  // a curator may also type in another language than that of the source
  for (const context of [{ languages, day }, { day }]) {
    const hint = dateHint(text, format, context);
    if (hint === undefined) continue;
    const dates = meantDates(text, meantIn(text.trim().replace(/\s+/g, ' '), context));
    // what the words mean is worth more than examples
    const message = problem.message.replace(/, such as [^"]*$/, '');
    return { problem: { ...problem, message, hint }, dates: dates.filter(({ date }) => isDateOf(date, format)) };
  }
  return { problem };
}

function contextOf(
  dataset: OpenDataset,
  { table, value, spans }: Edited,
  pointer: string,
  source: string | undefined,
): DateContext {
  const isSource = sourceTables(dataset.project).includes(table);
  const cited = spans.find(({ supports }) => supports.some((at) => isIn(pointer, at)));
  const of = isSource ? undefined : (cited?.source ?? source ?? spans[0]?.source);
  if (of !== undefined) return dateContextOf(dataset, of);
  const own = isSource ? contextIn(dataset, table, value) : {};
  // a date is not relative to itself
  return pointer === dataset.typeOf(table).issued ? { ...own, day: undefined } : own;
}
