import type { TargetedEvent } from 'preact';
import { drawn } from './drawn.ts';
import { goingOn } from './typedAhead.ts';
import { meaningKnown } from './useMeaning.ts';

const mark = 'data-enter';

/** Marks the button of the offer that Enter takes while its field is empty. */
export function takenByEnter(hasKey: boolean): object {
  return hasKey ? { [mark]: '', 'aria-keyshortcuts': 'Enter' } : {};
}

/** Enter in an empty field takes its first offer, once it is known. If none is certain, it goes to the first one. */
export function takeByEnter(event: TargetedEvent<HTMLElement, KeyboardEvent>): void {
  const { key, altKey, ctrlKey, metaKey, shiftKey, isComposing, defaultPrevented, currentTarget: field } = event;
  const at = event.target;
  // a list that is open takes the key itself
  if (key !== 'Enter' || altKey || ctrlKey || metaKey || shiftKey || isComposing || defaultPrevented) return;
  if (!(at instanceof HTMLInputElement) || !isEmpty(at, field)) return;
  event.preventDefault();
  void goingOn(async () => {
    // what the field asks for begins when it is drawn
    await drawn();
    await meaningKnown();
    await drawn();
    if (document.activeElement !== at) return;
    const taken = field.querySelector<HTMLElement>(`[${mark}]`);
    if (taken === null) field.querySelector<HTMLElement>('[role="group"] button')?.focus();
    else taken.click();
  });
}

/** Whether nothing is typed, or none of some radio buttons is chosen. */
function isEmpty(at: HTMLInputElement, field: HTMLElement): boolean {
  return at.type === 'radio' ? field.querySelector('input:checked') === null : at.value === '';
}
