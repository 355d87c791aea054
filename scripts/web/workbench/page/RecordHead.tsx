import type { RecordMessage } from '../messages.ts';
import { pinWords } from './commands.ts';
import { goBack, saveAndReturn } from './createInPlace.ts';
import { wordsOf } from './sourceText.ts';
import { pinned, isChanged, open, table, waiting } from './state.ts';

function nameOf(record: RecordMessage | undefined): string {
  return record === undefined || record.id === '' ? 'the new record' : record.id;
}

export function RecordHead() {
  const now = open.value;
  if (now === undefined)
    return <p class="empty">Open a record, or select words in the text and press Alt+N to make one.</p>;
  const { record } = now;
  const words = pinned.value;
  return (
    <div class="record-head">
      <h2>
        {table.value?.title}: {record.id === '' ? 'new record' : record.id}
        {isChanged.value ? <span class="changed"> (not saved)</span> : null}
      </h2>
      {words === undefined ? null : (
        <p class="pinned">
          Pinned: “{wordsOf(words)}”{' '}
          <button type="button" onClick={pinWords}>
            Unpin
          </button>
        </p>
      )}
      {waiting.value.length === 0 ? null : (
        <button type="button" onClick={() => void goBack()}>
          Back to {nameOf(waiting.value.at(-1)?.open.record)}
        </button>
      )}
      <button type="button" class="primary" onClick={() => void saveAndReturn()}>
        Save
      </button>
    </div>
  );
}
