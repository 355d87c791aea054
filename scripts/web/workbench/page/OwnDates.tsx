import { parseEdtf } from '../../../base/edtf.ts';
import type { DateFormat } from '../../../base/edtfHint.ts';
import { pointerSteps } from '../../../json/json.ts';
import { leavesOf } from '../differences.ts';
import { valueAt } from '../edit.ts';
import { dateOfField, sentenceWithoutWords, timeInWords } from './earlierDate.ts';
import { type ByEnter, offeredToEnter } from './firstOffer.ts';
import { focusDrawn } from './focus.ts';
import { titleOf } from './formFields.ts';
import { fieldAt } from './left.ts';
import { content, fields, table } from './state.ts';
import { takeDate } from './takeDate.ts';

interface OwnDate {
  readonly date: string;
  /** The title of what it is the date of. */
  readonly of: string;
}

/** More dates than these would hide what follows. */
const mostDates = 3;

/** The different dates in other fields of the record, in the order of the form. */
function otherDates(pointer: string, format: DateFormat): readonly OwnDate[] {
  const value = content.value?.value ?? {};
  const found = new Map<string, OwnDate>();
  for (const at of leavesOf(value)) {
    const [date, steps] = [valueAt(value, at), pointerSteps(at) ?? []];
    if (at === pointer || typeof date !== 'string' || found.has(date) || parseEdtf(date) === undefined) continue;
    const field = fieldAt(fields.value, table.value?.field ?? 0, steps);
    const isDay = /^\d{4}-\d\d-\d\d$/.test(date);
    if (field?.kind !== 'date' || (format === 'date' && !isDay)) continue;
    found.set(date, { date, of: titleOf(steps.length > 1 ? at.slice(0, at.lastIndexOf('/')) : at) });
  }
  return [...found.values()].slice(0, mostDates);
}

interface OwnDatesProps {
  readonly pointer: string;
  readonly format: DateFormat;
  /** What Enter in the field does with the first of them. */
  readonly byEnter: ByEnter | undefined;
}

/** Dates that the text gives for something else in the record, and the time from then on, for an empty field. */
export function OwnDates({ pointer, format, byEnter }: OwnDatesProps) {
  const dates = otherDates(pointer, format);
  if (dates.length === 0) return null;
  return (
    <div role="group" aria-label="Other dates of this record">
      {dates.map(({ date, of }, i) => (
        <div key={date} class="builders">
          <span>{of}:</span>
          <Use {...{ pointer, date, of }} byEnter={i === 0 ? byEnter : undefined} />
          {format === 'edtf' && lastDay(date) !== undefined ? (
            <Use {...{ pointer, of }} date={`${lastDay(date) ?? ''}/..`} meaning="from then on" />
          ) : null}
        </div>
      ))}
    </div>
  );
}

interface UseProps extends OwnDate {
  readonly pointer: string;
  readonly meaning?: string;
  readonly byEnter?: ByEnter | undefined;
}

function Use({ pointer, date, of, meaning, byEnter }: UseProps) {
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
      Use {date} {meaning === undefined ? null : <span class="meaning">{meaning}</span>}
    </button>
  );
}

/** The day of a date, or the last of those up to one. */
function lastDay(date: string): string | undefined {
  return /^(?:\[\.\.)?(\d{4}-\d\d-\d\d)\]?$/.exec(date)?.[1];
}
