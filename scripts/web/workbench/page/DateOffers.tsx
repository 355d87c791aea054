import type { DateFormat } from '../../../base/edtfHint.ts';
import { ask } from './api.ts';
import type { Control } from './control.ts';
import { focusDrawn } from './focus.ts';
import { focused } from './state.ts';
import { takeDate } from './takeDate.ts';
import { useMeaning } from './useMeaning.ts';
import { wordsFor } from './wordsFor.ts';

/** Buttons with the dates that the words of the source mean, while their field is empty. */
export function DateOffers({ pointer, field, text }: Control) {
  const isAsked = text === '' && focused.value === pointer;
  const format: DateFormat = field.format === 'edtf' ? 'edtf' : 'date';
  const meaning = useMeaning(
    isAsked ? wordsFor(pointer) : [],
    format,
    (words) => ask('dates', { ...words, format }),
    ({ dates }) => dates.length > 0,
  );
  if (!isAsked || meaning === undefined) return null;
  const { found, from } = meaning;
  const words = { source: from.source, start: found.start, end: found.end };
  return (
    <div class="builders" role="group" aria-label="Dates in the text">
      <span>
        <q>{found.words}</q>
        {found.day === undefined ? '' : `, relative to ${found.day}`}:
      </span>
      {found.dates.map(({ date, meaning: means, isStated, sentence }) => (
        <button
          key={date}
          type="button"
          title={isStated ? undefined : sentence}
          onClick={() => {
            takeDate(pointer, { date, isStated, sentence, words });
            void focusDrawn(pointer);
          }}
        >
          Use {date} <span class="meaning">{means}</span>
        </button>
      ))}
    </div>
  );
}
