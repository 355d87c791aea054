import type { RecordMessage } from '../messages.ts';
import { ask } from './api.ts';
import { checkLatest } from './checking.ts';
import { emptyEntries } from './emptyEntries.ts';
import { isIn, removeWhole } from '../edit.ts';
import { identifiedIn } from './identified.ts';
import { attempt } from './notice.ts';
import { alsoPassedOver } from './passedOver.ts';
import { renamePromised } from './promised.ts';
import { type Waiting, checked, waiting } from './state.ts';
import { unreviewed } from './unreviewed.ts';

/** What was done before the save of the open record. */
interface SavedFirst {
  /** The first record that cannot be saved; undefined if the open record can be. */
  readonly left: RecordMessage | undefined;
  /** What to say besides. */
  readonly remarks: string;
}

/** Saves the new records that wait for the open one and that it refers to, if it has no other errors. */
export async function saveWaitingFirst(): Promise<SavedFirst> {
  let remarks = '';
  if (waiting.value.length === 0) return { left: undefined, remarks };
  await checkLatest();
  for (const each of neededFirst()) {
    const words = await saveOne(each);
    if (words === undefined) return { left: each.open.record, remarks };
    remarks += words;
  }
  return { left: undefined, remarks };
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

/** Saves a waiting record without the field that waits. Returns what to say besides; undefined if it was not saved. */
async function saveOne({ open: { record, history }, pointer }: Waiting): Promise<string | undefined> {
  const { table, id, draftName } = record;
  // an entry that has only the field that waits is left out
  const empty = emptyEntries(history.now.value).filter((at) => isIn(pointer, at));
  const sent = empty.reduce((rest, at) => removeWhole(rest, at), history.now);
  const answer = await attempt(() => ask('save', { table, id, draftName, ...sent }));
  if (answer === undefined || !('saved' in answer)) return undefined;
  const { saved } = answer;
  renamePromised(record, saved);
  const now = empty.length > 0 ? history.now : { value: saved.value, spans: saved.spans };
  waiting.value = waiting.value.map((each) =>
    each.open.record === record
      ? { ...each, open: { ...each.open, record: saved, history: identifiedIn({ ...history, now }, saved) } }
      : each,
  );
  return `${unreviewed(answer.unreviewed)}${alsoPassedOver(answer.passedOver)}`;
}
