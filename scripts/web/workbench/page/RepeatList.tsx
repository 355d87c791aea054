import { useState } from 'preact/hooks';
import type { RepeatedMessage } from '../messages.ts';
import { Dialog } from './Dialog.tsx';
import { leavesOf } from '../differences.ts';
import { valueAt } from '../edit.ts';
import { summaryOf } from './elementSummary.ts';
import { titleOf } from './formFields.ts';
import { MainButton } from './MainButton.tsx';
import { likely, offers, takeOver } from './repeats.ts';
import { shown } from './shown.ts';
import { wordsOf } from './sourceText.ts';
import { dialog } from './state.ts';

/** The values that the other records of the source repeat. None is in the record until the user adopts it. */
export function RepeatList() {
  const list = offers.value;
  if (list.length === 0) return null;
  return (
    <aside class="repeats" aria-label="As in other records of this source">
      <h3>
        As in other records of this source{' '}
        {likely.value.length === 0 ? null : (
          <button type="button" onClick={() => takeOver(likely.value)}>
            {likely.value.length === list.length ? 'Use all' : `Use ${likely.value.length} of ${list.length}`}
          </button>
        )}
      </h3>
      <ul>
        {list.map((offer) => (
          <li key={offer.pointer}>
            <button type="button" onClick={() => takeOver([offer])}>
              {titleOf(offer.pointer)}: {summaryOf(offer.value)}
            </button>{' '}
            <Quotes offer={offer} />
          </li>
        ))}
      </ul>
    </aside>
  );
}

/** The words that an offer cites, and whether they are about something else in the text. */
function Quotes({ offer }: { readonly offer: RepeatedMessage }) {
  return (
    <>
      {offer.spans.map((span) => (
        <q key={`${span.start} ${span.end}`}>{wordsOf(span)}</q>
      ))}
      {likely.value.includes(offer) ? null : <span class="elsewhere"> of another paragraph</span>}
    </>
  );
}

/** Every value of an offer in full: the user must see what they adopt. */
function Values({ offer: { pointer, value } }: { readonly offer: RepeatedMessage }) {
  const leaves = leavesOf(value, pointer);
  return (
    <ul>
      {leaves.map((leaf) => (
        <li key={leaf}>
          {leaf === pointer ? '' : `${titleOf(leaf)}: `}
          <b>{shown(valueAt(value, leaf.slice(pointer.length)))}</b>
        </li>
      ))}
    </ul>
  );
}

/** The same list, to adopt all or some of it: Enter fills in what is marked, at first what the record likely shares. */
export function RepeatDialog() {
  const list = offers.value;
  const [unmarked, setUnmarked] = useState<ReadonlySet<string>>(
    () => new Set(list.filter((offer) => !likely.value.includes(offer)).map(({ pointer }) => pointer)),
  );
  const taken = list.filter(({ pointer }) => !unmarked.has(pointer));
  const mark = (pointer: string, isMarked: boolean): void => {
    const others = [...unmarked].filter((each) => each !== pointer);
    setUnmarked(new Set(isMarked ? others : [...others, pointer]));
  };
  return (
    <Dialog label="Repeated values">
      <form
        class="offers"
        onSubmit={(event) => {
          event.preventDefault();
          dialog.value = undefined;
          takeOver(taken);
        }}
      >
        <h3>As in other records of this source</h3>
        <p>
          Enter fills in what is marked, and cites the same words. Space marks a value or not, Tab goes to the next.
        </p>
        <ul>
          {list.map((offer) => (
            <li key={offer.pointer}>
              <label>
                <input
                  type="checkbox"
                  checked={!unmarked.has(offer.pointer)}
                  onChange={(event) => mark(offer.pointer, event.currentTarget.checked)}
                />{' '}
                {titleOf(offer.pointer)}
              </label>
              <Values offer={offer} />
              <Quotes offer={offer} />
            </li>
          ))}
        </ul>
        <MainButton disabled={taken.length === 0}>
          Fill in {taken.length} of {list.length}
        </MainButton>
      </form>
    </Dialog>
  );
}
