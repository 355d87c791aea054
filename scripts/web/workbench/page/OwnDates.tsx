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
      {dates.map(({ date, of }, i) => (
        <div key={date} class="builders">
          <span>{of}:</span>
          <UseDays {...{ pointer, date, of, format, isReported }} byEnter={i === 0 ? byEnter : undefined} />
        </div>
      ))}
    </div>
  );
}

/** A date from elsewhere, and the time up to that day, for what is past, or from then on. */
function UseDays({ pointer, format, byEnter, isReported, date, of }: OwnDatesProps & OwnDate) {
  const day = format === 'edtf' ? lastDay(date) : undefined;
  if (day === undefined) return <Use {...{ pointer, date, of, byEnter }} />;
  if (!isReported)
    return (
      <>
        <Use {...{ pointer, date, of, byEnter }} />
        <Use {...{ pointer, of }} date={`${day}/..`} meaning="from then on" />
      </>
    );
  return (
    <>
      <Use {...{ pointer, of, byEnter }} date={`[..${day}]`} meaning="if no date is given" />
      {date === `[..${day}]` ? null : <Use {...{ pointer, date, of }} />}
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
export function Use({ pointer, date, of, meaning, byEnter }: UseProps) {
  const sentence = sentenceWithoutWords(timeInWords(date), dateOfField(of));
  return (
    <button
      type="button"
      {...offeredToEnter(byEnter)}
      title={sentence}
      onClick={() => {
        takeDate(pointer, { date, grounds: 'inferred', sentence, words: undefined });
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
