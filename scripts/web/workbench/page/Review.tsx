import { useState } from 'preact/hooks';
import { ask } from './api.ts';
import { Dialog } from './Dialog.tsx';
import { attempt, say } from './notice.ts';
import { showAgain } from './showAgain.ts';
import { uncovered } from './sourceText.ts';
import { dialog, isChanged, open, source, start, table } from './state.ts';

/** Today, as ISO 8601. */
export function today(): string {
  return new Date().toLocaleDateString('sv');
}

/** Marks the source as reviewed. The review is saved in the source's record. */
export function ReviewDialog() {
  const of = source.value;
  const [by, setBy] = useState(start.value?.user ?? '');
  const isOpen = of !== undefined && table.value?.name === of.table && open.value?.record.id === of.id;
  const submit = async (isReviewed: boolean): Promise<void> => {
    if (of === undefined) return;
    dialog.value = undefined;
    if (isOpen && isChanged.value) return say('Save the source’s own record first.');
    const review = isReviewed ? { review: { by, date: today() } } : {};
    const answer = await attempt(() => ask('review', { source: of.id, ...review }));
    if (answer === undefined) return;
    if (!('saved' in answer)) return say('Not saved: the source’s own record has an error. Open it and fix it first.');
    await showAgain(of);
    say(isReviewed ? `Marked as reviewed by ${by}.` : 'The source is no longer marked as reviewed.');
  };
  if (of === undefined)
    return (
      <Dialog label="Review">
        <p>Open a source first.</p>
      </Dialog>
    );
  const { review } = of;
  const left = uncovered.value.length;
  return (
    <Dialog label="Review">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit(true);
        }}
      >
        <h3>Review of {of.label ?? of.id}</h3>
        <p>{review === undefined ? 'Not reviewed yet.' : `Reviewed by ${review.by} on ${review.date}.`}</p>
        {left === 0 ? null : <p>Sentences that have neither a record nor a reason for none: {left}.</p>}
        <label>
          Reviewed by
          <input type="text" value={by} onInput={(event) => setBy(event.currentTarget.value)} />
        </label>
        <button type="submit" class="primary" disabled={by.trim() === ''}>
          Mark as reviewed
        </button>
        {review === undefined ? null : (
          <button type="button" onClick={() => void submit(false)}>
            Remove the review
          </button>
        )}
      </form>
    </Dialog>
  );
}
