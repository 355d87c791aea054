import { type Json, below, isArray, isObject } from '../../../json/json.ts';
import type { RecordContent } from '../messages.ts';
import { citing, isIn, removeAt, setAt, valueAt } from './edit.ts';

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
    .filter((each) => JSON.stringify(each.first) !== JSON.stringify(each.second));
}

/** Pointers of all leaves. */
export function leavesOf(value: Json, pointer = ''): readonly string[] {
  if (isArray(value) && value.length > 0) return value.flatMap((each, i) => leavesOf(each, below(pointer, i)));
  const entries = isObject(value) ? Object.entries(value) : [];
  if (entries.length > 0) return entries.flatMap(([key, each]) => leavesOf(each, below(pointer, key)));
  return pointer === '' ? [] : [pointer];
}

/** The first record with fields of the second, and with the evidence that they have there. */
export function takingFrom(first: RecordContent, second: RecordContent, pointers: readonly string[]): RecordContent {
  // remove the last element of a list first, so that the others keep their indices
  const gone = pointers.filter((pointer) => valueAt(second.value, pointer) === undefined).toReversed();
  const taken = pointers.filter((pointer) => valueAt(second.value, pointer) !== undefined);
  const without = gone.reduce((record, pointer) => removeAt(record, pointer, () => false), first);
  return taken.reduce((record, pointer) => {
    const after = setAt(record, pointer, valueAt(second.value, pointer) ?? null);
    const spans = second.spans.filter(({ supports }) => supports.some((at) => isIn(pointer, at)));
    return spans.reduce((cited, span) => citing(cited, span, [pointer]), after);
  }, without);
}
