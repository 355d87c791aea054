import { type Json, below, pointerSteps } from '../../../json/json.ts';
import type { RecordContent, RepeatedMessage } from '../messages.ts';
import { withBranch } from './branches.ts';
import { citing, setAt } from '../edit.ts';
import { fieldOf } from './formFields.ts';
import { fields } from './state.ts';

/** The record with a field set. A code that tells alternatives apart takes away what only the others have. */
export function withValue(content: RecordContent, pointer: string, value: Json): RecordContent {
  const after = setAt(content, pointer, value);
  const steps = pointerSteps(pointer) ?? [];
  const around = fieldOf(steps.slice(0, -1));
  if (around?.told === undefined || around.told !== steps.at(-1)) return after;
  const branch = around.branches.find(({ code }) => JSON.stringify(code) === JSON.stringify(value));
  const above = steps.slice(0, -1).reduce(below, '');
  return branch === undefined ? after : withBranch(after, above, { fields: fields.value, field: around, branch });
}

/** The record with values as the other records of a source have them, each citing the same words. */
export function withRepeated(content: RecordContent, list: readonly RepeatedMessage[]): RecordContent {
  return list.reduce((to, { pointer, value, spans }) => {
    const filled = withValue(to, pointer, value);
    return spans.reduce((cited, span) => citing(cited, span, span.supports), filled);
  }, content);
}
