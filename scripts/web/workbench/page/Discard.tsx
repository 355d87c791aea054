import type { DraftSummary } from '../messages.ts';
import { Dialog } from './Dialog.tsx';
import { askToDiscard, discard, isOpenNow } from './discard.ts';
import { tableTitle } from './formFields.ts';
import { MainButton } from './MainButton.tsx';
import { toldApart } from './recordName.ts';
import { conflict, dialog, discarding, recordNow } from './state.ts';
import { withoutStop } from './withoutStop.ts';

/** The name of a draft: its table, and its first texts or identifier. */
export function draftTitle({ table: of, label }: Pick<DraftSummary, 'table' | 'label'>): string {
  return `${tableTitle(of)}: ${label === '' ? 'new record' : label}`;
}

/** Asks whether a draft is to be discarded. */
export function DiscardButton({ draft }: { readonly draft: DraftSummary }) {
  return (
    <button
      type="button"
      class="discard"
      aria-label={`Discard ${draftTitle(draft)}`}
      title={isOpenNow(draft) ? 'Alt+Shift+D' : undefined}
      onClick={() => askToDiscard(draft)}
    >
      Discard…
    </button>
  );
}

/** What is lost if a draft is discarded. */
export function DiscardDialog() {
  const draft = discarding.value;
  if (draft === undefined) return null;
  const isSaved = isOpenNow(draft) && recordNow.value?.digest !== undefined && conflict.value !== 'gone';
  const { table: of, id, label } = draft;
  const told = { table: of, label: toldApart(label, id) };
  const name = label === '' ? `this new record in ${tableTitle(of)}` : draftTitle(told);
  return (
    <Dialog label="Discard a draft">
      <h3>Discard {withoutStop(name)}?</h3>
      <p>
        {isSaved ? 'The record in its file stays as it is. ' : ''}What you have not saved of it is lost. This cannot be
        undone.
      </p>
      <MainButton onClick={() => (dialog.value = undefined)}>Keep it</MainButton>
      <button
        type="button"
        onClick={() => {
          dialog.value = undefined;
          void discard(draft);
        }}
      >
        Discard the draft
      </button>
    </Dialog>
  );
}
