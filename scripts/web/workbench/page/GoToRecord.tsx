import { useState } from 'preact/hooks';
import type { RecordSummary } from '../messages.ts';
import type { Choice } from './choice.ts';
import { Combobox } from './Combobox.tsx';
import { Dialog } from './Dialog.tsx';
import { findRecords, isReading } from './findRecords.ts';
import { goToRecord } from './openRecords.ts';
import { citingSelection } from './sourceText.ts';
import { dialog } from './state.ts';
import { goingOn } from './typedAhead.ts';

/** Finds any record; before anything is typed, those that cite the selected words. */
export function RecordDialog() {
  const [here] = useState(citingSelection.value);
  return (
    <Dialog label="Go to a record">
      <Combobox
        label="Record"
        shown=""
        find={async (words, later) =>
          words === '' && here.length > 0
            ? here.map(choiceOf)
            : (await findRecords({ words }, (all) => later(all.map(choiceOf)))).map(choiceOf)
        }
        choose={(chosen) => {
          const [of = '', id = ''] = chosen.split('/');
          dialog.value = undefined;
          void goingOn(() => goToRecord(of, id));
        }}
      />
      {here.length === 0 ? null : (
        <p class="empty">
          ↓ lists {here.length === 1 ? 'the record that cites' : `the ${here.length} records that cite`} the selected
          words.
        </p>
      )}
      <p class="empty" role="status">
        {isReading.value ? 'Records are still being read: more can follow.' : ''}
      </p>
    </Dialog>
  );
}

function choiceOf({ table: of, id, label }: RecordSummary): Choice {
  return { value: `${of}/${id}`, label: label ?? id, description: `${of} ${id}` };
}
