import { useState } from 'preact/hooks';
import type { ReferrerMessage, RemoveMessage } from '../messages.ts';
import { ask } from './api.ts';
import { closeDialog } from './closeDialog.ts';
import { setAt } from './edit.ts';
import { edit } from './editing.ts';
import { focusField } from './focus.ts';
import { titleOf } from './formFields.ts';
import { MainButton } from './MainButton.tsx';
import { attempt, say } from './notice.ts';
import { closeRecord, openRecord } from './openRecords.ts';
import { refreshMarks } from './openSource.ts';
import { today } from './Review.tsx';
import { dialog, open } from './state.ts';

/** Offers to delete the record in the form, and says what prevents it. `reason` is why the record should go. */
export function RemoveRecord({ reason }: { readonly reason: string }) {
  const [answer, setAnswer] = useState<Refusal | undefined>(undefined);
  const record = open.value?.record;
  if (record?.digest === undefined) return null;
  const { table, id, digest, shown } = record;
  const remove = async (): Promise<void> => {
    const made = await attempt(() => ask('remove', { table, id, digest }));
    if (made === undefined) return closeDialog('differences');
    if ('version' in made || 'referrers' in made || 'conflict' in made) return setAnswer(made);
    // the user may have opened another record meanwhile
    if (open.value?.record.table === table && open.value.record.id === id) closeRecord();
    closeDialog('differences');
    say(`Deleted: ${made.removed}`);
    await refreshMarks();
  };
  if (answer !== undefined) return <InTheWay answer={answer} reason={reason} />;
  return (
    <>
      <p>The decision is recorded. The record is still in {shown}.</p>
      <MainButton onClick={() => void remove()}>Delete the record</MainButton>
      <button type="button" onClick={() => (dialog.value = undefined)}>
        Not now
      </button>
    </>
  );
}

/** What prevents a record from being deleted. */
type Refusal = Exclude<RemoveMessage, { readonly removed: string }>;

interface InTheWayProps {
  readonly answer: Refusal;
  readonly reason: string;
}

/** Why a record was not deleted, and what can be done instead. */
function InTheWay({ answer, reason }: InTheWayProps) {
  if ('referrers' in answer) return <Referrers list={answer.referrers} />;
  if ('conflict' in answer) return <p>Not deleted: the file has changed since you opened it. Open the record again.</p>;
  const { version, withdrawalAt } = answer;
  if (withdrawalAt === undefined)
    return (
      <p>
        Not deleted: the record is published in version {version}. Published records are withdrawn instead, but the
        schema of this table has no field for that.
      </p>
    );
  const withdraw = (): void => {
    const withdrawal = { date: today(), ...(reason === '' ? {} : { reason }) };
    edit((before) => setAt(before, withdrawalAt, withdrawal));
    dialog.value = undefined;
    say('Marked as withdrawn, with today’s date and your reason. Save the record.');
  };
  return (
    <>
      <p>Not deleted: the record is published in version {version}. Withdraw it instead.</p>
      <MainButton onClick={withdraw}>Withdraw the record</MainButton>
    </>
  );
}

/** The records that refer to one; each line leads to the field. */
function Referrers({ list }: { readonly list: readonly ReferrerMessage[] }) {
  const go = async ({ table, id, pointer }: ReferrerMessage): Promise<void> => {
    dialog.value = undefined;
    await openRecord(table, id);
    focusField(pointer);
    say(`${titleOf(pointer)} refers to that record. Change it and save. Then delete that record (Alt+C).`);
  };
  return (
    <>
      <p>Not deleted: other records refer to it. Change these fields first:</p>
      <ol class="choices">
        {list.map((each) => (
          <li key={`${each.table} ${each.id} ${each.pointer}`}>
            <button type="button" onClick={() => void go(each)}>
              {each.table}: {each.id} {each.pointer}
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
