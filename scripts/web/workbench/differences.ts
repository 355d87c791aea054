import { type Json, below, isArray, isObject, member } from '../../json/json.ts';
import { isIn, valueAt } from './edit.ts';

/** A field in which two records differ; undefined for a record that lacks it. */
export interface FieldDifference {
  readonly pointer: string;
  /** The value that both began with, where that is shown. */
  readonly before?: Json | undefined;
  readonly first: Json | undefined;
  readonly second: Json | undefined;
}

/** The fields in which two records differ, in the order of the first, then of the second. `hidden` are left out. */
export function differencesOf(first: Json, second: Json, hidden: readonly string[]): readonly FieldDifference[] {
  const pointers = new Set([...leavesOf(first), ...leavesOf(second)]);
  return [...pointers]
    .filter((pointer) => !hidden.some((name) => isIn(pointer, below('', name))))
    .map((pointer) => ({ pointer, first: valueAt(first, pointer), second: valueAt(second, pointer) }))
    .filter((each) => !isSame(each.first, each.second));
}

/** Pointers of all leaves. */
export function leavesOf(value: Json, pointer = ''): readonly string[] {
  if (isArray(value) && value.length > 0) return value.flatMap((each, i) => leavesOf(each, below(pointer, i)));
  const entries = isObject(value) ? Object.entries(value) : [];
  if (entries.length > 0) return entries.flatMap(([key, each]) => leavesOf(each, below(pointer, key)));
  return pointer === '' ? [] : [pointer];
}

/** Whether two values are the same; objects whatever the order of their members. */
export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (isArray(one) && isArray(other))
    return one.length === other.length && one.every((each, i) => isSame(each, other[i]));
  if (!isObject(one) || !isObject(other)) return one === other;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length && names.every((name) => isSame(member(one, name), member(other, name)))
  );
}
