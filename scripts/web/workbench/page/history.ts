/** Every state of an edited value: undo is unlimited. */
export interface History<T> {
  readonly past: readonly T[];
  readonly now: T;
  readonly future: readonly T[];
  /** Name of the last edit: an edit of the same name joins its step. */
  readonly last: string | undefined;
}

export function begun<T>(now: T): History<T> {
  return { past: [], now, future: [], last: undefined };
}

/** Adds a step. It joins the last one if both have the same name, so that undo removes a word and not a letter. */
export function stepped<T>({ past, now, last }: History<T>, next: T, name?: string): History<T> {
  const joins = name !== undefined && name === last;
  return { past: joins ? past : [...past, now], now: next, future: [], last: name };
}

export function undone<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future], last: undefined };
}

export function redone<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future;
  return next === undefined ? history : { past: [...history.past, history.now], now: next, future, last: undefined };
}

/** The same steps, with every state changed. */
export function inEvery<T>({ past, now, future, last }: History<T>, change: (state: T) => T): History<T> {
  return { past: past.map(change), now: change(now), future: future.map(change), last };
}
