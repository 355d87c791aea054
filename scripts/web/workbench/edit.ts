import { type Json, type JsonObject, below, isArray, isObject, member, pointerSteps } from '../../json/json.ts';
import type { RecordContent } from './messages.ts';

/** The pointer of the object or list that a field is in. */
export function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}

/** The value at a pointer; undefined if there is none. */
export function valueAt(value: Json, pointer: string): Json | undefined {
  return (pointerSteps(pointer) ?? []).reduce<Json | undefined>((at, step) => {
    if (isArray(at)) return at[Number(step)];
    return isObject(at) ? member(at, step) : undefined;
  }, value);
}

/** Whether a field has no value yet. */
export function isBlank(value: Json | undefined): boolean {
  return value === undefined || value === '';
}

/** A value with another one set at a pointer; creates missing objects and lists on the way. */
function withAt(value: Json | undefined, [step, ...rest]: readonly string[], inner: Json): Json {
  if (step === undefined) return inner;
  if (isArray(value)) return value.with(Number(step), withAt(value[Number(step)], rest, inner));
  const object = isObject(value) ? value : {};
  return { ...object, [step]: withAt(member(object, step), rest, inner) };
}

/** A value without the part at a pointer. */
function withoutAt(value: Json, [step, ...rest]: readonly string[]): Json {
  if (step === undefined) return value;
  if (isArray(value)) {
    const element = value[Number(step)];
    if (element === undefined) return value;
    return rest.length === 0
      ? value.filter((_, i) => i !== Number(step))
      : value.with(Number(step), withoutAt(element, rest));
  }
  if (!isObject(value)) return value;
  const inner = member(value, step);
  if (inner === undefined) return value;
  return rest.length === 0
    ? Object.fromEntries(Object.entries(value).filter(([key]) => key !== step))
    : { ...value, [step]: withoutAt(inner, rest) };
}

function asObject(value: Json): JsonObject {
  return isObject(value) ? value : {};
}

/** The record with a value at a pointer. */
export function setAt(content: RecordContent, pointer: string, value: Json): RecordContent {
  return { ...content, value: asObject(withAt(content.value, pointerSteps(pointer) ?? [], value)) };
}

/** The outermost object or list that has nothing left without the part at a pointer; the pointer if there is none. */
export function emptiedBy(value: Json, pointer: string): string {
  const above = pointer.slice(0, pointer.lastIndexOf('/'));
  const around = valueAt(value, above);
  const all = isArray(around) ? around.map((_, i) => below(above, i)) : [];
  const parts = isObject(around) ? Object.keys(around).map((name) => below(above, name)) : all;
  const isEmptied = above !== '' && around !== undefined && parts.every((each) => each === pointer);
  return isEmptied ? emptiedBy(value, above) : pointer;
}

/** The entries of lists that have nothing left without the part at a pointer, from the inside out. */
export function entriesEmptiedBy(value: Json, pointer: string): readonly string[] {
  const outermost = emptiedBy(value, pointer);
  const steps = pointerSteps(pointer) ?? [];
  const around = steps.slice(1).map((_, i) => steps.slice(0, steps.length - 1 - i).reduce(below, ''));
  return around.filter(
    (each) => isIn(each, outermost) && isArray(valueAt(value, each.slice(0, each.lastIndexOf('/')))),
  );
}

/**
 * The record without the part at a pointer. Spans no longer support it; later elements of its list move up, with their
 * spans.
 */
export function removeAt(content: RecordContent, pointer: string): RecordContent {
  const steps = pointerSteps(pointer) ?? [];
  const above = steps.slice(0, -1).reduce(below, '');
  const list = valueAt(content.value, above);
  const index = Number(steps.at(-1));
  const spans = isArray(list)
    ? withPointers(content.spans, above, (i) => (i === index ? undefined : i > index ? i - 1 : i))
    : content.spans.map((span) => ({ ...span, supports: span.supports.filter((at) => !isIn(at, pointer)) }));
  return {
    value: asObject(withoutAt(content.value, steps)),
    spans: spans.filter((span, i) => span.supports.length > 0 || content.spans[i]?.supports.length === 0),
  };
}

/** The same, without the objects and lists that become empty. */
export function removeWhole(content: RecordContent, pointer: string): RecordContent {
  return removeAt(content, emptiedBy(content.value, pointer));
}

/** The record with an element added to a list, at its end; the list is created if missing. */
export function appendTo(content: RecordContent, list: string, element: Json): RecordContent {
  const before = valueAt(content.value, list);
  return setAt(content, list, [...(isArray(before) ? before : []), element]);
}

/** The record with the element of a list twice; spans support both. */
export function duplicate(content: RecordContent, list: string, index: number): RecordContent {
  const before = valueAt(content.value, list);
  const element = isArray(before) ? before[index] : undefined;
  if (!isArray(before) || element === undefined) return content;
  const moved = withPointers(content.spans, list, (i) => (i > index ? i + 1 : i));
  const spans = moved.map((span) => {
    const twins = span.supports.flatMap((at) =>
      isIn(at, below(list, index)) ? [below(list, index + 1) + at.slice(below(list, index).length)] : [],
    );
    return { ...span, supports: [...span.supports, ...twins] };
  });
  return { ...setAt(content, list, before.toSpliced(index + 1, 0, element)), spans };
}

/** The record with a list element moved; spans move with what they support. */
export function move(content: RecordContent, list: string, from: number, to: number): RecordContent {
  const before = valueAt(content.value, list);
  const element = isArray(before) ? before[from] : undefined;
  if (!isArray(before) || element === undefined || to < 0 || to >= before.length) return content;
  const spans = withPointers(content.spans, list, (i) => {
    if (i === from) return to;
    if (from < to) return i > from && i <= to ? i - 1 : i;
    return i >= to && i < from ? i + 1 : i;
  });
  return { ...setAt(content, list, before.toSpliced(from, 1).toSpliced(to, 0, element)), spans };
}

/** Spans with the indices in their pointers changed; a pointer without a new index is removed. */
function withPointers(
  spans: RecordContent['spans'],
  list: string,
  indexNow: (index: number) => number | undefined,
): RecordContent['spans'] {
  return spans.map((span) => ({
    ...span,
    supports: span.supports.flatMap((pointer) => {
      if (!pointer.startsWith(`${list}/`)) return [pointer];
      const [step = '', ...rest] = pointer.slice(list.length + 1).split('/');
      const index = indexNow(Number(step));
      return index === undefined ? [] : [[below(list, index), ...rest].join('/')];
    }),
  }));
}

/** Whether a pointer leads to another one, or below it. */
export function isIn(pointer: string, above: string): boolean {
  return pointer === above || pointer.startsWith(`${above}/`);
}

/** The record with words as evidence for fields. An existing span of the same words gets the fields added. */
export function citing(
  content: RecordContent,
  { source, start, end }: { readonly source: string; readonly start: number; readonly end: number },
  pointers: readonly string[],
): RecordContent {
  const isSame = (span: RecordContent['spans'][number]): boolean =>
    span.source === source && span.start === start && span.end === end;
  const spans = content.spans.some(isSame)
    ? content.spans.map((span) =>
        isSame(span) ? { ...span, supports: [...new Set([...span.supports, ...pointers])] } : span,
      )
    : [...content.spans, { source, start, end, supports: pointers, origin: undefined }];
  return { ...content, spans };
}

/** The record in which a span no longer supports a field; a span that supports nothing is removed. */
export function unciting(content: RecordContent, index: number, pointer: string): RecordContent {
  const spans = content.spans.flatMap((span, i) => {
    if (i !== index) return [span];
    const supports = span.supports.filter((at) => at !== pointer);
    return supports.length === 0 ? [] : [{ ...span, supports }];
  });
  return { ...content, spans };
}
