import { reveal } from './state.ts';

/** Gives the focus to the first control of a field, once it is there. */
export function focusField(pointer: string): void {
  reveal(pointer);
  // the field may still have to be drawn
  setTimeout(() => {
    const at = [...document.querySelectorAll<HTMLElement>('[data-pointer]')].find(
      (each) => each.dataset['pointer'] === pointer,
    );
    const controls = 'input:not([type="radio"]), input[type="radio"]:checked, textarea, [data-add], input';
    const control = at?.querySelector<HTMLElement>(controls);
    control?.scrollIntoView({ block: 'nearest' });
    control?.focus();
  }, 30);
}
