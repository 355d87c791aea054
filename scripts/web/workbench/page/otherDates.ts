import { parseEdtf } from '../../../base/edtf.ts';
import type { DateFormat } from '../../../base/edtfHint.ts';
import { pointerSteps } from '../../../json/json.ts';
import { leavesOf } from '../differences.ts';
import { valueAt } from '../edit.ts';
import type { DayOfField } from '../messages.ts';
import { fieldOf, titleOf } from './formFields.ts';
import { isOfReported } from './limitOf.ts';
import { spansOfField } from './left.ts';
import { type Words, content, source } from './state.ts';

export interface OwnDate {
  readonly date: string;
  /** The title of what it is the date of. */
  readonly of: string;
  /** The words that show it. */
  readonly support: readonly Words[];
  /** Whether it is the time of what was reported, such as of a claim. */
  readonly ofReported: boolean;
}

/** More dates than these would hide what follows. */
const mostDates = 3;

/** The different dates in other fields of the record: those of what was reported first, then as in the form. */
export function otherDates(pointer: string, format: DateFormat): readonly OwnDate[] {
  const value = content.value?.value ?? {};
  const found = new Map<string, OwnDate>();
  for (const at of leavesOf(value)) {
    const [date, steps] = [valueAt(value, at), pointerSteps(at) ?? []];
    if (at === pointer || typeof date !== 'string' || found.has(date) || parseEdtf(date) === undefined) continue;
    const field = fieldOf(steps);
    const isDay = /^\d{4}-\d\d-\d\d$/.test(date);
    if (field?.kind !== 'date' || (format === 'date' && !isDay)) continue;
    const of = titleOf(steps.length > 1 ? at.slice(0, at.lastIndexOf('/')) : at);
    found.set(date, { date, of, support: citedBy(at), ofReported: isOfReported(at, field) });
  }
  const all = [...found.values()].slice(0, mostDates);
  return [...all.filter((each) => each.ofReported), ...all.filter((each) => !each.ofReported)];
}

/** The words of the source in view that a field cites. */
function citedBy(pointer: string): readonly Words[] {
  const spans = content.value?.spans ?? [];
  return spansOfField({ spans }, pointer).own.flatMap((at) => {
    const { source: of = '', start = 0, end = 0 } = spans[at] ?? {};
    return of === source.value?.id ? [{ source: of, start, end }] : [];
  });
}

/** The days in other fields of the record from which words can count. `issued` is the day of the source. */
export function otherDays(pointer: string, issued: string | undefined): readonly DayOfField[] {
  return otherDates(pointer, 'date').flatMap(({ date, of }) => (date === issued ? [] : [{ day: date, of }]));
}
