import { Dialog } from './Dialog.tsx';
import { differencesOf, takingFrom, withEvidenceOf } from './differences.ts';
import { DiscardButton } from './Discard.tsx';
import { rebase } from './editing.ts';
import { MainButton } from './MainButton.tsx';
import { say } from './notice.ts';
import { type Choice, Settle, fromSecond } from './Settle.tsx';
import { openDraft } from './openRecords.ts';
import { conflict, content, dialog, recordNow, table } from './state.ts';
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
    <Dialog isWide label="The file has changed">
      <h3>The file has changed since you opened it</h3>
      {theirs === undefined ? (
        <Gone />
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
