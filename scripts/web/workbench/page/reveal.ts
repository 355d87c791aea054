import { below, pointerSteps } from '../../../json/json.ts';
import { isBlank, isIn, valueAt } from '../edit.ts';
import { keepSoon } from './keeping.ts';
import { isElement } from './formFields.ts';
import { fieldAt } from './left.ts';
import { content, fields, focused, isChanged, open, opened, table } from './state.ts';

/** A draft keeps the fields that were opened; fields alone make no draft. */
function keepOpened(): void {
  if (isChanged.value) keepSoon();
}

/** Opens the fields on the way to a pointer, so that it can take the focus. */
export function reveal(pointer: string): void {
  const steps = pointerSteps(pointer) ?? [];
  const all = steps.map((_, i) => steps.slice(0, i + 1).reduce(below, ''));
  opened.value = new Set([...opened.value, ...all]);
  keepOpened();
}

/** The field that a user added last, while it is empty. */
let added: { readonly pointer: string; readonly history: unknown; readonly from: string | undefined } | undefined;

/** Opens a field that the user adds: the next undo takes it back, unless something changes before. */
export function revealAdded(pointer: string): void {
  const from = focused.value;
  reveal(pointer);
  added = { pointer, history: open.value?.history, from };
}

/** Closes the field that was added last, if nothing was changed since. Returns where the focus was then. */
export function takeBackAdded(): { readonly from: string | undefined } | undefined {
  const last = added;
  added = undefined;
  if (last === undefined || open.value?.history !== last.history || !opened.value.has(last.pointer)) return undefined;
  unreveal(last.pointer);
  return last;
}

/** The names of the empty members that the user has added to an object. */
export function addedIn(pointer: string): readonly string[] {
  return [...opened.value].flatMap((each) => {
    const steps = isIn(each, pointer) ? (pointerSteps(each.slice(pointer.length)) ?? []) : [];
    const [name, other] = steps;
    return name !== undefined && other === undefined ? [name] : [];
  });
}

/** Moves the empty fields of list elements with their elements; those of an element without a new index close. */
export function moveOpened(list: string, indexNow: (index: number) => number | undefined): void {
  opened.value = new Set(
    [...opened.value].flatMap((each) => {
      if (!each.startsWith(`${list}/`)) return [each];
      const [step = '', ...rest] = each.slice(list.length + 1).split('/');
      const index = indexNow(Number(step));
      return index === undefined ? [] : [[below(list, index), ...rest].join('/')];
    }),
  );
  keepOpened();
}

/** Closes the empty fields of what was removed; those of later elements of its list move up. */
export function forgetElement(pointer: string): void {
  const list = pointer.slice(0, pointer.lastIndexOf('/'));
  if (!isElement(pointer)) return unreveal(pointer);
  const index = Number(pointer.slice(list.length + 1));
  moveOpened(list, (i) => (i === index ? undefined : i > index ? i - 1 : i));
}

/** Closes the objects that are still empty, except around the field in focus. */
export function closeUnused(): void {
  const [value, root] = [content.value?.value ?? {}, table.value?.field ?? 0];
  const isObject = (pointer: string): boolean =>
    fieldAt(fields.value, root, pointerSteps(pointer) ?? [])?.kind === 'object';
  const isUsed = (pointer: string): boolean =>
    !isObject(pointer) || !isBlank(valueAt(value, pointer)) || isIn(focused.value ?? '', pointer);
  opened.value = new Set([...opened.value].filter(isUsed));
}

/** Closes fields that were opened but not used. */
export function unreveal(pointer: string): void {
  opened.value = new Set([...opened.value].filter((each) => !isIn(each, pointer)));
  keepOpened();
}
