import { below, isArray } from '../../../json/json.ts';
import { drawn } from './drawn.ts';
import { valueAt } from '../edit.ts';
import { reveal } from './reveal.ts';
import { content, focused } from './state.ts';
import { isTextControl } from './textControl.ts';

const controls = 'input, textarea, [data-add]';

/** The first control of a field, of radio buttons the chosen one; undefined if it is not on the page. */
function controlOf(pointer: string): HTMLElement | undefined {
  const at = [...document.querySelectorAll<HTMLElement>('[data-pointer]')].find(
    (each) => each.dataset['pointer'] === pointer,
  );
  const first = at?.querySelector<HTMLElement>(controls) ?? undefined;
  return first?.closest('[role="radiogroup"]')?.querySelector<HTMLElement>('input:checked') ?? first;
}

function take(control: HTMLElement): void {
  control.scrollIntoView({ block: 'nearest' });
  control.focus();
  // a field that kept the focus from the previous record does not report it again
  const at = control.closest<HTMLElement>('[data-pointer]')?.dataset['pointer'];
  if (at !== undefined) focused.value = at;
  // select the text, so that typing replaces it: Tab does that in fields of one line
  if (isTextControl(control)) control.select();
}

/** Focuses the first control of a field, at once or when it is drawn; the form if the field has no control. */
export function focusField(pointer: string): void {
  const there = controlOf(pointer);
  if (there !== undefined) return take(there);
  reveal(pointer);
  void focusDrawn(pointer);
}

/**
 * The field to go to when another one is removed: itself if the form still shows it, or the element that takes its
 * place. Undefined if there is no other field.
 */
export function afterRemoval(pointer: string): string | undefined {
  const above = pointer.slice(0, pointer.lastIndexOf('/'));
  const list = valueAt(content.value?.value ?? {}, above);
  if (isArray(list)) {
    const index = Number(pointer.slice(above.length + 1));
    return list.length === 1 ? above : below(above, Math.min(index, list.length - 2));
  }
  const all = [...document.querySelectorAll<HTMLElement>('#form [data-pointer]')];
  const at = all.findIndex((each) => each.dataset['pointer'] === pointer);
  const own = all[at];
  if (own === undefined) return undefined;
  if (own.querySelector(':scope > :is(.head, legend) .required') !== null) return pointer;
  const next = all.slice(at + 1).find((each) => !own.contains(each)) ?? all[at - 1];
  return next?.dataset['pointer'];
}

/** Focuses a field once changes are drawn: before the next key press. */
export async function focusDrawn(pointer: string): Promise<void> {
  await drawn();
  const control = controlOf(pointer);
  if (control === undefined) document.querySelector('#form')?.scrollIntoView();
  else take(control);
}
