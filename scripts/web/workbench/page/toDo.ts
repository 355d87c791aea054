import { computed } from '@preact/signals';
import { pointerSteps } from '../../../json/json.ts';
import type { Checked, TableMessage } from '../messages.ts';
import { isIn } from './edit.ts';
import { needsEvidence } from './formFields.ts';
import { type Left, fieldAt, leftIn, missingLeaves, uncitedIn } from './left.ts';
import { checked, content, fields, focused, table } from './state.ts';

/** What is known of a record before its first check: the fields that the schema always requires can be filled in. */
const nothingFound: Checked = { problems: [], missing: [], id: undefined };

/** What is left to do in the record, in the order of the form. */
export const left = computed(() => {
  const [of, now, found] = [table.value, content.value, checked.value ?? nothingFound];
  if (of === undefined || now === undefined) return [];
  const id = of.key === undefined ? [] : [of.key];
  const leaves = missingLeaves(fields.value, of.field, now.value, [...of.hidden, ...id]);
  // missing evidence is listed at the fields that need it
  const missing = found.missing.filter((pointer) => pointer !== of.spansAt);
  return leftIn(found, { toAdd: missing, leaves, uncited: uncitedIn(now, needsEvidence) }, orderOf(of));
});

/** The next thing to do after the field that had the focus last; starts over at the end. */
export function nextLeft(): Left | undefined {
  const of = table.value;
  const list = left.value;
  if (of === undefined) return undefined;
  const order = orderOf(of);
  const at = focused.value === undefined ? -1 : order(focused.value);
  return list.find(({ pointer }) => order(pointer) > at) ?? list[0];
}

/** The position of a field in the form: fields in schema order, elements by index. */
function orderOf({ field, spansAt }: TableMessage): (pointer: string) => number {
  return (pointer) => {
    // problems of the evidence itself have no field
    if (spansAt !== undefined && isIn(pointer, spansAt)) return Infinity;
    const steps = pointerSteps(pointer) ?? [];
    return steps.reduce((sum, step, i) => {
      const above = fieldAt(fields.value, field, steps.slice(0, i));
      const at = above?.properties.findIndex(({ name }) => name === step) ?? -1;
      return sum + ((at < 0 ? Number(step) || 0 : at) + 1) / 100 ** (i + 1);
    }, 0);
  };
}
