import { dialog } from './state.ts';

/** Closes a dialog whose work is done. Another one may be shown by then. */
export function closeDialog(name: string): void {
  if (dialog.value === name) dialog.value = undefined;
}
