import { isArray } from '../../../json/json.ts';
import { removeAt, valueAt } from './edit.ts';
import { edit } from './editing.ts';
import { isElement } from './formFields.ts';
import { opened } from './state.ts';

/** Removes lists that were added as elements of others and not filled in: an empty field is not saved. */
export function dropUnfilled(): void {
  const added = [...opened.value].toSorted((a, b) => b.length - a.length);
  edit((record) =>
    added.reduce((rest, pointer) => {
      const value = valueAt(rest.value, pointer);
      return isArray(value) && value.length === 0 && isElement(pointer) ? removeAt(rest, pointer, () => false) : rest;
    }, record),
  );
}
