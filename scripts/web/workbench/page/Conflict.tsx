import { useMemo } from 'preact/hooks';
import type { RecordContent, RecordMessage } from '../messages.ts';
import { Dialog } from './Dialog.tsx';
import { DiscardButton } from './Discard.tsx';
import { rebase } from './editing.ts';
import { titleOf } from './formFields.ts';
import { MainButton } from './MainButton.tsx';
import { type MergedField, type Side, merge } from './merge.ts';
import { say } from './notice.ts';
import { type Choice, Settle } from './Settle.tsx';
import { shown } from './shown.ts';
import { openDraft } from './openRecords.ts';
import { type Open, conflict, dialog, open, recordNow, table } from './state.ts';
import { goingOn } from './typedAhead.ts';

/** Says that there is no saved version, and offers what can be done with the one in the form. */
function Gone() {
  const now = recordNow.value;
  if (now === undefined) return null;
  const { table: of, id, draftName } = now;
  return (
    <>
      <p>{id} was deleted or renamed. Your version is kept as a draft.</p>
      <MainButton
        onClick={() => {
          dialog.value = undefined;
          void goingOn(() => openDraft({ table: of, id, draftName, label: id }));
        }}
      >
        Make it a new record
      </MainButton>
      <DiscardButton draft={{ table: of, id, draftName, label: id }} />
    </>
  );
}

/** The version in the form and the saved one, merged. Nothing is written until the record is saved. */
export function ConflictDialog() {
  const [theirs, now] = [conflict.value, open.value];
  if (now === undefined || theirs === undefined) return null;
  return (
    <Dialog isWide label="The file has changed">
      <h3>The file has changed since you opened it</h3>
      {theirs === 'gone' ? <Gone /> : <Merge now={now} theirs={theirs} />}
      <button type="button" onClick={() => (dialog.value = undefined)}>
        Close
      </button>
    </Dialog>
  );
}

/** The version that the unsaved changes began with; undefined if it is not known. */
function baseOf({ base, value, spans }: RecordMessage): RecordContent | undefined {
  if (base === undefined) return { value, spans };
  return base === 'not known' ? undefined : base;
}

const nothingChosen: ReadonlyMap<string, Side> = new Map();

/** What was merged, and the fields that both versions changed: one of the two has to be chosen. */
function Merge({ now, theirs }: { readonly now: Open; readonly theirs: RecordMessage }) {
  const mine = now.history.now;
  const base = baseOf(now.record);
  const versions = { base, mine, theirs };
  const hidden = table.value?.hidden ?? [];
  const found = useMemo(() => merge(versions, { chosen: nothingChosen, hidden }), [now, theirs]);
  const take = (choices: readonly Choice[]): void => {
    const chosen = new Map<string, Side>(
      choices.map(({ pointer, chosen: which }) => [pointer, which === 'second' ? 'theirs' : 'mine']),
    );
    rebase(theirs, merge(versions, { chosen, hidden }).content);
    dialog.value = undefined;
    say('Merged. Save the record.');
  };
  const { conflicts, merged } = found;
  return (
    <>
      {conflicts.length === 0 ? (
        <>
          <p>You and the saved version changed different fields. Nothing is lost in the merged version.</p>
          <MergedFields list={merged} />
          <MainButton onClick={() => take([])}>Use the merged version</MainButton>
        </>
      ) : (
        <>
          {base === undefined ? (
            <p>The version that you began with is not known: choose for each field that differs.</p>
          ) : (
            <p>Both versions changed these fields: choose one value for each.</p>
          )}
          <Settle
            names={['Your version', 'Saved version']}
            differences={conflicts.map(({ pointer, before, mine: first, theirs: second }) => ({
              pointer,
              before,
              first,
              second,
            }))}
            showsBefore={base !== undefined}
            done={take}
          />
          <MergedFields list={merged} />
        </>
      )}
    </>
  );
}

/** The fields that only one of the versions changed. */
function MergedFields({ list }: { readonly list: readonly MergedField[] }) {
  if (list.length === 0) return null;
  return (
    <>
      <h4>Merged, because only one version changed them</h4>
      <ul class="merged">
        {list.map(({ pointer, by, before, after }) => (
          <li key={pointer}>
            {titleOf(pointer)}: <Change before={before} after={after} /> ({by === 'mine' ? 'you' : 'saved version'})
          </li>
        ))}
      </ul>
    </>
  );
}

function Change({ before, after }: Pick<MergedField, 'before' | 'after'>) {
  if (after === undefined) return <>{shown(before)} removed</>;
  if (before === undefined)
    return (
      <>
        <b>{shown(after)}</b> added
      </>
    );
  return (
    <>
      {shown(before)} → <b>{shown(after)}</b>
    </>
  );
}
