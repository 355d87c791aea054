import { signal } from '@preact/signals';
import type { FoundRecord } from '../messages.ts';
import { ask } from './api.ts';

/** Whether the last search could not search all records yet. */
export const isReading = signal(false);

let searches = 0;

let allRead: Promise<unknown> | undefined;

/** Settles when all records have been read. One request waits for that: a browser sends few at once. */
async function whenAllRead(): Promise<void> {
  allRead ??= ask('find', { words: '' }).catch(() => (allRead = undefined));
  await allRead;
}

/**
 * Records of some tables, or of all, that match. While records are still being read, those that are known come at once,
 * and `later` gets all of them, unless something else has been searched for.
 */
export async function findRecords(
  sought: { readonly tables?: readonly string[]; readonly words: string },
  later: (all: readonly FoundRecord[]) => void,
): Promise<readonly FoundRecord[]> {
  const number = ++searches;
  const search = async (): Promise<readonly FoundRecord[]> => {
    const found = await ask('find', { ...sought, known: true }).catch(() => undefined);
    if (number === searches) isReading.value = found?.isComplete === false;
    return found?.records ?? [];
  };
  const searchAgain = async (): Promise<void> => {
    await whenAllRead();
    if (number === searches) later(await search());
  };
  const known = await search();
  if (isReading.value) void searchAgain();
  return known;
}
