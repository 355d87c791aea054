import { type Json, below, pointerSteps } from '../../../json/json.ts';
import type { RecordContent } from '../messages.ts';
import { withBranch } from './branches.ts';
import { fieldAt } from './left.ts';
import { fields, table } from './state.ts';

/** The record in which a code was set: if it tells alternatives apart, without what only the others have. */
export function afterCode(content: RecordContent, pointer: string, value: Json): RecordContent {
  const steps = pointerSteps(pointer) ?? [];
  const around = fieldAt(fields.value, table.value?.field ?? 0, steps.slice(0, -1));
  if (around?.told === undefined || around.told !== steps.at(-1)) return content;
  const branch = around.branches.find(({ code }) => JSON.stringify(code) === JSON.stringify(value));
  const above = steps.slice(0, -1).reduce(below, '');
  return branch === undefined ? content : withBranch(content, above, { fields: fields.value, field: around, branch });
}
