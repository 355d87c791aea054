import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { count } from '../../../base/text.ts';
import type { RecordMessage } from '../messages.ts';
import type { TiesMessage } from '../removalMessages.ts';
import { ask } from './api.ts';
import { closerOfDialog } from './dialogCloser.ts';
import { Dialog } from './Dialog.tsx';
import { focusField } from './focus.ts';
import { keepNow, stopKeeping } from './keeping.ts';
import { MainButton } from './MainButton.tsx';
import { attempt, say } from './notice.ts';
import { refreshDrafts, show } from './openRecords.ts';
import { openSource, refreshMarks } from './openSource.ts';
import { renameNeeded } from './promised.ts';
import { nameOf } from './RemoveRecord.tsx';
import { recordNow, source, table } from './state.ts';
import { useTies } from './ties.ts';

/** Gives the record in the form another identifier, after showing what refers to it. */
export function RenameDialog() {
  const record = recordNow.value;
  const ties = useTies();
  if (record === undefined) return null;
  return (
    <Dialog label="Change the identifier">
      <h3>Change the identifier of {record.id}</h3>
      {ties === undefined ? (
        <p role="status">Looking for what refers to it…</p>
      ) : ties.commit === undefined ? (
        <RenameForm record={record} ties={ties} />
      ) : (
        <p>
          Commit {ties.commit.slice(0, 12)} holds this record, so its identifier never changes: other people’s records
          and releases can refer to it.
        </p>
      )}
    </Dialog>
  );
}

function RenameForm({ record, ties }: { readonly record: RecordMessage; readonly ties: TiesMessage }) {
  const [to, setTo] = useState(record.id);
  const [fault, setFault] = useState<string | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.select(), []);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (to !== '' && to !== record.id) void rename(record, to).then(setFault);
      }}
    >
      <label>
        Identifier
        <input
          ref={input}
          type="text"
          autocomplete="off"
          value={to}
          aria-invalid={fault !== undefined}
          onInput={(event) => setTo(event.currentTarget.value)}
        />
      </label>
      {fault === undefined ? null : (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <Following ties={ties} />
      <MainButton disabled={to === '' || to === record.id}>Change the identifier</MainButton>
    </form>
  );
}

/** The references that change too. */
function Following({ ties: { referrers } }: { readonly ties: TiesMessage }) {
  if (referrers.length === 0) return <p>No other record refers to it.</p>;
  return (
    <>
      <p>{count(referrers.length, 'reference')} will change with it:</p>
      <ul class="following">
        {referrers.map((each) => (
          <li key={`${each.table} ${each.id} ${each.pointer} ${each.draftName ?? ''}`}>
            {nameOf(each)} {each.pointer}
            {each.isCommitted === true ? ', in the last commit' : ''}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Returns why the identifier was not changed. */
async function rename(record: RecordMessage, to: string): Promise<string | undefined> {
  const { table: of, id, digest = '' } = record;
  const close = closerOfDialog();
  if (!(await keepNow())) return 'Your unsaved changes could not be kept. Save the record first.';
  stopKeeping();
  try {
    const made = await ask('rename', { table: of, id, digest, to });
    if ('conflict' in made) return 'The file has changed since you opened it. Open the record again.';
    if ('commit' in made) return `Commit ${made.commit.slice(0, 12)} holds this record: its identifier never changes.`;
    close();
    await showRenamed(record, to);
    say(`${id} is now ${to}. ${count(made.references, 'reference')} changed with it.`);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Shows the record under its other identifier, with its unsaved changes. */
async function showRenamed(before: RecordMessage, to: string): Promise<void> {
  const now = await attempt(() => ask('record', { table: before.table, id: to }));
  // the user may have opened another record meanwhile
  if (now === undefined || recordNow.value !== before) return;
  show(now);
  renameNeeded(before, now);
  const { key, isSource } = table.value ?? {};
  if (key !== undefined) focusField(`/${key}`);
  void refreshDrafts();
  if (isSource === true && source.value?.id === before.id) await openSource(to);
  else await refreshMarks();
}
