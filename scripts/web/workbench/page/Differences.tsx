import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { DifferingRecords, RecordMessage } from '../messages.ts';
import { ask } from './api.ts';
import { closeDialog } from './closeDialog.ts';
import { Dialog } from './Dialog.tsx';
import { differencesOf, takingFrom } from './differences.ts';
import { RemoveRecord } from './RemoveRecord.tsx';
import { today } from './Review.tsx';
import { type Choice, Settle, fromSecond } from './Settle.tsx';
import { edit } from './editing.ts';
import { hiddenNames, tableTitle } from './formFields.ts';
import { MainButton } from './MainButton.tsx';
import { attempt, say } from './notice.ts';
import { beginRecord, openRecord } from './openRecords.ts';
import { content, open, source, start } from './state.ts';
import { goingOn } from './typedAhead.ts';

/** The records in which the two codings of a source differ. Differences are resolved in the form. */
export function DifferencesDialog() {
  const [list, setList] = useState<readonly DifferingRecords[] | undefined>(undefined);
  const [pair, setPair] = useState<DifferingRecords | undefined>(undefined);
  const id = source.value?.id ?? '';
  const choices = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => choices.current?.querySelector('button')?.focus(), [list]);
  useEffect(() => {
    const look = async (): Promise<void> => setList((await attempt(() => ask('differing', { source: id }))) ?? []);
    void look();
  }, [id]);
  const compare = async (chosen: DifferingRecords): Promise<void> => {
    if (chosen.first === undefined || (await openRecord(chosen.table, chosen.first))) setPair(chosen);
  };
  const settled = list?.filter((each) => each.settled).length ?? 0;
  return (
    <Dialog isWide label="Compare codings">
      <h3>Compare codings</h3>
      {pair !== undefined ? (
        <PairForm pair={pair} />
      ) : list === undefined ? (
        <p>Comparing…</p>
      ) : list.length === 0 ? (
        <p>The two codings of this source are the same.</p>
      ) : (
        <>
          <p>
            {list.length} {list.length === 1 ? 'record differs' : 'records differ'}. Resolved: {settled}.
          </p>
          <ol class="choices" ref={choices}>
            {list.map((each) => (
              <li key={`${each.table} ${each.first ?? ''} ${each.second ?? ''}`}>
                <button type="button" onClick={() => void compare(each)}>
                  {tableTitle(each.table)}: {namesOf(each)}
                  {each.settled ? ' (resolved)' : ''}
                </button>
              </li>
            ))}
          </ol>
        </>
      )}
    </Dialog>
  );
}

function namesOf({ first, second }: DifferingRecords): string {
  if (first === undefined) return `${second ?? ''}, only in the second coding`;
  return second === undefined ? `${first}, only in the first coding` : `${first} and ${second}`;
}

/** One difference: two records field by field, or whether there is a record at all. */
function PairForm({ pair }: { readonly pair: DifferingRecords }) {
  const { table, first, second } = pair;
  const [other, setOther] = useState<RecordMessage | undefined>(undefined);
  const [removing, setRemoving] = useState<string | undefined>(undefined);
  const [by, setBy] = useState(start.value?.user ?? '');
  useEffect(() => {
    const look = async (): Promise<void> => {
      if (second !== undefined) setOther(await attempt(() => ask('other', { table, id: second })));
    };
    void look();
  }, [table, second]);
  const keep = async (choices: readonly Choice[]): Promise<boolean> => {
    const about = { table, first: first ?? '', second: second ?? '', by, date: today() };
    const decisions = choices.map(({ pointer, chosen, reason }) => ({ ...about, field: pointer, chosen, reason }));
    return (await attempt(() => ask('decide', { decisions }))) !== undefined;
  };
  const settleFields = async (choices: readonly Choice[]): Promise<void> => {
    const record = open.value?.record;
    if (other === undefined || record === undefined || !(await keep(choices))) return;
    if (open.value?.record !== record)
      return say('The decisions are recorded, but the record was left before it got the values. Compare again.', true);
    edit((before) => takingFrom(before, other, fromSecond(choices)));
    closeDialog('differences');
    say('Differences resolved and decisions recorded. Save the record.');
  };
  const settleRecord = async (chosen: 'first' | 'second', reason: string): Promise<void> => {
    if (chosen === 'second' && first === undefined && other === undefined) return;
    if (!(await keep([{ pointer: '', chosen, reason }]))) return;
    if (chosen === 'second' && first === undefined && other !== undefined) {
      if (!(await beginRecord(table, undefined))) return;
      edit(() => ({ value: other.value, spans: other.spans }));
      closeDialog('differences');
      return say('Added from the second coding. The decision is recorded. Save the record.');
    }
    if (chosen === 'second') return setRemoving(reason);
    closeDialog('differences');
    say(first === undefined ? 'Left out. The decision is recorded.' : 'Kept. The decision is recorded.');
  };
  const now = content.value;
  if (removing !== undefined)
    return (
      <RemoveRecord reason={removing} inDialog="differences" isDecided>
        <p>The decision is recorded. The record is still in {open.value?.record.shown}.</p>
      </RemoveRecord>
    );
  return (
    <>
      <label>
        Decided by
        <input type="text" value={by} onInput={(event) => setBy(event.currentTarget.value)} />
      </label>
      {first === undefined || second === undefined ? (
        <WholeRecord
          pair={pair}
          other={other}
          done={(chosen, reason) => void goingOn(() => settleRecord(chosen, reason))}
        />
      ) : other !== undefined && now !== undefined ? (
        <Settle
          names={['First coding', 'Second coding']}
          differences={differencesOf(now.value, other.value, hiddenNames())}
          shows={{ before: false, why: true }}
          done={(choices) => void goingOn(() => settleFields(choices))}
        />
      ) : (
        <p>Comparing…</p>
      )}
    </>
  );
}

interface WholeRecordProps {
  readonly pair: DifferingRecords;
  readonly other: RecordMessage | undefined;
  readonly done: (chosen: 'first' | 'second', reason: string) => void;
}

/** A record that only one of the codings has. */
function WholeRecord({ pair, other, done }: WholeRecordProps) {
  const [reason, setReason] = useState('');
  const isTheirs = pair.first === undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        done(isTheirs ? 'second' : 'first', reason);
      }}
    >
      <p>
        {tableTitle(pair.table)}: {namesOf(pair)}
      </p>
      {isTheirs && other !== undefined ? (
        <pre class="report" tabIndex={0}>
          {JSON.stringify(other.value, null, 2)}
        </pre>
      ) : null}
      <label>
        Reason
        <input type="text" value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      <MainButton disabled={isTheirs && other === undefined}>
        {isTheirs ? 'Add this record' : 'Keep this record'}
      </MainButton>
      <button type="button" onClick={() => done(isTheirs ? 'first' : 'second', reason)}>
        {isTheirs ? 'Leave it out' : 'Delete this record'}
      </button>
    </form>
  );
}
