import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { ReferrerMessage, RemoveMessage } from '../removalMessages.ts';
import { ask } from './api.ts';
import { closerOfDialog } from './dialogCloser.ts';
import { Dialog } from './Dialog.tsx';
import { setAt } from '../edit.ts';
import { edit } from './editing.ts';
import { focusField } from './focus.ts';
import { tableNamed, tableTitle, titleOf } from './formFields.ts';
import { MainButton } from './MainButton.tsx';
import { attempt, say } from './notice.ts';
import { closeRecord, openDraft, openRecord, refreshDrafts } from './openRecords.ts';
import { closeSource, refreshMarks } from './openSource.ts';
import { calledIn, toldApart } from './recordName.ts';
import { today } from './signing.ts';
import { dialog, isChanged, open, source } from './state.ts';
import { useTies } from './ties.ts';
import { goingOn } from './typedAhead.ts';
import { unreviewed } from './unreviewed.ts';
import { withoutStop } from './withoutStop.ts';

/** Offers to delete the record in the form, and says what prevents it. */
function RemoveRecord({ children }: { readonly children: ComponentChildren }) {
  const [answer, setAnswer] = useState<Refusal | undefined>(undefined);
  const record = open.value?.record;
  if (record?.digest === undefined) return null;
  const { table: of, id, digest } = record;
  const remove = async (): Promise<void> => {
    const close = closerOfDialog();
    const made = await attempt(() => ask('remove', { table: of, id, digest }));
    if (made === undefined) return close();
    if ('version' in made || 'referrers' in made || 'conflict' in made) return setAnswer(made);
    // the user may have opened another record meanwhile
    if (open.value?.record.table === of && open.value.record.id === id) closeRecord();
    // nothing can cite it any more
    if (tableNamed(of)?.isSource === true && source.value?.id === id) closeSource();
    close();
    const besides = `${textStays(made.text)}${unreviewed(made.unreviewed)}`;
    say(`Deleted: ${made.removed}${besides === '' ? '' : ` ·${besides}`}`);
    await refreshDrafts();
    await refreshMarks();
  };
  if (answer !== undefined) return <InTheWay answer={answer} />;
  return (
    <>
      {children}
      <MainButton onClick={() => (dialog.value = undefined)}>Keep it</MainButton>
      <button type="button" onClick={() => void remove()}>
        Delete the record
      </button>
    </>
  );
}

/** Says which file of a source stays: the page deletes no text, which may have no other copy. */
function textStays(file: string | undefined): string {
  return file === undefined
    ? ''
    : ` The text of the source stays in ${file}: delete that file yourself if you no longer need it.`;
}

/** Asks whether the record in the form is to be deleted, unless something prevents that. */
export function RemoveDialog() {
  const record = open.value?.record;
  const ties = useTies();
  if (record === undefined) return null;
  const { version, withdrawalAt, referrers = [], commit } = ties ?? {};
  const kept = version === undefined ? undefined : { version, withdrawalAt };
  const inTheWay = kept ?? (referrers.length > 0 ? { referrers } : undefined);
  return (
    <Dialog label="Delete a record">
      <h3>Delete {withoutStop(toldApart(calledIn(record), record.id))}?</h3>
      {ties === undefined ? (
        <p role="status">Looking for what refers to it…</p>
      ) : inTheWay === undefined ? (
        <RemoveRecord>
          <p>
            {commit === undefined
              ? `No commit holds ${record.shown}: once deleted, it cannot be brought back.`
              : `Git keeps ${record.shown} as it was committed.`}
            {isChanged.value ? ' Your unsaved changes are lost too.' : ''}
            {textStays(ties.text)}
          </p>
        </RemoveRecord>
      ) : (
        <InTheWay answer={inTheWay} />
      )}
    </Dialog>
  );
}

/** What prevents a record from being deleted. */
type Refusal = Exclude<RemoveMessage, { readonly removed: string }>;

/** Why a record was not deleted, and what can be done instead. */
function InTheWay({ answer }: { readonly answer: Refusal }) {
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
    edit((before) => setAt(before, withdrawalAt, { date: today() }));
    dialog.value = undefined;
    focusField(`${withdrawalAt}/reason`);
    say('Marked as withdrawn, with today’s date. Say why, then save the record.');
  };
  return (
    <>
      <p>Not deleted: the record is published in version {version}. Withdraw it instead.</p>
      <MainButton onClick={withdraw}>Withdraw the record</MainButton>
    </>
  );
}

/** The records that refer to one; each line leads to the field. */
export function Referrers({ list }: { readonly list: readonly ReferrerMessage[] }) {
  const go = async ({ table: of, id, pointer, draftName }: ReferrerMessage): Promise<void> => {
    dialog.value = undefined;
    if (draftName === undefined) await openRecord(of, id);
    else await openDraft({ table: of, id: '', draftName, label: id });
    focusField(pointer);
    say(`${titleOf(pointer)} refers to that record. Change it and save. Then delete that record.`);
  };
  return (
    <>
      <p>Not deleted: other records refer to it. Change these fields first:</p>
      <ol class="choices">
        {list.map((each) => (
          <li key={`${each.table} ${each.id} ${each.pointer} ${each.draftName ?? ''}`}>
            <button type="button" onClick={() => void goingOn(() => go(each))}>
              {nameOf(each)} {each.pointer}
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

/** The name of a record or draft with a reference. */
export function nameOf({ table: of, id, draftName }: ReferrerMessage): string {
  const name = id === '' ? 'new record' : id;
  return `${tableTitle(of)}: ${name}${draftName === undefined ? '' : ' (draft)'}`;
}
