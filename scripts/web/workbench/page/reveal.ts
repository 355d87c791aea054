import { batch } from '@preact/signals';
import { below, pointerSteps } from '../../../json/json.ts';
import type { RecordContent } from '../messages.ts';
import { isBlank, isIn, valueAt } from '../edit.ts';
import { keepSoon } from './keeping.ts';
import { isElement } from './formFields.ts';
import { stepped } from './history.ts';
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

/** What is open in the form, and the field in focus. */
interface Shown {
  readonly opened: ReadonlySet<string>;
  readonly focused: string | undefined;
}

/** What was shown of each state of a history when another one took its place. */
const shownOf = new WeakMap<RecordContent, Shown>();

/** Notes what is shown, before the state of the record changes: undo and redo show it again. */
export function noteShown(): void {
  if (content.value !== undefined) shownOf.set(content.value, { opened: opened.value, focused: focused.value });
}

/** A state that takes the place of another one in the history. */
export function shownAs(state: RecordContent, next: RecordContent): RecordContent {
  const shown = shownOf.get(state);
  if (shown !== undefined) shownOf.set(next, shown);
  return next;
}

/**
 * Opens what was open in the state of the record to which undo or redo has led, and closes the empty fields that were
 * not. Returns the field that was opened, or else the one that had the focus.
 */
export function showAsNoted(): string | undefined {
  const now = content.value;
  const shown = now === undefined ? undefined : shownOf.get(now);
  if (shown === undefined) return undefined;
  const again = [...shown.opened].filter((each) => !opened.value.has(each));
  closeEmpty(shown.opened);
  opened.value = new Set([...opened.value, ...again]);
  keepOpened();
  return again.at(-1) ?? shown.focused;
}

/** Closes the empty fields that were opened, except some. */
export function closeEmpty(except: ReadonlySet<string> = new Set()): void {
  const value = content.value?.value ?? {};
  opened.value = new Set([...opened.value].filter((each) => except.has(each) || !isBlank(valueAt(value, each))));
}

/** The fields that the user has added and not filled in: a save leaves them out. The outermost of each. */
export function leftEmpty(): readonly string[] {
  const value = content.value?.value ?? {};
  const empty = [...opened.value].filter((each) => isBlank(valueAt(value, each)));
  return empty.filter((each) => !empty.some((other) => other !== each && isIn(each, other)));
}

/** Opens a field that the user adds, as a step of the history. */
export function revealAdded(pointer: string): void {
  const now = open.value;
  if (now === undefined || opened.value.has(pointer)) return reveal(pointer);
  noteShown();
  batch(() => {
    open.value = { ...now, history: stepped(now.history, { ...now.history.now }) };
    reveal(pointer);
  });
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
