/** Milliseconds of reading before requests are answered, and turns of the event loop for the answers. */
const slice = 15;
const turns = 8;

/**
 * Answers requests while many records are read. An answer takes several turns of the event loop. A timer would delay
 * the reading even if there are no requests.
 */
export function politely(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < slice) return;
    for (let i = 0; i < turns; i++) await new Promise<void>((resolve) => void setImmediate(resolve));
    last = performance.now();
  };
}
