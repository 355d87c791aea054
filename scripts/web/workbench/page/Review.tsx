import { useEffect, useId, useState } from 'preact/hooks';
import { count } from '../../../base/text.ts';
import type { ReviewersMessage } from '../messages.ts';
import { ask } from './api.ts';
import { Dialog } from './Dialog.tsx';
import { tableTitle } from './formFields.ts';
import { MainButton } from './MainButton.tsx';
import { attempt, say } from './notice.ts';
import { lookAt, toReview } from './reviewing.ts';
import { showAgain } from './showAgain.ts';
import { sign, signerOf, today } from './signing.ts';
import { uncovered } from './sourceText.ts';
import { dialog, isChanged, open, source, table } from './state.ts';
import { goingOn } from './typedAhead.ts';

/** Marks the source as reviewed. The review is saved in the source's record. */
export function ReviewDialog() {
  const of = source.value;
  const [{ coders, others }, setPeople] = useState<ReviewersMessage>({ coders: [], others: [] });
  const [isAccepted, setAccepted] = useState(false);
  const id = of?.id;
  useEffect(() => {
    const look = async (): Promise<void> => {
      const found = id === undefined ? undefined : await attempt(() => ask('reviewers', { source: id }));
      if (found !== undefined) setPeople(found);
    };
    void look();
  }, [id]);
  // who has coded the source is not proposed
  const task = { reviewOf: id ?? '' };
  const by = signerOf(task, (user) => others.includes(user));
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
  const unseen = toReview.value.filter(({ isSeen }) => !isSeen);
  const [next] = unseen;
  const parts = openParts(uncovered.value.length, unseen.length);
  const mark = (): void => {
    if (by.trim() === '') return say('Say who has reviewed the source.', true);
    if (parts !== '' && !isAccepted) return say(`Not marked: ${parts}. Look at them first, or tick the box.`, true);
    void submit(true);
  };
  return (
    <Dialog label="Review">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (next === undefined || isAccepted) mark();
          else void goingOn(() => lookAt(next));
        }}
      >
        <h3>Review of {of.label ?? of.id}</h3>
        <p>{review === undefined ? 'Not reviewed yet.' : `Reviewed by ${review.by} on ${review.date}.`}</p>
        <Reviewer {...{ by, coders, others }} setBy={(name) => sign(task, name)} />
        <ReviewedRecords />
        {parts === '' ? null : (
          <label class="accept">
            <input type="checkbox" checked={isAccepted} onChange={() => setAccepted(!isAccepted)} />
            Mark as reviewed although {parts}
          </label>
        )}
        {next === undefined || isAccepted ? (
          <MainButton>Mark as reviewed</MainButton>
        ) : (
          <>
            <MainButton>Look at the next record</MainButton>
            <button type="button" onClick={mark}>
              Mark as reviewed
            </button>
          </>
        )}
        {review === undefined ? null : (
          <button type="button" onClick={() => void submit(false)}>
            Remove the review
          </button>
        )}
      </form>
    </Dialog>
  );
}

interface ReviewerProps extends ReviewersMessage {
  readonly by: string;
  readonly setBy: (name: string) => void;
}

/** Who reviews. Whoever has coded the source is warned. */
function Reviewer({ by, setBy, coders, others }: ReviewerProps) {
  const people = useId();
  return (
    <>
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
    </>
  );
}

/** What is not reviewed yet, in words; empty if nothing is. */
function openParts(sentences: number, records: number): string {
  const parts = [
    ...(sentences === 0
      ? []
      : [`${count(sentences, 'sentence')} ${sentences === 1 ? 'has' : 'have'} neither a record nor a reason for none`]),
    ...(records === 0 ? [] : [`${count(records, 'record')} ${records === 1 ? 'was' : 'were'} not looked at`]),
  ];
  return parts.join(', and ');
}

/** The records of the source, and which of them the reviewer has looked at. */
function ReviewedRecords() {
  const records = toReview.value;
  const seen = records.filter(({ isSeen }) => isSeen).length;
  return (
    <details open={records.length <= mostListed}>
      <summary>
        Looked at {seen} of {count(records.length, 'record')}
      </summary>
      <ul class="reviewed-records">
        {records.map((record) => (
          <li key={`${record.table} ${record.id}`}>
            <button type="button" onClick={() => void goingOn(() => lookAt(record))}>
              {tableTitle(record.table)}: {record.label ?? record.id}
              {record.isSeen ? ' ✓' : ''}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The most records that are listed without a click. */
const mostListed = 12;
