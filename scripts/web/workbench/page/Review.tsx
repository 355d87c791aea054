import { useEffect, useId, useState } from 'preact/hooks';
import type { ReviewersMessage } from '../messages.ts';
import { ask } from './api.ts';
import { Dialog } from './Dialog.tsx';
import { MainButton } from './MainButton.tsx';
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
  const [typed, setBy] = useState<string | undefined>(undefined);
  const [{ coders, others }, setPeople] = useState<ReviewersMessage>({ coders: [], others: [] });
  const people = useId();
  const id = of?.id;
  useEffect(() => {
    const look = async (): Promise<void> => {
      const found = id === undefined ? undefined : await attempt(() => ask('reviewers', { source: id }));
      if (found !== undefined) setPeople(found);
    };
    void look();
  }, [id]);
  // who has coded the source is not proposed
  const user = start.value?.user ?? '';
  const by = typed ?? (others.includes(user) ? user : '');
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
          <input type="text" list={people} value={by} onInput={(event) => setBy(event.currentTarget.value)} />
        </label>
        <datalist id={people}>
          {others.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        {coders.includes(by.trim()) ? (
          <p class="warning" role="status">
            {by.trim()} has coded this source. A review by another person finds more.
          </p>
        ) : null}
        <MainButton disabled={by.trim() === ''}>Mark as reviewed</MainButton>
        {review === undefined ? null : (
          <button type="button" onClick={() => void submit(false)}>
            Remove the review
          </button>
        )}
      </form>
    </Dialog>
  );
}
