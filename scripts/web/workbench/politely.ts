/** So long reading goes on before requests are answered, in milliseconds, and so many turns of the loop they have. */
const slice = 15;
const turns = 8;

/**
 * Lets requests through while many records are read: an answer takes several turns of the event loop. A timer in place
 * of them would make reading wait where nobody asks for anything.
 */
export function politely(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < slice) return;
    for (let i = 0; i < turns; i++) await new Promise<void>((resolve) => void setImmediate(resolve));
    last = performance.now();
  };
}
