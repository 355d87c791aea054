/**
 * Waits until changes are drawn. The change queued the drawing as a microtask, so this one comes after it; both come
 * before the next key press.
 */
export function drawn(): Promise<void> {
  return new Promise((resolve) => {
    queueMicrotask(resolve);
  });
}
