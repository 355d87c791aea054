import type { DraftSummary } from '../messages.ts';
import { ask } from './api.ts';
import { goOnWithout } from './createInPlace.ts';
import { stopKeeping, withoutKeeping } from './keeping.ts';
import { attempt, say } from './notice.ts';
import { calledIn } from './recordName.ts';
import { closeRecord, refreshDrafts, show } from './openRecords.ts';
import { closeEmpty } from './reveal.ts';
import { saved } from './saveUnderWay.ts';
import { dialog, discarding, isChanged, leftDraft, recordNow, waiting } from './state.ts';

/** Whether a draft is that of the record in the form. */
export function isOpenNow({ table, draftName }: Pick<DraftSummary, 'table' | 'draftName'>): boolean {
  return recordNow.value?.table === table && recordNow.value.draftName === draftName;
}

/** Asks whether a draft is to be discarded. */
export function askToDiscard(draft: DraftSummary): void {
  discarding.value = draft;
  dialog.value = 'discard';
}

/** Asks whether what is not saved of the open record is to be discarded, or else whether it is to be deleted. */
export function discardOrDelete(): void {
  const now = recordNow.value;
  if (now === undefined) return;
  if (isChanged.value) return askToDiscard({ ...now, label: calledIn(now) });
  if (now.id === '') return say('This new record is empty: there is nothing to discard.');
  dialog.value = 'delete';
}

/** Deletes a draft. If its record is in the form, the form shows the saved record, or the one that waits for it. */
export async function discard(draft: DraftSummary): Promise<void> {
  await saved();
  if (!(await withoutKeeping(draft, () => discardNow(draft)))) return;
  if (leftDraft.value?.table === draft.table && leftDraft.value.draftName === draft.draftName)
    leftDraft.value = undefined;
  await refreshDrafts();
  say('The draft is discarded.');
}

/** Returns whether it is discarded. */
async function discardNow({ table, draftName }: DraftSummary): Promise<boolean> {
  const isOpen = (): boolean => isOpenNow({ table, draftName });
  if (isOpen()) stopKeeping();
  const done = await attempt(() => ask('discard', { table, draftName }));
  if (done === undefined) return false;
  if (isOpen()) await showWithout(isOpen);
  return true;
}

/** Shows what is left without the draft in the form. */
async function showWithout(isOpen: () => boolean): Promise<void> {
  const { table = '', id = '' } = recordNow.value ?? {};
  const record = id === '' ? undefined : await attempt(() => ask('record', { table, id }));
  // the user may have opened another record meanwhile
  if (!isOpen()) return;
  const waits = waiting.value;
  if (record === undefined) closeRecord();
  else show(record);
  closeEmpty();
  waiting.value = waits;
  if (record === undefined) await goOnWithout();
}
