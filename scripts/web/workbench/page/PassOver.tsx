import { useState } from 'preact/hooks';
import { ask } from './api.ts';
import { Dialog } from './Dialog.tsx';
import { attempt, dialog, isChanged, open, openRecord, openSource, say, selection, source, table } from './state.ts';

/** Asks why the selected words need no record; the answer is kept in the source's record. */
export function PassOverDialog() {
  const [reason, setReason] = useState('');
  const submit = async (): Promise<void> => {
    const words = selection.value;
    const of = source.value;
    dialog.value = undefined;
    if (words === undefined || of === undefined) return say('Select words in the text first.');
    const isOpen = table.value?.name === of.table && open.value?.record.id === of.id;
    if (isOpen && isChanged.value) return say('Save the record of the source first.');
    const answer = await attempt(() => ask('passOver', { ...words, reason }));
    if (answer === undefined) return;
    if (!('saved' in answer)) return say('Not kept: the record of the source has a problem. Open it and correct it.');
    await openSource(of.id);
    if (isOpen) await openRecord(of.table, of.id);
    say('Kept in the record of the source.');
  };
  return (
    <Dialog label="No record needed">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <h3>No record needed</h3>
        <label>
          Why the selected words need no record
          <input
            type="text"
            value={reason}
            placeholder="background, known from elsewhere"
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="primary" disabled={reason.trim() === ''}>
          Keep
        </button>
      </form>
    </Dialog>
  );
}
