import type { TargetedEvent } from 'preact';
import { briefly } from './briefly.ts';
import { drawn } from './drawn.ts';
import { checkLatest, isChecked } from './checking.ts';
import { emptyAtEnter, isEnterAlone } from './enterKey.ts';
import { goingOn } from './typedAhead.ts';
import { meaningKnown } from './useMeaning.ts';

const mark = 'data-enter';

/**
 * What Enter in an empty field does with its first offer: takes it, or goes there, because only the curator can tell
 * whether it is meant. Enter on the button then takes it.
 */
export type ByEnter = 'takes' | 'reaches';

/** Marks the button of the offer that Enter takes or goes to while its field is empty. */
export function offeredToEnter(effect: ByEnter | undefined): object {
  if (effect === undefined) return {};
  return { [mark]: effect, ...(effect === 'takes' ? { 'aria-keyshortcuts': 'Enter' } : {}) };
}

/**
 * Enter in an empty field takes its first offer, once it is known; in one with words for a date, the date that they
 * mean. If none is certain, it goes to the first one.
 */
export function takeByEnter(event: TargetedEvent<HTMLElement, KeyboardEvent>, isDate: boolean): void {
  const { currentTarget: field, target } = event;
  const typed = isDate && isEnterAlone(event) && target instanceof HTMLInputElement && target.value !== '';
  const at = typed ? target : emptyAtEnter(event);
  if (at === undefined) return;
  event.preventDefault();
  void goingOn(async () => {
    // what the field asks for begins when it is drawn
    await drawn();
    await briefly(typed ? checkLatest() : meaningKnown());
    await drawn();
    // the buttons can still be those of other words
    if (document.activeElement !== at || (typed && !isChecked())) return;
    const first = field.querySelector<HTMLElement>(`[${mark}]`);
    if (first?.getAttribute(mark) === 'takes') first.click();
    else first?.focus();
  });
}
