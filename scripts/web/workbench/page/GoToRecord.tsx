import { ask } from './api.ts';
import { Combobox } from './Combobox.tsx';
import { Dialog } from './Dialog.tsx';
import { openRecord } from './openRecords.ts';
import { dialog } from './state.ts';
import { goingOn } from './typedAhead.ts';

export function RecordDialog() {
  return (
    <Dialog label="Go to a record">
      <Combobox
        label="Record"
        shown=""
        find={async (words) =>
          (await ask('find', { words }).catch(() => [])).map(({ table: of, id, label }) => ({
            value: `${of}/${id}`,
            label: label ?? id,
            description: `${of} ${id}`,
          }))
        }
        choose={(chosen) => {
          const [of = '', id = ''] = chosen.split('/');
          dialog.value = undefined;
          void goingOn(() => openRecord(of, id));
        }}
      />
    </Dialog>
  );
}
