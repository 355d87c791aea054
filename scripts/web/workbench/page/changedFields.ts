import { below, isArray, pointerSteps } from '../../../json/json.ts';
import type { RecordContent } from '../messages.ts';
import { differencesOf } from '../differences.ts';
import { valueAt } from '../edit.ts';

/**
 * The fields that are different after a step of the history: those with another value first, then those with other
 * evidence. For an element that is no longer there, its list.
 */
export function changedFields(
  before: RecordContent,
  after: RecordContent,
  hidden: readonly string[],
): readonly string[] {
  const values = differencesOf(after.value, before.value, hidden).map(({ pointer }) => pointer);
  const [old, now] = [before, after].map(({ spans }) => new Set(spans.map((span) => JSON.stringify(span))));
  const spans = [...before.spans, ...after.spans].filter((span) => {
    const text = JSON.stringify(span);
    return old?.has(text) !== now?.has(text);
  });
  const cited = spans.flatMap(({ supports }) => supports);
  return [...new Set([...values, ...cited].map((pointer) => fieldThere(after, pointer)))];
}

/** A field as the form shows it: the list instead of an element that is gone. */
function fieldThere({ value }: RecordContent, pointer: string): string {
  const steps = pointerSteps(pointer) ?? [];
  const above = steps.map((_, i) => steps.slice(0, i).reduce(below, ''));
  const list = above.find((at, i) => {
    const found = valueAt(value, at);
    return isArray(found) && found[Number(steps[i])] === undefined;
  });
  return list ?? pointer;
}
