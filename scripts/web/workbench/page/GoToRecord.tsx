import { useLayoutEffect, useState } from 'preact/hooks';
import { Dialog } from './Dialog.tsx';
import { seek, sought } from './recordList.ts';
import { Records } from './Records.tsx';
import { citingSelection } from './sourceText.ts';

/** Finds any record, beside the text. Those that cite the selected words come first. */
export function RecordDialog() {
  const [here] = useState(citingSelection.value);
  // what was sought before would hide them
  useLayoutEffect(() => {
    if (here.length > 0 && sought.value.words !== '') seek({ words: '' });
  }, []);
  return (
    <Dialog label="Go to a record">
      <h3>Go to a record</h3>
      <Records first={here} />
    </Dialog>
  );
}
