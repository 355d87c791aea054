/** Milliseconds to wait for an answer before going on without it. Keys typed meanwhile are held. */
const mostWaited = 1000;

/** Waits for work of the server, but not long: it may never answer. `most` is in milliseconds. */
export async function briefly(work: Promise<unknown>, most = mostWaited): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const pause = new Promise((resolve) => (timer = setTimeout(resolve, most)));
  try {
    await Promise.race([work, pause]);
  } finally {
    clearTimeout(timer);
  }
}
