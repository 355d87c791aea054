import { parseEdtf } from '../../../base/edtf.ts';
import { absolutePointer } from '../../../json/json.ts';
import type { Field } from '../messages.ts';
import { valueAt } from '../edit.ts';
import { content } from './state.ts';

/** The last day that a date can have which `x-at-most` limits; undefined if none is known. */
export function limitOf(pointer: string, { atMost }: Field): string | undefined {
  const days = atMost.flatMap((limit) => {
    const at = absolutePointer(pointer, limit);
    const date = at === undefined ? undefined : valueAt(content.value?.value ?? {}, at);
    return (typeof date === 'string' ? parseEdtf(date)?.latest : undefined) ?? [];
  });
  return days.toSorted()[0];
}

/** Whether a date ends after a day. */
export function endsAfter(date: string, day: string): boolean {
  return (parseEdtf(date)?.latest ?? '') > day;
}

/** Dates with those that end after a day behind the others. */
export function lateLast<T extends { readonly date: string }>(dates: readonly T[], day: string): readonly T[] {
  const isLate = ({ date }: T): boolean => endsAfter(date, day);
  return [...dates.filter((each) => !isLate(each)), ...dates.filter(isLate)];
}
