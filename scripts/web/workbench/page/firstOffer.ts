import { drawn } from './drawn.ts';
import { goingOn } from './typedAhead.ts';
import { meaningKnown } from './useMeaning.ts';

const mark = 'data-enter';

/** Marks the button of the offer that Enter takes while its field is empty. */
export function takenByEnter(hasKey: boolean): object {
  return hasKey ? { [mark]: '', 'aria-keyshortcuts': 'Enter' } : {};
}

/** Enter in an empty field takes its first offer, once it is known. If none is certain, it goes to the first one. */
export function takeByEnter(event: KeyboardEvent): void {
  const { key, altKey, ctrlKey, metaKey, shiftKey, isComposing, currentTarget: at } = event;
  if (key !== 'Enter' || altKey || ctrlKey || metaKey || shiftKey || isComposing) return;
  if (!(at instanceof HTMLInputElement) || at.value !== '') return;
  event.preventDefault();
  const field = at.closest('[data-pointer]');
  void goingOn(async () => {
    // what the field asks for begins when it is drawn
    await drawn();
    await meaningKnown();
    await drawn();
    if (document.activeElement !== at) return;
    const taken = field?.querySelector<HTMLElement>(`[${mark}]`);
    if (taken === null || taken === undefined) field?.querySelector<HTMLElement>('[role="group"] button')?.focus();
    else taken.click();
  });
}
