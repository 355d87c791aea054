import { below, isArray } from '../../../json/json.ts';
import { appendTo, valueAt } from '../edit.ts';
import { focusField } from './focus.ts';
import { fieldOf } from './formFields.ts';
import { edit } from './editing.ts';
import { reveal } from './reveal.ts';
import { content, fields } from './state.ts';

/** Adds an element to the end of a list, and focuses it. */
export function addElement(list: string): void {
  const field = fieldOf(list);
  const element = field?.element === undefined ? undefined : fields.value[field.element];
  const now = content.value;
  if (element === undefined || now === undefined) return;
  const before = valueAt(now.value, list);
  const at = below(list, isArray(before) ? before.length : 0);
  edit((record) => appendTo(record, list, element.kind === 'object' ? {} : element.kind === 'list' ? [] : ''));
  reveal(at);
  focusField(at);
}
