import { useEffect, useState } from 'preact/hooks';
import type { DifferingRecords, RecordMessage } from '../messages.ts';
import { ask } from './api.ts';
import { Dialog } from './Dialog.tsx';
import { differencesOf, takingFrom } from './differences.ts';
import { type Choice, Settle, fromSecond } from './Settle.tsx';
import { attempt, content, dialog, edit, hiddenNames, open, openRecord, say, source, start } from './state.ts';

/** Where this coding of the source and the other one differ; each difference is settled in the form. */
export function DifferencesDialog() {
  const [list, setList] = useState<readonly DifferingRecords[] | undefined>(undefined);
  const [other, setOther] = useState<RecordMessage | undefined>(undefined);
  const [by, setBy] = useState(start.value?.user ?? '');
  const id = source.value?.id ?? '';
  useEffect(() => {
    const look = async (): Promise<void> => setList((await attempt(() => ask('differing', { source: id }))) ?? []);
    void look();
  }, [id]);
  const compare = async ({ table, first, second }: DifferingRecords): Promise<void> => {
    if (first !== undefined) await openRecord(table, first);
    if (second === undefined) return void (dialog.value = undefined);
    const theirs = await attempt(() => ask('other', { table, id: second }));
    if (theirs !== undefined && first !== undefined) setOther(theirs);
  };
  const settle = async (choices: readonly Choice[]): Promise<void> => {
    const first = open.value?.record;
    if (other === undefined || first === undefined) return;
    edit((before) => takingFrom(before, other, fromSecond(choices)));
    const date = new Date().toISOString().slice(0, 10);
    const decisions = choices.map(({ pointer, chosen, reason }) => {
      const about = { table: first.table, first: first.id, second: other.id, field: pointer };
      return { ...about, chosen, reason, by, date };
    });
    const kept = await attempt(() => ask('decide', { decisions }));
    if (kept === undefined) return;
    dialog.value = undefined;
    say('Settled, and the decisions are kept. Save the record.');
  };
  const now = content.value;
  return (
    <Dialog label="Differences of two codings">
      <h3>Differences of two codings</h3>
      {other !== undefined && now !== undefined ? (
        <>
          <label>
            Who decides
            <input type="text" value={by} onInput={(event) => setBy(event.currentTarget.value)} />
          </label>
          <Settle
            names={['first coding', 'second coding']}
            differences={differencesOf(now.value, other.value, hiddenNames())}
            asksWhy
            done={(choices) => void settle(choices)}
          />
        </>
      ) : list === undefined ? (
        <p>Comparing …</p>
      ) : list.length === 0 ? (
        <p>The two codings of this source do not differ.</p>
      ) : (
        <ol class="choices">
          {list.map((pair) => (
            <li key={`${pair.table} ${pair.first ?? ''} ${pair.second ?? ''}`}>
              <button type="button" onClick={() => void compare(pair)}>
                {pair.table}:{' '}
                {pair.first === undefined
                  ? `${pair.second ?? ''} only in the second coding`
                  : pair.second === undefined
                    ? `${pair.first} only in the first coding`
                    : `${pair.first} and ${pair.second}`}
              </button>
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
}
