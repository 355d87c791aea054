/** What is pressed with a mouse, rather than typed into. */
const pressed = 'button, summary, label:has(> input), input[type="radio"], input[type="checkbox"]';

/**
 * Keeps the focus where it is until the mouse button is up. A field that loses the focus takes in its words and its
 * description: what is below moves, and the button would no longer be under the pointer when the click is complete.
 */
export function holdFocus(event: Event): void {
  if (pressedIn(event) !== undefined) event.preventDefault();
}

/** Moves the focus when the click is complete, before anything is done about it. */
export function moveFocus(event: Event): void {
  const at = pressedIn(event);
  const control = at instanceof HTMLLabelElement ? at.control : at;
  if (control !== document.activeElement) control?.focus({ preventScroll: true });
}

function pressedIn({ target }: Event): HTMLElement | undefined {
  return target instanceof Element ? (target.closest<HTMLElement>(pressed) ?? undefined) : undefined;
}
