import { useEffect, useState } from 'preact/hooks';
import type { Words } from './state.ts';

/** Milliseconds after which words count as selected. */
const pause = 100;

/** What some words mean, and their place. */
export interface Meaning<T> {
  readonly found: T;
  readonly from: Words;
}

/**
 * What the first of some words mean that mean anything; undefined if none do, or if the server does not answer.
 * `find` is called again when the words change, or `about`, which says what they are asked about.
 */
export function useMeaning<T extends object>(
  all: readonly Words[],
  about: string,
  find: (words: Words) => Promise<T | undefined>,
  isAny: (found: T) => boolean,
): Meaning<T> | undefined {
  const [meaning, setMeaning] = useState<Meaning<T> | undefined>(undefined);
  useEffect(() => {
    setMeaning(undefined);
    let isCurrent = true;
    const look = async (): Promise<void> => {
      for (const from of all) {
        const found = await find(from).catch(() => undefined);
        if (!isCurrent || found === undefined) return;
        if (isAny(found)) return setMeaning({ found, from });
      }
    };
    const timer = setTimeout(() => void look(), pause);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [JSON.stringify(all), about]);
  return meaning;
}
