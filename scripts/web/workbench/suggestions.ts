import { numbersIn } from '../../base/numerals.ts';
import { offsetsOf } from '../../base/offsets.ts';
import type { DateContext } from '../../base/edtfHint.ts';
import { numberLanguages } from '../../base/quantityWords.ts';
import { list } from '../../base/text.ts';
import type { RecordIndex } from '../../project/recordIndex.ts';
import { datesInText } from './datesInText.ts';
import type { Suggestion } from './messages.ts';
import { quotationAround } from './quotations.ts';

/** The most words in a name. */
const longestName = 6;
/** Shorter names would match too often. */
const shortestName = 3;
const mostSuggestions = 2000;

/** The text of a source. */
export interface SuggestedText {
  readonly text: string;
  /** Where it begins in its file, in code points. */
  readonly first: number;
  readonly dates: DateContext;
}

/** Known names, dates and numbers with units in a text. */
export function suggestionsIn(
  { text, first, dates: context }: SuggestedText,
  index: RecordIndex,
): readonly Suggestion[] {
  const { toPoint } = offsetsOf(text);
  const at = ({ start, end, ...more }: Suggestion): Suggestion => ({
    ...more,
    start: first + toPoint(start),
    end: first + toPoint(end),
  });
  const dates = datesIn(text, context);
  const languages = numberLanguages(context.languages);
  return [...namesIn(text, namesOf(index)), ...dates, ...numbersWithSigns(text, dates, languages)]
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .slice(0, mostSuggestions)
    .map(at);
}

type Named = Required<Pick<Suggestion, 'meaning' | 'table'>> & { readonly value: string };

/** The names of records. Names that begin with a lower-case letter are left out, since they are common words. */
function namesOf(index: RecordIndex): ReadonlyMap<string, Named> {
  const names = new Map<string, Named>();
  for (const [table, records] of index) {
    for (const { id, label, aliases, withdrawn } of records.values()) {
      if (withdrawn) continue;
      for (const name of [label ?? '', ...aliases])
        if (name.length >= shortestName && /^\p{Lu}/u.test(name) && name.split(' ').length <= longestName)
          names.set(name, { meaning: `${table}/${id}`, value: id, table });
    }
  }
  return names;
}

/** The longest known name at each word. A lookup, so the time does not grow with the number of names. */
function namesIn(text: string, names: ReadonlyMap<string, Named>): readonly Suggestion[] {
  const words = [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.-]*(?<![.'’-])/gu)];
  const found: Suggestion[] = [];
  for (let i = 0; i < words.length; i++) {
    const start = words[i]?.index ?? 0;
    for (let length = longestName; length > 0; length--) {
      const last = words[i + length - 1];
      if (last === undefined) continue;
      const end = last.index + last[0].length;
      const meaning = names.get(text.slice(start, end));
      if (meaning === undefined) continue;
      found.push({ kind: 'name', start, end, ...meaning });
      i += length - 1;
      break;
    }
  }
  return found;
}

/** Dates with what they mean, one or several. */
function datesIn(text: string, context: DateContext): readonly Suggestion[] {
  const certain = datesInText(text, context, mostSuggestions).filter(({ isGuess }) => isGuess !== true);
  return certain.map(({ start, end, readings, isRelative, isApart = false }) => {
    const dates = list(
      readings.map(({ date }) => date),
      'or',
    );
    const [only, ...others] = readings;
    // in a quotation, it can count from the day on which that was said, and from another date than the last one
    const isInQuotation = isRelative && quotationAround(text, start) !== undefined;
    const isSure = others.length === 0 && !isInQuotation && !isApart;
    const value = only !== undefined && isSure ? { value: only.date } : {};
    const meaning = isRelative ? `${dates}, relative to ${context.day ?? ''}` : dates;
    return { kind: 'date', start, end, meaning, ...value };
  });
}

/** What a number can have behind it: what it measures. */
const measured = /^[\u00a0 ]?(?:%|°C|[€$£])(?![\p{L}\p{N}])/u;

/** Numbers with what they measure, except in a date. One without a value if the languages of the text disagree. */
function numbersWithSigns(
  text: string,
  dates: readonly Suggestion[],
  languages: readonly string[],
): readonly Suggestion[] {
  const [first, ...rest] = languages.map((language) => numbersIn(text, language).found);
  const others = rest.map((found) => new Map(found.map((number) => [number.start, number.value])));
  let next = 0;
  return (first ?? []).flatMap(({ start, end: last, value }): Suggestion[] => {
    while ((dates[next]?.end ?? Infinity) <= start) next++;
    const end = last + (measured.exec(text.slice(last))?.[0].length ?? 0);
    if ((dates[next]?.start ?? Infinity) < end) return [];
    const number: Suggestion = { kind: 'number', start, end, meaning: text.slice(start, end) };
    const isSame = others.every((values) => values.get(start) === value);
    return [isSame ? { ...number, value } : number];
  });
}
