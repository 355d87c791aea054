import type { TargetedEvent } from 'preact';

type KeyEvent = TargetedEvent<HTMLElement, KeyboardEvent>;

/** Whether a key is Enter alone, and no input method takes it. */
export function isEnterAlone(event: KeyEvent): boolean {
  const { key, altKey, ctrlKey, metaKey, shiftKey, isComposing } = event;
  return key === 'Enter' && !altKey && !ctrlKey && !metaKey && !shiftKey && !isComposing;
}

/**
 * The empty control in which Enter alone is pressed; undefined for any other key, or if its list takes the key, or it
 * begins a line.
 */
export function emptyAtEnter(event: KeyEvent): HTMLElement | undefined {
  const { target: at, currentTarget: field, defaultPrevented } = event;
  // a text area in which Enter begins no line has prevented that
  if (!isEnterAlone(event) || defaultPrevented !== at instanceof HTMLTextAreaElement) return undefined;
  return isControl(at) && isEmpty(at, field) ? at : undefined;
}

type TypedControl = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function isControl(at: EventTarget | null): at is TypedControl {
  return at instanceof HTMLInputElement || at instanceof HTMLSelectElement || at instanceof HTMLTextAreaElement;
}

/** Whether nothing is typed, or none of some radio buttons is chosen. */
function isEmpty(at: TypedControl, field: HTMLElement): boolean {
  return at.type === 'radio' ? field.querySelector('input:checked') === null : at.value === '';
}
