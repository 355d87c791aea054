import { type Signal, signal } from '@preact/signals';
import type { FoundRecord, ListMessage } from '../messages.ts';
import { type Sought, ask } from './api.ts';
import { newest } from './newest.ts';

/** The searches of one kind: only the last one counts. */
interface Searches {
  /** Whether the last search could not search all records yet. */
  readonly isReading: Signal<boolean>;
  readonly begin: () => () => boolean;
}

const finding: Searches = { isReading: signal(false), begin: newest() };
const listing: Searches = { isReading: signal(false), begin: newest() };

/** Whether the last choices, or the last list, can lack records that were not read yet. */
export const isFindingMore = finding.isReading;
export const isListingMore = listing.isReading;

let allRead: Promise<unknown> | undefined;

/** Settles when all records have been read. One request waits for that: a browser sends few at once. */
async function whenAllRead(): Promise<void> {
  allRead ??= ask('find', { words: '' }).catch(() => (allRead = undefined));
  await allRead;
}

/**
 * The answer to a search. While records are still being read, that about the known ones comes at once, and `later` gets
 * that about all of them, unless something else of its kind has been searched for.
 */
async function searching<T extends { readonly isComplete: boolean }>(
  { isReading, begin }: Searches,
  work: () => Promise<T>,
  later: (all: T | undefined) => void,
): Promise<T | undefined> {
  const isLast = begin();
  const search = async (): Promise<T | undefined> => {
    const found = await work().catch(() => undefined);
    if (isLast()) isReading.value = found?.isComplete === false;
    return found;
  };
  const searchAgain = async (): Promise<void> => {
    await whenAllRead();
    if (isLast()) later(await search());
  };
  const known = await search();
  if (known?.isComplete === false) void searchAgain();
  return known;
}

/** Records of some tables, or of all, that match. `later` gets more of them if there are more. */
export async function findRecords(
  sought: { readonly tables?: readonly string[]; readonly words: string },
  later: (all: readonly FoundRecord[]) => void,
): Promise<readonly FoundRecord[]> {
  const known = await searching(
    finding,
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
  return searching(listing, () => ask('list', { ...sought, known: true }), later);
}
