/** Runs work when enough permits are free, in the order of the calls. @throws anything that the work throws */
export type Permits = <T>(needed: number, work: () => Promise<T>) => Promise<T>;

interface Waiting {
  readonly needed: number;
  readonly start: () => void;
}

/** A semaphore with a number of permits. */
export function permits(count: number): Permits {
  let free = count;
  const queue: Waiting[] = [];
  const startNext = (): void => {
    for (let next = queue[0]; next !== undefined && next.needed <= free; next = queue[0]) {
      queue.shift();
      free -= next.needed;
      next.start();
    }
  };
  return async (needed, work) => {
    await new Promise<void>((start) => {
      queue.push({ needed, start });
      startNext();
    });
    try {
      return await work();
    } finally {
      free += needed;
      startNext();
    }
  };
}
