import { type Json, type JsonObject, below, isArray, isObject, pointerSteps, resolvePointer } from '../json/json.ts';
import { withValueAt } from '../project/recordFiles.ts';
import { toSpan } from '../schema/extensionValues.ts';
import { type RecordType, shapesBelow, spansOf } from '../schema/recordTypes.ts';

/** JSON Pointer of the list that says why passages need no record; undefined where the schema has none. */
export function uncodedAt({ shape }: RecordType): string | undefined {
  return [...shapesBelow(shape)].find(([inner, at]) => inner.uncoded && !at.includes('*'))?.[1];
}

/**
 * The record of a source as a second coder may see it: without what the first has decided about the text, which is the
 * passages that need no record, their spans, and the review.
 */
export function blindSource(type: RecordType, record: JsonObject): JsonObject {
  const review = type.review === undefined ? undefined : below('', type.review);
  const decided = [uncodedAt(type), review].filter(
    (at) => at !== undefined && resolvePointer(record, at) !== undefined,
  );
  const bare = decided.reduce<JsonObject>((value, at) => without(value, pointerSteps(at ?? '') ?? []), record);
  const spansAt = spansOf(type);
  const spans = spansAt === undefined ? undefined : resolvePointer(bare, spansAt);
  if (decided.length === 0 || spansAt === undefined || !isArray(spans)) return bare;
  const isDecided = (pointer: string): boolean => decided.some((at) => `${pointer}/`.startsWith(`${at}/`));
  const kept = spans.flatMap((span) => spanWithout(span, isDecided));
  return kept.length === 0 ? without(bare, pointerSteps(spansAt) ?? []) : withValueAt(bare, spansAt, kept);
}

/** A span without some of what it supports; none where nothing is left. */
function spanWithout(span: Json, isGone: (pointer: string) => boolean): readonly Json[] {
  const supports = toSpan(span)?.supports;
  if (supports === undefined || !isObject(span) || !supports.some((pointer) => isGone(pointer))) return [span];
  const left = supports.filter((pointer) => !isGone(pointer));
  return left.length === 0 ? [] : [{ ...span, supports: left }];
}

function without(object: JsonObject, [step, ...rest]: readonly string[]): JsonObject {
  if (rest.length === 0) return Object.fromEntries(Object.entries(object).filter(([key]) => key !== step));
  const inner = step === undefined ? undefined : object[step];
  return step !== undefined && isObject(inner) ? { ...object, [step]: without(inner, rest) } : object;
}
