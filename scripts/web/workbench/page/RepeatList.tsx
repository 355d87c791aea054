import { summaryOf } from './elementSummary.ts';
import { titleOf } from './formFields.ts';
import { offers, takeOver } from './repeats.ts';
import { wordsOf } from './sourceText.ts';

/** What the other records of the source repeat. Nothing of it is in the record until somebody takes it over. */
export function RepeatList() {
  const list = offers.value;
  if (list.length === 0) return null;
  return (
    <aside class="repeats" aria-label="As in other records of this source">
      <h3>
        As in other records of this source{' '}
        <button type="button" title="Alt+P" onClick={() => takeOver(list)}>
          Use all (Alt+P)
        </button>
      </h3>
      <ul>
        {list.map((offer) => (
          <li key={offer.pointer}>
            <button type="button" onClick={() => takeOver([offer])}>
              {titleOf(offer.pointer)}: {summaryOf(offer.value)}
            </button>{' '}
            {offer.spans.map((span) => (
              <q key={`${span.start} ${span.end}`}>{wordsOf(span)}</q>
            ))}
          </li>
        ))}
      </ul>
    </aside>
  );
}
