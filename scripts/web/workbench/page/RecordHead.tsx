import { useLayoutEffect, useRef } from 'preact/hooks';
import type { RecordMessage } from '../messages.ts';
import { DiscardButton } from './Discard.tsx';
import { LeftDraft } from './Drafts.tsx';
import { goBack, saveAndReturn } from './createInPlace.ts';
import { tableTitle } from './formFields.ts';
import { next } from './next.ts';
import { leadsBack } from './promised.ts';
import { calledIn, titledName, toldApart } from './recordName.ts';
import { wordsOf } from './sourceText.ts';
import { dialog, hasSources, inHand, isChanged, open, source, start, waiting } from './state.ts';
import { left } from './toDo.ts';
import { goingOn } from './typedAhead.ts';

function nameOf(record: RecordMessage | undefined): string {
  if (record === undefined) return '';
  return record.id === '' ? `the new record in ${tableTitle(record.table)}` : calledIn(record);
}

/** What to do while no record is open. */
function Begin() {
  if (start.value === undefined) return null;
  if (!hasSources.value)
    return (
      <div class="empty">
        <p>Choose a record in the list, or make a new one (Alt+N).</p>
        <p>
          New here? <button onClick={() => (dialog.value = 'help')}>Steps and keys (Alt+H)</button>
        </p>
      </div>
    );
  if (source.value !== undefined)
    return <p class="empty">Select words in the text and press Alt+N to make a record of them. Or open a record.</p>;
  return (
    <div class="empty">
      <p>
        To code a new text: <button onClick={() => (dialog.value = 'add source')}>Add a source (Alt+I)</button>
      </p>
      <p>To go on with a text that is here already, choose it in the list of sources.</p>
      <p>
        New here? <button onClick={() => (dialog.value = 'help')}>Steps and keys (Alt+H)</button>
      </p>
    </div>
  );
}

/** Words of which the middle is cut if there is no room, so that those with the same beginning differ. */
function BothEnds({ words }: { readonly words: string }) {
  const plain = words.replace(/\s+/gu, ' ');
  return (
    <q class="both-ends" title={words}>
      <span>{plain.slice(0, -endLength)}</span>
      <span>{plain.slice(-endLength)}</span>
    </q>
  );
}

/** The number of characters at the end that are always shown. */
const endLength = 12;

/** Scrolls to an element that sticks to the top of its pane, where it is without sticking. */
function toTop(element: HTMLElement | null): void {
  const [pane, before] = [element?.parentElement, element?.previousElementSibling];
  if (element !== null && pane !== null && pane !== undefined && before !== null && before !== undefined)
    pane.scrollTop += before.getBoundingClientRect().bottom - pane.getBoundingClientRect().top;
}

/** Saves. Keys pressed while a save returns to the waiting record are meant for that one. */
function saveByClick(): void {
  void (leadsBack.value ? goingOn(saveAndReturn) : saveAndReturn());
}

/** The name of the open record, what is left to do in it, and the button that saves it. */
export function RecordHead() {
  const now = open.value;
  const head = useRef<HTMLDivElement>(null);
  // what is offered for a record is between its name and the form: a new record begins there
  useLayoutEffect(() => toTop(head.current), [now?.form]);
  if (now === undefined) return <Begin />;
  const { record } = now;
  const words = inHand.value;
  const before = waiting.value.at(-1);
  const name = titledName(record);
  const back = `Back to ${nameOf(before?.open.record)}`;
  return (
    <div ref={head} class="record-head">
      {before === undefined ? null : (
        <div class="back-line">
          <button type="button" class="back" onClick={() => void goingOn(goBack)}>
            {back}
          </button>
        </div>
      )}
      <h2 title={toldApart(name, record.id)}>
        <span>{name}</span>
        {isChanged.value ? <span class="changed"> (not saved)</span> : null}
      </h2>
      <LeftDraft />
      {words === undefined ? null : (
        <p class="in-hand">
          Fields that you fill in cite: <BothEnds words={wordsOf(words) ?? ''} />
          <button type="button" title="Alt+W" onClick={() => (inHand.value = undefined)}>
            Stop
          </button>
        </p>
      )}
      {left.value.length === 0 ? null : (
        <button type="button" title="Go to the next thing to do (Alt+J)" onClick={() => void next()}>
          {left.value.length} left
        </button>
      )}
      {isChanged.value ? (
        <DiscardButton draft={{ ...record, label: calledIn(record) }} />
      ) : record.id === '' ? null : (
        <button type="button" class="discard" title="Alt+Shift+D" onClick={() => (dialog.value = 'delete')}>
          Delete…
        </button>
      )}
      <button type="button" class="primary" title="Ctrl+S" onClick={saveByClick}>
        Save
      </button>
    </div>
  );
}
