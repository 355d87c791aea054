/**
 * Waits until what has changed is drawn. Drawing was queued as a microtask when it changed, so this one comes after it;
 * both come before the next key press.
 */
export function drawn(): Promise<void> {
  return new Promise((resolve) => {
    queueMicrotask(resolve);
  });
}
