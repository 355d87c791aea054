import { reveal } from './reveal.ts';

const controls = 'input:not([type="radio"]), input[type="radio"]:checked, textarea, [data-add], input';

/** The first control of a field; undefined if it is not drawn. */
function controlOf(pointer: string): HTMLElement | undefined {
  const at = [...document.querySelectorAll<HTMLElement>('[data-pointer]')].find(
    (each) => each.dataset['pointer'] === pointer,
  );
  return at?.querySelector<HTMLElement>(controls) ?? undefined;
}

function take(control: HTMLElement): void {
  control.scrollIntoView({ block: 'nearest' });
  control.focus();
  // select the text as Tab does, so that typing replaces it
  if (control instanceof HTMLInputElement && control.type === 'text') control.select();
}

/** Focuses the first control of a field, at once or when it is drawn; the form if the field has no control. */
export function focusField(pointer: string): void {
  const there = controlOf(pointer);
  if (there !== undefined) return take(there);
  reveal(pointer);
  taken = new Promise((resolve) => {
    setTimeout(() => {
      const drawn = controlOf(pointer);
      if (drawn !== undefined) take(drawn);
      else document.querySelector('#form')?.scrollIntoView();
      resolve();
    }, 30);
  });
}

let taken = Promise.resolve();

/** Waits until the field that was gone to last has the focus. */
export function focusTaken(): Promise<void> {
  return taken;
}
