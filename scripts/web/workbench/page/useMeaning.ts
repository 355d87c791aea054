import { useLayoutEffect, useState } from 'preact/hooks';
import type { Words } from './state.ts';

/** Milliseconds after which words count as selected. */
const pause = 100;

/** What some words mean, and their place. */
export interface Meaning<T> {
  readonly found: T;
  readonly from: Words;
}

let looking: Promise<void> = Promise.resolve();

/** Waits until it is known what the words mean that were asked about last. */
export async function meaningKnown(): Promise<void> {
  await looking;
}

/** The answer about some words. */
interface Known<T> {
  readonly isKnown: boolean;
  /** Undefined if none of the words mean anything, or if the server does not answer. */
  readonly meaning: Meaning<T> | undefined;
}

/**
 * What the first of some words mean that mean anything. `find` is called again when the words change, or `about`, which
 * says what they are asked about.
 */
export function useMeaning<T extends object>(
  all: readonly Words[],
  about: string,
  find: (words: Words) => Promise<T | undefined>,
  isAny: (found: T) => boolean,
): Known<T> {
  const asked = JSON.stringify([all, about]);
  const [answer, setAnswer] = useState<{ readonly asked: string; readonly meaning: Meaning<T> | undefined }>();
  useLayoutEffect(() => {
    if (all.length === 0) return undefined;
    let isCurrent = true;
    const look = async (): Promise<void> => {
      for (const from of all) {
        const found = await find(from).catch(() => undefined);
        if (!isCurrent) return;
        if (found !== undefined && isAny(found)) return setAnswer({ asked, meaning: { found, from } });
      }
      setAnswer({ asked, meaning: undefined });
    };
    let end = (): void => undefined;
    looking = new Promise((resolve) => (end = resolve));
    const timer = setTimeout(() => void look().finally(end), pause);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      end();
    };
  }, [asked]);
  const isKnown = all.length === 0 || answer?.asked === asked;
  return { isKnown, meaning: answer?.asked === asked ? answer.meaning : undefined };
}
