import { signal } from '@preact/signals';
import type { FoundRecord, ListMessage } from '../messages.ts';
import { type Sought, ask } from './api.ts';

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
 * The answer to a search. While records are still being read, that about the known ones comes at once, and `later` gets
 * that about all of them, unless something else has been searched for.
 */
async function searching<T extends { readonly isComplete: boolean }>(
  work: () => Promise<T>,
  later: (all: T | undefined) => void,
): Promise<T | undefined> {
  const number = ++searches;
  const search = async (): Promise<T | undefined> => {
    const found = await work().catch(() => undefined);
    if (number === searches) isReading.value = found?.isComplete === false;
    return found;
  };
  const searchAgain = async (): Promise<void> => {
    await whenAllRead();
    if (number === searches) later(await search());
  };
  const known = await search();
  if (isReading.value) void searchAgain();
  return known;
}

/** Records of some tables, or of all, that match. `later` gets more of them if there are more. */
export async function findRecords(
  sought: { readonly tables?: readonly string[]; readonly words: string },
  later: (all: readonly FoundRecord[]) => void,
): Promise<readonly FoundRecord[]> {
  const known = await searching(
    () => ask('find', { ...sought, known: true }),
    (all) => later(all?.records ?? []),
  );
  return known?.records ?? [];
}

/** A list of records; undefined if there is no answer. `later` gets it again if there are more. */
export function listRecords(
  sought: Sought,
  later: (all: ListMessage | undefined) => void,
): Promise<ListMessage | undefined> {
  return searching(() => ask('list', { ...sought, known: true }), later);
}
