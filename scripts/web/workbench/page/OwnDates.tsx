import type { DateFormat } from '../../../base/edtfHint.ts';
import { dateOfField, sentenceWithoutWords, timeInWords } from './earlierDate.ts';
import { type ByEnter, offeredToEnter } from './firstOffer.ts';
import { focusDrawn } from './focus.ts';
import { type OwnDate, otherDates } from './otherDates.ts';
import { takeDate } from './takeDate.ts';

interface OwnDatesProps {
  readonly pointer: string;
  readonly format: DateFormat;
  /** What Enter in the field does with the first of them. */
  readonly byEnter: ByEnter | undefined;
  /** Whether it is the time of what is reported: without a date, that is past. */
  readonly isReported: boolean;
}

/** Dates that the text gives for something else in the record, and the time from then on, for an empty field. */
export function OwnDates({ pointer, format, byEnter, isReported }: OwnDatesProps) {
  const dates = otherDates(pointer, format);
  if (dates.length === 0) return null;
  return (
    <div role="group" aria-label="Other dates of this record">
      {dates.map((each, i) => (
        <div key={each.date} class="builders">
          <span>{each.of}:</span>
          <UseDays {...each} {...{ pointer, format, isReported }} byEnter={i === 0 ? byEnter : undefined} />
        </div>
      ))}
    </div>
  );
}

/** A date from elsewhere, and the time up to that day, for what is past, or from then on. */
function UseDays({ format, byEnter, isReported, ...from }: OwnDatesProps & OwnDate) {
  const { date } = from;
  const day = format === 'edtf' ? lastDay(date) : undefined;
  if (day === undefined) return <Use {...from} byEnter={byEnter} />;
  if (!isReported)
    return (
      <>
        <Use {...from} byEnter={byEnter} />
        <Use {...from} date={`${day}/..`} meaning="from then on" />
      </>
    );
  return (
    <>
      <Use {...from} byEnter={byEnter} date={`[..${day}]`} meaning="if no date is given" />
      {date === `[..${day}]` ? null : <Use {...from} />}
    </>
  );
}

interface UseProps extends OwnDate {
  /** The empty field. */
  readonly pointer: string;
  readonly meaning?: string;
  readonly byEnter?: ByEnter | undefined;
}

/** A button that takes a date from elsewhere, and says so. */
export function Use({ pointer, date, of, support, meaning, byEnter }: UseProps) {
  const sentence = sentenceWithoutWords(timeInWords(date), dateOfField(of));
  return (
    <button
      type="button"
      {...offeredToEnter(byEnter)}
      title={sentence}
      onClick={() => {
        takeDate(pointer, { date, grounds: 'inferred', sentence, words: undefined, support });
        void focusDrawn(pointer);
      }}
    >
      Use {date}
      {meaning === undefined ? null : <span class="meaning"> {meaning}</span>}
    </button>
  );
}

/** The day of a date, or the last of those up to one. */
function lastDay(date: string): string | undefined {
  return /^(?:\[\.\.)?(\d{4}-\d\d-\d\d)\]?$/.exec(date)?.[1];
}
