import type { TargetedKeyboardEvent } from 'preact';

/** The arrow keys go up and down through the buttons of a list, as far as its ends. */
export function stepByArrow(event: TargetedKeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  // the pane does not scroll away from the button in focus
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll('button')];
  const at = all.findIndex((each) => each === document.activeElement);
  all[Math.min(Math.max(at + step, 0), all.length - 1)]?.focus();
}
