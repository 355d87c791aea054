import { useLayoutEffect, useRef } from 'preact/hooks';
import { closeCodings, comparingNow, showDifference } from './comparing.ts';
import { DifferenceForm } from './DifferenceForm.tsx';
import { DifferenceName } from './DifferenceName.tsx';
import { wordsOf } from './sourceText.ts';
import type { DifferingRecords } from '../codingMessages.ts';
import type { Comparing } from './state.ts';
import { stepByArrow } from './stepByArrow.ts';
import { goingOn } from './typedAhead.ts';

/** The differences between two codings of the source, beside its text. Escape goes back. */
export function CompareCodings() {
  const now = comparingNow.value;
  const back = useRef<HTMLButtonElement>(null);
  const index = now?.at?.index;
  // a difference without anything to choose: what had the focus is gone
  useLayoutEffect(() => {
    if (index !== undefined && document.activeElement === document.body) back.current?.focus();
  }, [index]);
  if (now === undefined) return null;
  const { list, at } = now;
  const difference = at === undefined ? undefined : list?.[at.index];
  return (
    <div class="codings" role="region" aria-label="Compare codings">
      <div class="record-head">
        <h2>Compare codings</h2>
        <button type="button" title="Esc" ref={back} onClick={closeCodings}>
          {at === undefined ? 'Close' : 'All differences'} <kbd aria-hidden="true">Esc</kbd>
        </button>
      </div>
      {at !== undefined && difference !== undefined ? (
        <DifferenceForm
          key={at.index}
          {...{ difference, records: at.records, position: positionIn(list ?? [], at.index) }}
        />
      ) : (
        <DifferenceList {...now} />
      )}
    </div>
  );
}

function positionIn(list: readonly DifferingRecords[], index: number): string {
  const open = list.filter(({ decisions }) => decisions.length === 0).length;
  return `Difference ${index + 1} of ${list.length}. Open: ${open}.`;
}

function DifferenceList({ list, source }: Comparing) {
  const choices = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    const open = choices.current?.querySelector<HTMLElement>('.open') ?? choices.current?.querySelector('button');
    open?.focus();
  }, [list]);
  if (list === undefined) return <p role="status">Comparing…</p>;
  if (list.length === 0) return <p>The two codings of this source are the same.</p>;
  const open = list.filter(({ decisions }) => decisions.length === 0).length;
  return (
    <>
      <p>
        {open} of {list.length} {list.length === 1 ? 'difference is' : 'differences are'} open.
      </p>
      <ol class="choices" ref={choices} onKeyDown={stepByArrow}>
        {list.map((each, i) => (
          <li key={`${each.table} ${each.first ?? ''} ${each.second ?? ''} ${each.passage?.start ?? ''}`}>
            <button
              type="button"
              class={each.decisions.length === 0 ? 'open' : ''}
              onClick={() => void goingOn(() => showDifference(i))}
            >
              <DifferenceName difference={each} />
              {each.decisions.length === 0 ? '' : ' (decided)'}
              {each.passage === undefined ? null : (
                <q class="citing" dir="auto">
                  {wordsOf({ source, ...each.passage })}
                </q>
              )}
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
