import { type Json, below, isArray, isObject } from '../../json/json.ts';
import type { RecordContent } from './messages.ts';
import { citing, isIn, removeWhole, setAt, valueAt } from './edit.ts';
import type { FieldDifference } from './differences.ts';

/**
 * The fields in which two codings of a record differ, each of which gets one of two values. A list of single values is
 * one field, whatever its order; so is a list of objects if one coding has more of them, and a part that only one has.
 */
export function comparedFields(
  first: Json | undefined,
  second: Json | undefined,
  hidden: readonly string[] = [],
  pointer = '',
): readonly FieldDifference[] {
  if (isObject(first) && isObject(second)) {
    const names = new Set([...Object.keys(first), ...Object.keys(second)]);
    return [...names]
      .filter((name) => !hidden.includes(name))
      .flatMap((name) => comparedFields(first[name], second[name], [], below(pointer, name)));
  }
  if (isArray(first) && isArray(second) && first.length === second.length && first.some(isObject))
    return first.flatMap((each, i) => comparedFields(each, second[i], [], below(pointer, i)));
  return ordered(first) === ordered(second) ? [] : [{ pointer, first, second }];
}

function ordered(value: Json | undefined): string | undefined {
  if (!isArray(value) || value.some((each) => isObject(each) || isArray(each))) return JSON.stringify(value);
  return JSON.stringify(value.map((each) => JSON.stringify(each)).toSorted());
}

/** The first record with fields of the second, and with the evidence that they have there. */
export function withFieldsOf(first: RecordContent, second: RecordContent, pointers: readonly string[]): RecordContent {
  let record = first;
  for (const pointer of pointers) record = withField(record, second, pointer);
  return record;
}

function withField(first: RecordContent, second: RecordContent, pointer: string): RecordContent {
  const value = valueAt(second.value, pointer);
  if (value === undefined) return removeWhole(first, pointer);
  const bare = { value: first.value, spans: first.spans.flatMap((span) => withoutSupport(span, pointer)) };
  let record = setAt(bare, pointer, value);
  for (const span of second.spans) {
    const isAround = span.supports.some((at) => isIn(pointer, at));
    const inside = span.supports.filter((at) => at !== pointer && isIn(at, pointer));
    const supports = [...(isAround ? [pointer] : []), ...inside];
    if (supports.length > 0) record = citing(record, span, supports);
  }
  return record;
}

function withoutSupport(span: RecordContent['spans'][number], pointer: string): RecordContent['spans'] {
  const supports = span.supports.filter((at) => !isIn(at, pointer));
  return supports.length === 0 ? [] : [{ ...span, supports }];
}

/** The spans of a record that support a field, or something in it or around it. */
export function spansFor({ spans }: RecordContent, pointer: string): RecordContent['spans'] {
  return spans.filter(({ supports }) => supports.some((at) => isIn(at, pointer) || (at !== '' && isIn(pointer, at))));
}
