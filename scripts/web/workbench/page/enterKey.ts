import type { TargetedEvent } from 'preact';

type KeyEvent = TargetedEvent<HTMLElement, KeyboardEvent>;

/** Whether a key is Enter alone, and no input method takes it. */
export function isEnterAlone(event: KeyEvent): boolean {
  const { key, altKey, ctrlKey, metaKey, shiftKey, isComposing } = event;
  return key === 'Enter' && !altKey && !ctrlKey && !metaKey && !shiftKey && !isComposing;
}

/** The empty control in which Enter alone is pressed; undefined for any other key, or if its list takes the key. */
export function emptyAtEnter(event: KeyEvent): HTMLElement | undefined {
  const { target: at, currentTarget: field, defaultPrevented } = event;
  if (!isEnterAlone(event) || defaultPrevented) return undefined;
  const isControl = at instanceof HTMLInputElement || at instanceof HTMLSelectElement;
  return isControl && isEmpty(at, field) ? at : undefined;
}

/** Whether nothing is typed, or none of some radio buttons is chosen. */
function isEmpty(at: HTMLInputElement | HTMLSelectElement, field: HTMLElement): boolean {
  return at.type === 'radio' ? field.querySelector('input:checked') === null : at.value === '';
}
