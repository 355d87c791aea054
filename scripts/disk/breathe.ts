/** How long the event loop may wait, in milliseconds: a person who presses Ctrl-C does not notice it. */
const longest = 100;

/** Gives the event loop a turn now and then during long synchronous work, so that signals are handled. */
export function breather(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < longest) return;
    await new Promise<void>((resolve) => void setImmediate(resolve));
    last = performance.now();
  };
}
