import { addElement } from './addElement.ts';
import { focusField } from './focus.ts';
import { isList } from './formFields.ts';
import { revealAdded } from './reveal.ts';

/** Adds a field to the form, or an element to the list, and focuses it. */
export function addField(pointer: string, list = isList(pointer) ? pointer : undefined): void {
  if (list !== undefined) return addElement(list);
  revealAdded(pointer);
  focusField(pointer);
}
