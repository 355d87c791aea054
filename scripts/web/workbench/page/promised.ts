import { computed, signal } from '@preact/signals';
import type { RecordMessage } from '../messages.ts';
import { type Waiting, open, opened, recordNow, waiting } from './state.ts';

type Named = Pick<RecordMessage, 'table' | 'draftName'>;

/** A record that was left before it was saved, and the field of another one that gets its identifier. */
export interface Promised {
  readonly needed: Named;
  readonly by: Named;
  readonly pointer: string;
  /** The empty fields of the other record: a save drops them. */
  readonly opened: ReadonlySet<string>;
  /** What was given with the name of the needed record, if it was; what else was to be made is left to the user. */
  readonly toMake: Waiting['toMake'];
}

const promised = signal<readonly Promised[]>([]);

function isSame(one: Named | undefined, other: Named): boolean {
  return one?.table === other.table && one.draftName === other.draftName;
}

/** Whether a save of the open record returns to another one. */
export const leadsBack = computed(
  () => waiting.value.length > 0 || promised.value.some(({ needed }) => isSame(recordNow.value, needed)),
);

/** Notes what waits for the open record before it is left: its save must still lead back. */
export function notePromises(): void {
  const waits = waiting.value;
  const now = waits.flatMap(({ open: { record: by }, pointer, opened: empty, toMake }, i): readonly Promised[] => {
    const needed = (waits[i + 1]?.open ?? open.value)?.record;
    return needed === undefined ? [] : [{ needed, by, pointer, opened: empty, toMake: toMake.slice(0, 1) }];
  });
  const others = promised.value.filter(({ needed }) => !now.some((each) => isSame(needed, each.needed)));
  promised.value = [...others, ...now];
}

/** What was noted for a record; it is due once. */
export function takePromise(record: Named): Promised | undefined {
  const found = promised.value.find(({ needed }) => isSame(record, needed));
  if (found !== undefined) promised.value = promised.value.filter((each) => each !== found);
  return found;
}

/** Follows a record that got its name from its first save. */
export function renamePromised(before: Named, after: Named): void {
  promised.value = promised.value.map((each) => (isSame(each.by, before) ? { ...each, by: after } : each));
}

/** Follows a saved record that got another name: what waits for it still does. */
export function renameNeeded(before: Named, after: Named): void {
  renamePromised(before, after);
  promised.value = promised.value.map((each) => (isSame(each.needed, before) ? { ...each, needed: after } : each));
}

/** Opens the empty fields that the other record had. */
export function reopen({ opened: empty }: Promised): void {
  opened.value = new Set([...opened.value, ...empty]);
}
