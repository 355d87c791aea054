import { below, pointerSteps } from '../../../json/json.ts';
import { isIn } from './edit.ts';
import { keepSoon } from './keeping.ts';
import { isChanged, opened } from './state.ts';

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

/** Closes fields that were opened but not used. */
export function unreveal(pointer: string): void {
  opened.value = new Set([...opened.value].filter((each) => !isIn(each, pointer)));
  keepOpened();
}
