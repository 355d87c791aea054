import { comparingNow } from './comparing.ts';
import { drawn } from './drawn.ts';
import { focusField } from './focus.ts';
import { goToFirst } from './next.ts';
import { dialog, focused, open } from './state.ts';

/** What had the focus last. */
let last: Element | undefined;

function noteFocus({ target }: FocusEvent): void {
  last = target instanceof Element ? target : undefined;
}

/**
 * Gives the focus another place when what had it is gone or disabled: without one, Tab starts at the top of the page,
 * and a screen reader is lost.
 */
export function restFocus(): () => void {
  const observer = new MutationObserver(() => {
    if (isGone()) void placeFocus();
  });
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  document.addEventListener('focusin', noteFocus);
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', noteFocus);
  };
}

function isGone(): boolean {
  return document.activeElement === document.body && last !== undefined && !(last.isConnected && isEnabled(last));
}

function isEnabled(element: Element): boolean {
  return !element.matches(':disabled');
}

async function placeFocus(): Promise<void> {
  // a dialog returns the focus once it is gone
  await drawn();
  await drawn();
  if (!isGone() || dialog.value !== undefined) return;
  if (comparingNow.value !== undefined) focusFirstOf('#records button');
  else if (open.value === undefined) focusSource();
  else if (focused.value === undefined) void goToFirst(focusSource);
  else focusField(focused.value);
}

/** Focuses the text, or the list of records of a dataset without texts, or else what opens a source. */
function focusSource(): void {
  focusFirstOf('#text', '.record-search input', '[data-source]', 'header input');
}

/** Focuses the first of some elements that is on the page. */
function focusFirstOf(...selectors: readonly string[]): void {
  for (const selector of selectors) {
    const found = document.querySelector<HTMLElement>(selector);
    if (found !== null) return found.focus();
  }
}
