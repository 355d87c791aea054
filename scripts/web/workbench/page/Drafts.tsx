import type { DraftSummary } from '../messages.ts';
import { DiscardButton, draftTitle } from './Discard.tsx';
import { focusFirst } from './next.ts';
import { openDraft, openLastDraft } from './openRecords.ts';
import { dialog, draftCount, leftDraft } from './state.ts';
import { goingOn } from './typedAhead.ts';

/** Drafts, each with a button that opens it. */
export function DraftList({ drafts }: { readonly drafts: readonly DraftSummary[] }) {
  return (
    <ul class="drafts">
      {drafts.map((draft) => (
        <li key={draft.table + draft.draftName}>
          <button
            type="button"
            onClick={() => {
              dialog.value = undefined;
              void goingOn(() => openDraft(draft));
            }}
          >
            {draftTitle(draft)}
          </button>
          <DiscardButton draft={draft} />
        </li>
      ))}
    </ul>
  );
}

/** The number of unsaved records, always in view. Leads to the list of the others, or else to the one in the form. */
export function DraftCount() {
  const length = draftCount.value;
  return (
    <button
      type="button"
      class={`draft-count ${length === 0 ? '' : 'changed'}`}
      title="Records that are not saved yet"
      disabled={length === 0}
      onClick={() => {
        const list = document.querySelector<HTMLElement>('#records .drafts');
        if (list === null) return focusFirst();
        list.scrollIntoView({ block: 'center' });
        list.querySelector('button')?.focus();
      }}
    >
      Drafts: {length}
    </button>
  );
}

/** Says that the previous record was kept as a draft, and leads back to it. */
export function LeftDraft() {
  const draft = leftDraft.value;
  return (
    <div class={draft === undefined ? '' : 'left-draft'}>
      {/* a screen reader announces changes in an element that already exists */}
      <span role="status">{draft === undefined ? '' : `Not saved, kept as a draft: ${draftTitle(draft)}`}</span>
      {draft === undefined ? null : (
        <>
          <button type="button" title="Alt+B" onClick={() => void goingOn(openLastDraft)}>
            Go back to it
          </button>
          <button type="button" onClick={() => (leftDraft.value = undefined)}>
            Later
          </button>
        </>
      )}
    </div>
  );
}
