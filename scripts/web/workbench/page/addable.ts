import { computed } from '@preact/signals';
import { type Json, below, isArray, isArrayIndex, isObject, member, pointerSteps } from '../../../json/json.ts';
import type { Field } from '../messages.ts';
import { settled } from './branches.ts';
import { leavesOf } from '../differences.ts';
import { isIn } from '../edit.ts';
import { fieldOf, isInForm, titleOf } from './formFields.ts';
import { content, fields, focused, table } from './state.ts';

/** A field that can be added to the record, or that it has. */
export interface Addable {
  readonly pointer: string;
  /** The list that gets it as its next element or as its first. */
  readonly list?: string;
  readonly title: string;
  readonly description: string | undefined;
}

/** The optional fields that the record lacks: its own, and those of the objects in it. */
export const addable = computed<readonly Addable[]>(() => {
  const [of, now] = [table.value, content.value];
  if (of === undefined || now === undefined) return [];
  const found: Addable[] = [];
  const visit = (field: Field | undefined, value: Json | undefined, pointer: string): void => {
    if (isArray(value) && field?.element !== undefined) {
      const element = fields.value[field.element];
      for (const [i, each] of value.entries()) visit(element, each, below(pointer, i));
      const next = { pointer: below(pointer, value.length), list: pointer };
      found.push({ ...next, title: titleOf(next.pointer), description: element?.description });
      return;
    }
    const properties = field?.kind === 'object' ? settled(fields.value, field, value).properties : [];
    for (const { name, required, field: inner } of properties) {
      const at = below(pointer, name);
      const own = isObject(value) ? member(value, name) : undefined;
      if (own !== undefined || required) visit(fields.value[inner], own, at);
      else if (!(pointer === '' && of.hidden.includes(name)))
        found.push({
          pointer: at,
          title: titleOf(at),
          description: fields.value[inner]?.description,
          ...(fields.value[inner]?.kind === 'list' ? { list: at } : {}),
        });
    }
  };
  visit(fields.value[of.field], now.value, '');
  return found.toSorted((a, b) => nearness(b) - nearness(a) || depth(a) - depth(b));
});

/**
 * The fields in the form that hold no other field, in its order, then those of entries that are closed. Those to be
 * added are no such fields.
 */
export function fieldsInForm(): readonly Addable[] {
  const own = [...document.querySelectorAll<HTMLElement>('#form [data-pointer]:not(:has([data-pointer]))')];
  const pointers = own.flatMap(({ dataset }) => dataset['pointer'] ?? []);
  return [...pointers, ...leavesOf(content.value?.value ?? {}).filter((pointer) => isInClosed(pointer, pointers))]
    .filter((pointer) => !addable.value.some((each) => each.pointer === pointer))
    .map((pointer) => {
      const field = fieldOf(pointer);
      return { pointer, title: titleOf(pointer), description: field?.description };
    });
}

/** Whether a value is in an entry of a list of which the form shows nothing. */
function isInClosed(pointer: string, shown: readonly string[]): boolean {
  const steps = pointerSteps(pointer) ?? [];
  const at = steps.findIndex(isArrayIndex);
  const entry = steps.slice(0, at + 1).reduce(below, '');
  return at > 0 && entry !== pointer && isInForm(pointer) && !shown.some((each) => isIn(each, entry));
}

function depth({ pointer }: Addable): number {
  return pointer.split('/').length;
}

/** How near a field is to the one in focus: the next entry of a list around it comes first, then what is beside it. */
function nearness({ pointer, list }: Addable): number {
  const at = focused.value ?? '';
  if (list !== undefined && list !== pointer && isIn(at, list)) return list.split('/').length + 100;
  const [own, steps] = [pointer.split('/'), at.split('/')];
  const differing = own.findIndex((step, i) => step !== steps[i]);
  return differing < 0 ? own.length : differing;
}
