/**
 * How long the event loop may wait, in milliseconds: a database that has answered waits for its next query. A person
 * who presses Ctrl-C notices nothing.
 */
const longest = 5;

/** Gives the event loop a turn now and then during long synchronous work, so that signals are handled. */
export function breather(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < longest) return;
    await new Promise<void>((resolve) => void setImmediate(resolve));
    last = performance.now();
  };
}
