import { below, isArray, pointerSteps } from '../../../json/json.ts';
import { appendTo, valueAt } from '../edit.ts';
import { focusField } from './focus.ts';
import { fieldAt } from './left.ts';
import { edit } from './editing.ts';
import { reveal } from './reveal.ts';
import { content, fields, table } from './state.ts';

/** Adds an element to the end of a list, and focuses it. */
export function addElement(list: string): void {
  const field = fieldAt(fields.value, table.value?.field ?? 0, pointerSteps(list) ?? []);
  const element = field?.element === undefined ? undefined : fields.value[field.element];
  const now = content.value;
  if (element === undefined || now === undefined) return;
  const before = valueAt(now.value, list);
  const at = below(list, isArray(before) ? before.length : 0);
  edit((record) => appendTo(record, list, element.kind === 'object' ? {} : element.kind === 'list' ? [] : ''));
  reveal(at);
  focusField(at);
}
