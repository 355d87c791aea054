/** Milliseconds to wait for an answer before going on without it. Keys typed meanwhile are held. */
const mostWaited = 1000;

/** Waits for work of the server, but not long: it may never answer. */
export async function briefly(work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const pause = new Promise((resolve) => (timer = setTimeout(resolve, mostWaited)));
  try {
    await Promise.race([work, pause]);
  } finally {
    clearTimeout(timer);
  }
}
