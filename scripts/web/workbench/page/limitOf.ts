import { parseEdtf } from '../../../base/edtf.ts';
import { absolutePointer, below, codeName, isArrayIndex, pointerSteps } from '../../../json/json.ts';
import { leavesOf } from '../differences.ts';
import type { Field } from '../messages.ts';
import { parentOf, valueAt } from '../edit.ts';
import { fieldOf } from './formFields.ts';
import { content, fields, table } from './state.ts';

/** The pointers of what `x-at-most` says a value is at most: of its field, or of a code that the record has. */
export function limitsOf(pointer: string, { atMost }: Field): readonly string[] {
  const own = atMost.flatMap((limit) => absolutePointer(pointer, limit) ?? []);
  return [...own, ...limitsByCodes().flatMap(({ value, limit }) => (value === pointer ? [limit] : []))];
}

/**
 * Whether a date is that of what was reported: something outside of its object limits it, and not its own end, such as
 * the time of the report, which nothing limits. A status is as of a time no later than that.
 */
export function isOfReported(pointer: string, field: Field): boolean {
  return outsideLimits(pointer, field).some((limit) => !isLimited(limit));
}

/** Whether something outside of its object limits a date. */
export function isLimited(pointer: string): boolean {
  const field = fieldOf(pointer);
  return field !== undefined && outsideLimits(pointer, field).length > 0;
}

function outsideLimits(pointer: string, field: Field): readonly string[] {
  const above = parentOf(pointer);
  return limitsOf(pointer, field).filter((limit) => above === '' || parentOf(limit) !== above);
}

/** What the codes of the record say is at most what. */
function limitsByCodes(): readonly { readonly value: string; readonly limit: string }[] {
  const value = content.value?.value ?? {};
  return leavesOf(value).flatMap((at) => {
    const bounds = fieldOf(at)?.bounds ?? [];
    const name = bounds.length === 0 ? '' : codeName(valueAt(value, at) ?? '');
    return bounds.flatMap((bound) => {
      const [of, limit] = [absolutePointer(at, bound.value), absolutePointer(at, bound.limit)];
      return bound.code !== name || of === undefined || limit === undefined ? [] : [{ value: of, limit }];
    });
  });
}

/** The last day that a date can have which `x-at-most` limits; of a limit without a date, that of its own limit. */
export function limitOf(pointer: string, field: Field, seen: readonly string[] = []): string | undefined {
  const days = limitsOf(pointer, field).flatMap((at) => {
    const [date, of] = [valueAt(content.value?.value ?? {}, at), fieldOf(at)];
    if (typeof date === 'string') return parseEdtf(date)?.latest ?? [];
    return of === undefined || seen.includes(at) ? [] : (limitOf(at, of, [...seen, at]) ?? []);
  });
  return days.toSorted()[0];
}

/**
 * Whether other dates of a record can be no later than a date that nothing limits, as with the time of a report. That a
 * time begins before its end, in one object, says nothing of that kind.
 */
export function limitsOthers(pointer: string): boolean {
  return !isLimited(pointer) && limitsIn(fields.value, table.value?.field ?? 0).has(ofFirst(pointer));
}

/** A pointer to the same field in the first entry of each list. */
function ofFirst(pointer: string): string {
  return (pointerSteps(pointer) ?? []).map((step) => (isArrayIndex(step) ? '0' : step)).reduce(below, '');
}

/** The pointers of what the fields of a table have as their limits, in the first entries of lists. */
function limitsIn(all: readonly Field[], at: number, pointer = '', above: readonly number[] = []): ReadonlySet<string> {
  const field = all[at];
  if (field === undefined || above.includes(at)) return new Set();
  const inner = [
    ...field.properties.map(({ name, field: own }) => ({ own, to: below(pointer, name) })),
    ...(field.element === undefined ? [] : [{ own: field.element, to: below(pointer, 0) }]),
    ...field.branches.map(({ field: own }) => ({ own, to: pointer })),
  ];
  const own = field.atMost.map((limit) => ({ of: pointer, limit: absolutePointer(pointer, limit) }));
  const byCode = field.bounds.map(({ value, limit }) => ({
    of: absolutePointer(pointer, value) ?? '',
    limit: absolutePointer(pointer, limit),
  }));
  const others = [...own, ...byCode].flatMap(({ of, limit }) =>
    limit === undefined || parentOf(limit) === parentOf(of) ? [] : [ofFirst(limit)],
  );
  return new Set([...others, ...inner.flatMap((each) => [...limitsIn(all, each.own, each.to, [...above, at])])]);
}

/** Whether a date ends after a day, or has an open end. */
export function endsAfter(date: string, day: string): boolean {
  return /\.\.\]?$/.test(date) || (parseEdtf(date)?.latest ?? '') > day;
}

/** Dates with those that end after a day behind the others. */
export function lateLast<T extends { readonly date: string }>(dates: readonly T[], day: string): readonly T[] {
  const isLate = ({ date }: T): boolean => endsAfter(date, day);
  return [...dates.filter((each) => !isLate(each)), ...dates.filter(isLate)];
}
