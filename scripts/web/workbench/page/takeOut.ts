import { drawn } from './drawn.ts';
import { removeAt } from './edit.ts';
import { edit } from './editing.ts';
import { afterRemoval, focusField } from './focus.ts';
import { forgetElement } from './reveal.ts';
import { goingOn } from './typedAhead.ts';

/** Removes a field, closes what was opened in it, and goes to the field that follows. */
export function takeOut(pointer: string): void {
  const next = afterRemoval(pointer);
  edit((before) => removeAt(before, pointer, () => false));
  forgetElement(pointer);
  void goingOn(async () => {
    await drawn();
    if (next !== undefined) focusField(next);
  });
}
