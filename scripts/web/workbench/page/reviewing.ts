import { computed, signal } from '@preact/signals';
import type { RecordKey } from '../messages.ts';
import { say } from './notice.ts';
import { openRecord } from './openRecords.ts';
import { citations, dialog, source } from './state.ts';

/** The records that a reviewer has looked at since the page was opened, by source. */
const lookedAt = signal<ReadonlyMap<string, ReadonlySet<string>>>(new Map());

function keyOf({ table, id }: RecordKey): string {
  return JSON.stringify([table, id]);
}

/** The records to review: those that cite the source, and its own. */
export const toReview = computed(() => {
  const seen = lookedAt.value.get(source.value?.id ?? '');
  const records = (citations.value?.records ?? []).filter(({ withdrawn }) => !withdrawn);
  return records.map((record) => ({ ...record, isSeen: seen?.has(keyOf(record)) === true }));
});

/** Opens a record of the review. Its words are in view. Returns whether it is open. */
export async function lookAt(record: RecordKey): Promise<boolean> {
  const of = source.value?.id ?? '';
  dialog.value = undefined;
  if (!(await openRecord(record.table, record.id))) return false;
  lookedAt.value = new Map([...lookedAt.value, [of, new Set([...(lookedAt.value.get(of) ?? []), keyOf(record)])]]);
  const seen = toReview.value.filter(({ isSeen }) => isSeen).length;
  say(`Record ${seen} of ${toReview.value.length} in this review. Compare it with the text, then press Alt+V.`);
  return true;
}
