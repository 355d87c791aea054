import { Dialog } from './Dialog.tsx';
import { differencesOf, takingFrom, withEvidenceOf } from './differences.ts';
import { rebase } from './editing.ts';
import { say } from './notice.ts';
import { type Choice, Settle, fromSecond } from './Settle.tsx';
import { conflict, content, dialog, table } from './state.ts';

/** The saved version beside the version in the form. Nothing is written until the conflict is resolved. */
export function ConflictDialog() {
  const theirs = conflict.value;
  const now = content.value;
  if (now === undefined) return null;
  const choose = (choices: readonly Choice[]): void => {
    if (theirs === undefined) return;
    rebase(theirs, withEvidenceOf(takingFrom(now, theirs, fromSecond(choices)), theirs));
    dialog.value = undefined;
    say('Conflict resolved. Save the record.');
  };
  return (
    <Dialog label="The file has changed">
      <h3>The file has changed since you opened it</h3>
      {theirs === undefined ? (
        <p>The file was deleted, or another record uses its name. Your version is kept as a draft.</p>
      ) : (
        <Settle
          names={['Your version', 'Saved version']}
          differences={differencesOf(now.value, theirs.value, table.value?.hidden ?? [])}
          asksWhy={false}
          done={choose}
        />
      )}
      <button type="button" onClick={() => (dialog.value = undefined)}>
        Close
      </button>
    </Dialog>
  );
}
