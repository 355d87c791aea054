import type { DateFormat } from '../../../base/edtfHint.ts';
import type { MeantDates } from '../messages.ts';
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
    (list) => list.length > 0,
  );
  if (!isAsked || meaning === undefined) return null;
  return (
    <div role="group" aria-label="Dates in the text">
      {meaning.found.map((found) => (
        <Offers key={found.start} pointer={pointer} source={meaning.from.source} found={found} />
      ))}
    </div>
  );
}

interface OffersProps {
  readonly pointer: string;
  readonly source: string;
  readonly found: MeantDates;
}

/** The dates that one phrase can mean. */
function Offers({ pointer, source, found }: OffersProps) {
  const words = { source, start: found.start, end: found.end };
  return (
    <div class="builders">
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
