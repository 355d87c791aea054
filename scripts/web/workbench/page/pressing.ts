/** Elements that are clicked, not typed into. */
const pressed = 'button, summary, label:has(> input), input[type="radio"], input[type="checkbox"]';

let presses = 0;

/** Counts each press of a mouse button, before any other handler runs. */
export function countPress(): void {
  presses++;
}

/** Returns what tells whether a mouse button has been pressed since this call: then the user has chosen a place. */
export function notePresses(): () => boolean {
  const before = presses;
  return () => presses !== before;
}

/**
 * Keeps the focus until the mouse button is released. A field that loses the focus becomes smaller: then the button
 * below it would move away from the pointer before the click is complete.
 */
export function holdFocus(event: Event): void {
  if (pressedIn(event) !== undefined) event.preventDefault();
}

/** Moves the focus when the click is complete, before any other handler runs. */
export function moveFocus(event: Event): void {
  const at = pressedIn(event);
  const control = at instanceof HTMLLabelElement ? at.control : at;
  if (control !== document.activeElement) control?.focus({ preventScroll: true });
  if (!(at instanceof HTMLLabelElement) || control === event.target) return;
  // Chromium presses no control by its label while text is selected, and a held focus leaves the text of a field so
  event.preventDefault();
  control?.click();
}

function pressedIn({ target }: Event): HTMLElement | undefined {
  return target instanceof Element ? (target.closest<HTMLElement>(pressed) ?? undefined) : undefined;
}
