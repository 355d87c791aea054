/** The last task of each thing that has one under way. */
const last = new Map<string, Promise<unknown>>();

/** Runs a task when all earlier ones of the same thing have ended, whether they failed or not. */
export async function inTurn<T>(thing: string, task: () => Promise<T>): Promise<T> {
  const before = last.get(thing);
  // without an earlier one it begins at once
  const own = before === undefined ? task() : before.then(task, task);
  last.set(thing, own);
  try {
    return await own;
  } finally {
    if (last.get(thing) === own) last.delete(thing);
  }
}

/** Runs a task when those that are under way of a thing have ended. Later ones do not wait for it. */
export async function afterOthers<T>(thing: string, task: () => Promise<T>): Promise<T> {
  await last.get(thing)?.catch(() => {});
  return task();
}
