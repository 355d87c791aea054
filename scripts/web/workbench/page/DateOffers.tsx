import type { DateFormat } from '../../../base/edtfHint.ts';
import { edtfInWords } from '../../../base/edtfInWords.ts';
import type { Issued, MeantDates } from '../messages.ts';
import { ask } from './api.ts';
import type { Control } from './control.ts';
import { sentenceWithoutWords } from './earlierDate.ts';
import { takenByEnter } from './firstOffer.ts';
import { focusDrawn } from './focus.ts';
import { OwnDates } from './OwnDates.tsx';
import { citations, focused, source, spansNow, table } from './state.ts';
import { type Taken, takeDate } from './takeDate.ts';
import { useMeaning } from './useMeaning.ts';
import { wordsFor } from './wordsFor.ts';

/** Buttons with the dates that the words of the source mean, while their field is empty. */
export function DateOffers({ pointer, field, text }: Control) {
  const isAsked = text === '' && focused.value === pointer;
  const format: DateFormat = field.format === 'edtf' ? 'edtf' : 'date';
  const { isKnown, meaning } = useMeaning(
    isAsked ? wordsFor(pointer) : [],
    format,
    (words) => ask('dates', { ...words, format }),
    (list) => list.length > 0,
  );
  const issued = isAsked && !isOfSource() ? citations.value?.issued : undefined;
  // what the words mean comes first, and must not appear below a key that is pressed for another offer
  if (!isAsked || !isKnown) return null;
  const isCertain = meaning?.found.some((found) => !isUsed(found, pointer)) === true;
  const ofSource = issued === undefined ? null : <SourceDate {...{ pointer, format, issued }} />;
  return (
    <>
      {isCertain ? null : ofSource}
      {meaning === undefined ? null : (
        <div role="group" aria-label="Dates in the text">
          {meaning.found.map((found) => (
            <Offers
              key={found.start}
              {...{ pointer, found }}
              of={meaning.from.source}
              hasKey={found === meaning.found[0] && !isUsed(found, pointer)}
            />
          ))}
        </div>
      )}
      {isCertain ? ofSource : null}
      <OwnDates {...{ pointer, format }} />
    </>
  );
}

/** Whether another field cites just these words: then nothing tells which date is meant. */
function isUsed({ start, end }: MeantDates, pointer: string): boolean {
  return spansNow.value.some((span) => span.start === start && span.end === end && !span.supports.includes(pointer));
}

/** Whether the record in the form is that of a source: its date is not known from elsewhere. */
function isOfSource(): boolean {
  return table.value?.isSource === true;
}

interface SourceDateProps {
  readonly pointer: string;
  readonly format: DateFormat;
  readonly issued: Issued;
}

/** The date of the source, for what it reports as of that day, and the days up to it, for what it reports as past. */
function SourceDate({ pointer, format, issued: { day, words } }: SourceDateProps) {
  const id = source.value?.id;
  const upTo = `[..${day}]`;
  const named = edtfInWords(day) ?? day;
  const [exact, bound] = [sentenceWithoutWords(named), sentenceWithoutWords(`no later than ${named}`)];
  const take = (taken: Taken): void => {
    takeDate(pointer, taken);
    void focusDrawn(pointer);
  };
  return (
    <div class="builders" role="group" aria-label="The date of the source">
      <span>The date of the source:</span>
      <button
        type="button"
        onClick={() => {
          const cited = words === undefined || id === undefined ? undefined : { source: id, ...words };
          take({ date: day, grounds: cited === undefined ? 'inferred' : 'stated', sentence: exact, words: cited });
        }}
      >
        Use {day}
      </button>
      {format === 'edtf' ? (
        <button
          type="button"
          title={bound}
          onClick={() => take({ date: upTo, grounds: 'inferred', sentence: bound, words: undefined })}
        >
          Use {upTo} <span class="meaning">if no date is given</span>
        </button>
      ) : null}
    </div>
  );
}

interface OffersProps {
  readonly pointer: string;
  readonly of: string;
  readonly found: MeantDates;
  /** Whether Enter in the field takes the first offer. */
  readonly hasKey: boolean;
}

/** The dates that one phrase can mean. */
function Offers({ pointer, of, found, hasKey }: OffersProps) {
  const words = { source: of, start: found.start, end: found.end };
  return (
    <div class="builders">
      <span>
        <q>{found.words}</q>
        {found.day === undefined ? '' : `, relative to ${found.day}`}:
      </span>
      {found.dates.map(({ date, meaning: means, grounds, sentence }, i) => (
        <button
          key={date}
          type="button"
          {...takenByEnter(hasKey && i === 0)}
          title={grounds === 'stated' ? undefined : sentence}
          onClick={() => {
            takeDate(pointer, { date, grounds, sentence, words });
            void focusDrawn(pointer);
          }}
        >
          Use {date} <span class="meaning">{means}</span>
        </button>
      ))}
    </div>
  );
}
