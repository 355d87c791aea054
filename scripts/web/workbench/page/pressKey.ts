import { type TextControl, changeText, isTextControl, moveCaret } from './textControl.ts';

/** Does what a browser does when a key is pressed in an element: an event that a program makes does not do it. */
export function doByDefault(at: Element, event: KeyboardEvent): void {
  const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
  if ((altKey || ctrlKey || metaKey) && !event.getModifierState('AltGraph')) {
    if (isTextControl(at) && key.toLowerCase() === 'a') at.select();
    return;
  }
  if (key === 'Tab') return focusNext(at, shiftKey ? -1 : 1);
  if (isTextControl(at)) return typeInto(at, key, shiftKey);
  if (at instanceof HTMLInputElement) return pressInput(at, key);
  if (at instanceof HTMLElement && (key === 'Enter' || key === ' ') && at.matches('button, summary')) at.click();
}

function typeInto(at: TextControl, key: string, isExtending: boolean): void {
  if (moveCaret(at, key, isExtending)) return;
  if (key === 'Enter' && at instanceof HTMLInputElement) return submit(at.form);
  if (key === 'Enter') changeText(at, { inputType: 'insertLineBreak', text: '' });
  else if (key === 'Backspace') changeText(at, { inputType: 'deleteContentBackward', text: '' });
  else if (key === 'Delete') changeText(at, { inputType: 'deleteContentForward', text: '' });
  else if (key.length === 1) changeText(at, { inputType: 'insertText', text: key });
}

/** Submits a form as Enter does. */
export function submit(form: HTMLFormElement | null): void {
  // a disabled button keeps a form from being submitted
  if (form?.querySelector('[type="submit"]:disabled') === null) form.requestSubmit();
}

function pressInput(at: HTMLInputElement, key: string): void {
  if (key === 'Enter') return submit(at.form);
  if (key === ' ') return at.click();
  if (at.type === 'radio') stepRadio(at, key);
}

function stepRadio(at: HTMLInputElement, key: string): void {
  const step = /^Arrow(?:Down|Right)$/.test(key) ? 1 : /^Arrow(?:Up|Left)$/.test(key) ? -1 : 0;
  const group = [...document.querySelectorAll<HTMLInputElement>('input[type="radio"]')].filter(
    ({ name }) => name === at.name,
  );
  const to = step === 0 ? undefined : group.at((group.indexOf(at) + step) % group.length);
  to?.focus();
  to?.click();
}

const stops = 'input, textarea, button, summary, a[href], [tabindex]';

/** What Tab stops at in a part of the page. */
function stopsIn(part: ParentNode): readonly HTMLElement[] {
  return [...part.querySelectorAll<HTMLElement>(stops)].filter(
    (each) => each.tabIndex >= 0 && each.checkVisibility() && !each.matches(':disabled'),
  );
}

/** Moves the focus as Tab does. */
function focusNext(at: Element, step: 1 | -1): void {
  const all = stopsIn(at.closest('dialog') ?? document);
  // outside the list, the first or the last stop
  const here = all.findIndex((each) => each === at);
  all.at(here < 0 && step < 0 ? -1 : (here + step) % all.length)?.focus();
}

/** Takes Tab from the last stop of a dialog to its first, and back with Shift: the page behind has no stops then. */
export function wrapTab(event: KeyboardEvent, dialog: Element): void {
  const { key, shiftKey, altKey, ctrlKey, metaKey, defaultPrevented } = event;
  if (key !== 'Tab' || altKey || ctrlKey || metaKey || defaultPrevented) return;
  const all = stopsIn(dialog);
  const [first, last] = [all[0], all.at(-1)];
  const isAtEdge = document.activeElement === (shiftKey ? first : last);
  if (!isAtEdge && first !== undefined) return;
  event.preventDefault();
  (shiftKey ? last : first)?.focus();
}
