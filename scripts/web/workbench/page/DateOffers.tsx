import { type DateFormat, isDateOf } from '../../../base/edtfHint.ts';
import { edtfInWords } from '../../../base/edtfInWords.ts';
import type { Issued, MeantDates } from '../messages.ts';
import { ask } from './api.ts';
import { isCitedElsewhere } from './citedElsewhere.ts';
import type { Control } from './control.ts';
import { sentenceWithoutWords } from './earlierDate.ts';
import { type ByEnter, offeredToEnter } from './firstOffer.ts';
import { focusDrawn } from './focus.ts';
import { NearDates } from './NearDates.tsx';
import { OwnDates } from './OwnDates.tsx';
import { otherDates, otherDays } from './otherDates.ts';
import { citations, focused, source, table } from './state.ts';
import { type Taken, takeDate } from './takeDate.ts';
import { endsAfter, isLimited, isOfReported, lateLast, limitOf, limitsOthers } from './limitOf.ts';
import { type Meaning, useMeaning } from './useMeaning.ts';
import { wordsFor } from './wordsFor.ts';

/** Buttons with the dates that the words of the source mean, while their field is empty. */
export function DateOffers(control: Control) {
  const { pointer, field, text } = control;
  const isAsked = text === '' && focused.value === pointer;
  const format: DateFormat = field.format === 'edtf' ? 'edtf' : 'date';
  const others = isAsked ? otherDays(pointer, citations.value?.issued?.day) : [];
  const { isKnown, meaning } = useMeaning(
    isAsked ? wordsFor(pointer) : [],
    JSON.stringify([format, others]),
    (words) => ask('dates', { ...words, format, others }),
    (list) => list.length > 0,
  );
  const limit = isAsked ? limitOf(pointer, field) : undefined;
  const ofIssue = isAsked && !isOfSource() ? citations.value?.issued : undefined;
  // what was reported before the source is not later either
  const issued = ofIssue !== undefined && limit !== undefined && ofIssue.day > limit ? undefined : ofIssue;
  // what the words mean comes first, and must not appear below a key that is pressed for another offer
  if (!isAsked || !isKnown) return null;
  const { found, areFirst, isCertain } = offersOf(control, meaning, { issued: ofIssue?.day, limit });
  const isReported = isOfReported(pointer, field);
  // without words, the status of something is as of the time of saying
  const isOwnFirst = !areFirst && !isReported && !limitsOthers(pointer) && hasOtherTime(pointer, format, ofIssue?.day);
  const isFirst = !isOwnFirst && (issued === undefined || areFirst);
  const ofSource =
    issued === undefined ? null : (
      <SourceDate
        {...{ pointer, format, issued, isReported }}
        byEnter={areFirst || isOwnFirst ? undefined : 'reaches'}
      />
    );
  const byEnterOwn = isOwnFirst || (isFirst && found.length === 0) ? 'reaches' : undefined;
  const own = <OwnDates {...{ pointer, format, isReported }} byEnter={byEnterOwn} />;
  return (
    <>
      {isOwnFirst ? own : null}
      {areFirst ? null : ofSource}
      {meaning === undefined ? null : (
        <div role="group" aria-label="Dates in the text">
          {found.map((each, i) => (
            <Offers
              key={each.start}
              {...{ pointer, found: each }}
              of={meaning.from.source}
              byEnter={!isFirst || i > 0 ? undefined : isCertain ? 'takes' : 'reaches'}
            />
          ))}
        </div>
      )}
      {areFirst ? ofSource : null}
      {isOwnFirst ? null : own}
      <NearDates
        {...{ pointer, format }}
        isWrong={(date) =>
          (limit !== undefined && endsAfter(date, limit)) || [ofIssue?.day, `[..${ofIssue?.day}]`].includes(date)
        }
      />
    </>
  );
}

/** Whether the record has the time of what was reported, and that is not the day of the source. */
function hasOtherTime(pointer: string, format: DateFormat, issued: string | undefined): boolean {
  return otherDates(pointer, format).some(({ ofReported, date }) => ofReported && date !== issued);
}

/** Days that a date can be compared with. */
interface Days {
  /** The day of the source. */
  readonly issued: string | undefined;
  /** The last day that the schema allows. */
  readonly limit: string | undefined;
}

interface DatesFound {
  /** Those whose words no other field cites come first, and of their dates those that the schema allows. */
  readonly found: readonly MeantDates[];
  /**
   * Whether they come before the date of the source: another field cites none of the words of the first one, it is not
   * after its limit, and if it is that of a report, it is in full. Most reports are of the day of their source.
   */
  readonly areFirst: boolean;
  /** Whether the words can only mean one date here, and do not leave open which day it is. */
  readonly isCertain: boolean;
}

/** What the words mean for a field. */
function offersOf(
  { pointer, field }: Control,
  meaning: Meaning<readonly MeantDates[]> | undefined,
  { issued, limit }: Days,
): DatesFound {
  const isReport = limitsOthers(pointer);
  // a time with a limit is mostly not after the report of it, which is not after the source
  const isReported = isOfReported(pointer, field);
  const last = limit ?? (isLimited(pointer) || isReport ? issued : undefined);
  const all = (meaning?.found ?? []).map((each) => {
    const dates = isReported ? daysFirst(each.dates) : each.dates;
    return { ...each, dates: last === undefined ? dates : lateLast(dates, last) };
  });
  const isUsed = ({ start, end, dates }: MeantDates): boolean =>
    isCitedElsewhere(
      { source: meaning?.from.source ?? '', start, end },
      pointer,
      dates.map(({ date }) => date),
    );
  const used = all.filter(isUsed);
  const isNew = used.length < all.length;
  const [only, other] = all.flatMap(({ dates }) => dates);
  const isCertain =
    isNew &&
    only !== undefined &&
    other === undefined &&
    all.every(({ isGuess }) => !isGuess) &&
    (only.grounds === 'stated' || isDateOf(only.date, 'date')) &&
    (last === undefined || !endsAfter(only.date, last));
  // what is planned has its later day first: then an earlier one is not meant either
  const late = new Set(
    all.filter((_, i) => last !== undefined && endsAfter(meaning?.found[i]?.dates[0]?.date ?? '', last)),
  );
  const isLate = (each: MeantDates): boolean => late.has(each);
  const rest = all.filter((each) => !used.includes(each));
  // the time of what was reported is mostly that of somebody's words
  const rankOf = (each: MeantDates): number =>
    isLate(each) ? 3 : !isReported ? 0 : each.isOfSaying ? 0 : each.isGuess ? 2 : 1;
  const found = [...rest.toSorted((one, two) => rankOf(one) - rankOf(two)), ...used];
  const [first] = found;
  const isStated = first?.dates.length === 1 && first.dates[0]?.grounds === 'stated' && !isLate(first);
  return { found, areFirst: isNew && !rest.every(isLate) && (!isReport || isStated), isCertain };
}

/** Dates with those of a whole time, such as a week, last: what is reported, such as words, is of one day of it. */
function daysFirst<T extends { readonly date: string }>(dates: readonly T[]): readonly T[] {
  return dates.toSorted((one, two) => Number(one.date.includes('/')) - Number(two.date.includes('/')));
}

/** Whether the record in the form is that of a source: its date is not known from elsewhere. */
function isOfSource(): boolean {
  return table.value?.isSource === true;
}

interface SourceDateProps {
  readonly pointer: string;
  readonly format: DateFormat;
  readonly issued: Issued;
  /** Whether it is the time of what is reported: without a date, that is past. */
  readonly isReported: boolean;
  /** What Enter in the field does with the first of them. */
  readonly byEnter: ByEnter | undefined;
}

/** The date of the source, for what it reports as of that day, and the days up to it, for what it reports as past. */
function SourceDate({ pointer, format, issued: { day, words }, isReported, byEnter }: SourceDateProps) {
  const id = source.value?.id;
  const named = edtfInWords(day) ?? day;
  const cited = words === undefined || id === undefined ? undefined : { source: id, ...words };
  const exact: SourceOffer = {
    date: day,
    grounds: cited === undefined ? 'inferred' : 'stated',
    sentence: sentenceWithoutWords(named),
    words: cited,
  };
  const bound: SourceOffer = {
    date: `[..${day}]`,
    grounds: 'inferred',
    sentence: sentenceWithoutWords(`no later than ${named}`),
    words: undefined,
    meaning: 'if no date is given',
  };
  const offers = format !== 'edtf' ? [exact] : isReported ? [bound, exact] : [exact, bound];
  return (
    <div class="builders" role="group" aria-label="The date of the source">
      <span>The date of the source:</span>
      {offers.map(({ meaning, ...taken }, i) => (
        <button
          key={taken.date}
          type="button"
          {...offeredToEnter(i === 0 ? byEnter : undefined)}
          title={taken.grounds === 'inferred' ? taken.sentence : undefined}
          onClick={() => {
            takeDate(pointer, taken);
            void focusDrawn(pointer);
          }}
        >
          Use {taken.date}
          {meaning === undefined ? null : <span class="meaning"> {meaning}</span>}
        </button>
      ))}
    </div>
  );
}

interface SourceOffer extends Taken {
  readonly date: string;
  readonly meaning?: string;
}

interface OffersProps {
  readonly pointer: string;
  readonly of: string;
  readonly found: MeantDates;
  /** What Enter in the field does with the first of them. */
  readonly byEnter: ByEnter | undefined;
}

/** The dates that one phrase can mean. */
function Offers({ pointer, of, found, byEnter }: OffersProps) {
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
          {...offeredToEnter(i === 0 ? byEnter : undefined)}
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
