import type { RecordMessage } from '../messages.ts';
import { ask } from './api.ts';
import { checkLatest } from './checking.ts';
import { attempt } from './notice.ts';
import { renamePromised } from './promised.ts';
import { type Waiting, checked, waiting } from './state.ts';

/**
 * Saves the new records that wait for the open one and that it refers to, if it has no other errors. Returns the first
 * that cannot be saved; undefined if the open record can be.
 */
export async function saveWaitingFirst(): Promise<RecordMessage | undefined> {
  if (waiting.value.length === 0) return undefined;
  await checkLatest();
  for (const each of neededFirst()) if (!(await saveOne(each))) return each.open.record;
  return undefined;
}

/** The waiting records that the open one needs; none if it has errors besides. */
function neededFirst(): readonly Waiting[] {
  const errors = (checked.value?.problems ?? []).filter(({ severity }) => severity === 'error');
  const needed = errors.map(({ actions }) =>
    waiting.value.find(({ open: { record } }) =>
      actions.some(
        (action) => action.kind === 'draft' && action.table === record.table && action.draftName === record.draftName,
      ),
    ),
  );
  const found = needed.filter((each) => each !== undefined);
  return found.length < errors.length ? [] : [...new Set(found)];
}

/** Saves a waiting record without the field that waits. Returns whether it was saved. */
async function saveOne({ open: { record, history } }: Waiting): Promise<boolean> {
  const { table, id, draftName } = record;
  const answer = await attempt(() => ask('save', { table, id, draftName, ...history.now }));
  if (answer === undefined || !('saved' in answer)) return false;
  const { saved } = answer;
  renamePromised(record, saved);
  const now = { value: saved.value, spans: saved.spans };
  waiting.value = waiting.value.map((each) =>
    each.open.record === record
      ? { ...each, open: { ...each.open, record: saved, history: { ...history, now, last: undefined } } }
      : each,
  );
  return true;
}
