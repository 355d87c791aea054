type TextControl = HTMLInputElement | HTMLTextAreaElement;

/** Does what a browser does by itself when a key is pressed in an element: an event made by a program does not. */
export function doByDefault(at: Element, event: KeyboardEvent): void {
  const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
  if ((altKey || ctrlKey || metaKey) && !event.getModifierState('AltGraph')) return;
  if (key === 'Tab') return focusNext(at, shiftKey ? -1 : 1);
  if (at instanceof HTMLInputElement && at.type === 'radio') return pressRadio(at, key);
  if (isTextControl(at)) return typeInto(at, key);
  if (at instanceof HTMLElement && (key === 'Enter' || key === ' ') && at.matches('button, summary')) at.click();
}

function isTextControl(at: Element): at is TextControl {
  return at instanceof HTMLTextAreaElement || (at instanceof HTMLInputElement && at.type === 'text');
}

function typeInto(at: TextControl, key: string): void {
  if (at.readOnly) return;
  const start = at.selectionStart ?? 0;
  const end = at.selectionEnd ?? at.value.length;
  if (key === 'Enter' && at instanceof HTMLInputElement) return at.form?.requestSubmit();
  if (key === 'Backspace') at.setRangeText('', start === end ? Math.max(0, start - 1) : start, end, 'end');
  else if (key.length === 1) at.setRangeText(key, start, end, 'end');
  else return;
  at.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

function pressRadio(at: HTMLInputElement, key: string): void {
  if (key === ' ') return at.click();
  const step = /^Arrow(?:Down|Right)$/.test(key) ? 1 : /^Arrow(?:Up|Left)$/.test(key) ? -1 : 0;
  const group = [...document.querySelectorAll<HTMLInputElement>('input[type="radio"]')].filter(
    ({ name }) => name === at.name,
  );
  const to = step === 0 ? undefined : group.at((group.indexOf(at) + step) % group.length);
  to?.focus();
  to?.click();
}

const stops = 'input, textarea, button, summary, a[href], [tabindex]';

/** Moves the focus as Tab does. */
function focusNext(at: Element, step: 1 | -1): void {
  const inside: ParentNode = at.closest('dialog') ?? document;
  const all = [...inside.querySelectorAll<HTMLElement>(stops)].filter(
    (each) => each.tabIndex >= 0 && each.checkVisibility() && !each.matches(':disabled'),
  );
  // outside of the list, the first or the last stop
  const here = all.findIndex((each) => each === at);
  all.at(here < 0 && step < 0 ? -1 : (here + step) % all.length)?.focus();
}
