import type { SourceMessage } from '../messages.ts';
import { openRecord } from './openRecords.ts';
import { openSource } from './openSource.ts';
import { recordNow, source } from './state.ts';

/** Shows a source and its record as they are now, unless the user has gone on to others. */
export async function showAgain({ table, id }: SourceMessage): Promise<void> {
  if (source.value?.id === id) await openSource(id);
  if (recordNow.value?.table === table && recordNow.value.id === id) await openRecord(table, id);
}
