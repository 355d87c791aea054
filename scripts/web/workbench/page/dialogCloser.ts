import { dialog } from './state.ts';

/** The number of times that a dialog was opened or closed. */
let changes = 0;
dialog.subscribe(() => void changes++);

/** Returns what closes the dialog that is open now. It leaves a later one open, also one of the same name. */
export function closerOfDialog(): () => void {
  const own = changes;
  return () => {
    if (changes === own) dialog.value = undefined;
  };
}
