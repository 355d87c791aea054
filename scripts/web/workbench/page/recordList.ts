import { computed, signal } from '@preact/signals';
import type { ListedRecord, ListMessage, RecordSummary } from '../messages.ts';
import type { Sought } from './api.ts';
import { listRecords } from './findRecords.ts';
import { tableTitle } from './formFields.ts';
import { newest } from './newest.ts';
import { dialog, recordNow } from './state.ts';

/** The most records of each table, and of a table alone at first. */
export const mostOfEach = 20;
export const mostOfOne = 200;

/** Which records the list shows. */
export const sought = signal<Sought>({ words: '', shown: 'all', most: mostOfEach });
/** The list; undefined until it has come. */
export const listed = signal<ListMessage | undefined>(undefined);

/** A record of the list, or what shows more of its table. */
export interface Row {
  readonly key: string;
  readonly table: string;
  /** Undefined for the row that shows more. */
  readonly record: ListedRecord | undefined;
}

/** The rows of a table. */
export interface RowGroup {
  readonly table: string;
  readonly title: string;
  readonly count: number;
  readonly rows: readonly Row[];
}

export const groups = computed<readonly RowGroup[]>(() =>
  (listed.value?.tables ?? []).flatMap(({ table, count, records }) => {
    if (records.length === 0) return [];
    const rows: Row[] = records.map((record) => ({ key: keyOf(record), table, record }));
    if (count > records.length) rows.push({ key: `${table}/`, table, record: undefined });
    return [{ table, title: tableTitle(table), count, rows }];
  }),
);

interface Named extends Pick<ListedRecord, 'table' | 'id'> {
  readonly draftName?: string | undefined;
}

/** Identifies a record of the list; a new one by its draft. */
export function keyOf({ table, id, draftName = '' }: Named): string {
  return `${table}/${id === '' ? draftName : id}`;
}

const beginList = newest();
/** The search under way; undefined if the list shows what is sought. */
let latest: Promise<void> | undefined;

/** The share of all records that has been checked; undefined if the list does not wait for a check. */
export const checkedShare = signal<number | undefined>(undefined);

/** What was sought when the list was last the whole answer. */
let wholeOf: Sought | undefined;

/** Lists other records. */
export function seek(change: Partial<Sought>): void {
  sought.value = { ...sought.value, ...change };
  void look();
}

/** Lists the same records as they are now. */
export function look(): Promise<void> {
  const isLast = beginList();
  const list = (): Promise<ListMessage | undefined> =>
    listRecords(sought.value, (all) => {
      if (isLast() && all !== undefined && isWhole(all)) listed.value = all;
    });
  const search = async (): Promise<void> => {
    const found = await list();
    if (!isLast()) return;
    latest = undefined;
    const isPart = !isWhole(found);
    // a check after a change leaves the list of before as it is until it has ended
    if (found !== undefined && !(isPart && wholeOf === sought.value)) listed.value = found;
    if (!isPart) wholeOf = sought.value;
    checkedShare.value = isPart ? found?.checked : undefined;
    // what a check of all records finds is listed as it is found
    if (isPart) void search();
  };
  checkedShare.value = sought.value.shown === 'errors' ? 0 : undefined;
  latest = search();
  return latest;
}

/** Whether a list does not wait for a check. */
function isWhole(found: ListMessage | undefined): boolean {
  return found?.checked === undefined || found.checked === 1;
}

/** The search that the list waits for; undefined if there is none. */
export function looking(): Promise<void> | undefined {
  return latest;
}

/** Shows the other records of a table: alone at first, then more of them. */
export function showMore(table: string): void {
  const { table: before, most } = sought.value;
  seek({ table, most: before === table ? most + mostOfOne : mostOfOne });
}

/** Moves the focus to the field that searches the list. */
export function focusList(): void {
  dialog.value = undefined;
  document.querySelector<HTMLElement>('#source [role="combobox"]')?.focus();
}

/** The record after the open one in the list; undefined if there is none, or the list does not have the open one. */
export function nextListed(): RecordSummary | undefined {
  const now = recordNow.value;
  const records = (listed.value?.tables ?? []).flatMap((each) => each.records).filter(({ id }) => id !== '');
  const at = records.findIndex(({ table, id }) => table === now?.table && id === now.id);
  return at < 0 ? undefined : records[at + 1];
}
