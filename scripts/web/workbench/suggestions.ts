import { offsetsOf } from '../../base/offsets.ts';
import { dateHint } from '../../base/edtfHint.ts';
import type { RecordIndex } from '../../project/recordIndex.ts';
import type { Suggestion } from './messages.ts';

/** The most words in a name. */
const longestName = 6;
/** Shorter names would match too often. */
const shortestName = 3;
const mostSuggestions = 2000;

/** Known names, dates and numbers with units in a text. `first` is where it begins in its file, in code points. */
export function suggestionsIn(text: string, first: number, index: RecordIndex): readonly Suggestion[] {
  const { toPoint } = offsetsOf(text);
  const at = ({ start, end, ...more }: Suggestion): Suggestion => ({
    ...more,
    start: first + toPoint(start),
    end: first + toPoint(end),
  });
  return [...namesIn(text, namesOf(index)), ...datesIn(text), ...numbersIn(text)]
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .slice(0, mostSuggestions)
    .map(at);
}

/** The names of records. Names that begin with a lower-case letter are left out, since they are common words. */
function namesOf(index: RecordIndex): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [table, records] of index) {
    for (const { id, label, aliases, withdrawn } of records.values()) {
      if (withdrawn) continue;
      for (const name of [label ?? '', ...aliases])
        if (name.length >= shortestName && /^\p{Lu}/u.test(name) && name.split(' ').length <= longestName)
          names.set(name, `${table}/${id}`);
    }
  }
  return names;
}

/** The longest known name at each word. A lookup, so the time does not grow with the number of names. */
function namesIn(text: string, names: ReadonlyMap<string, string>): readonly Suggestion[] {
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
      found.push({ kind: 'name', start, end, meaning });
      i += length - 1;
      break;
    }
  }
  return found;
}

const month = '(?:January|February|March|April|May|June|July|August|September|October|November|December)';
const dateForms = new RegExp(
  String.raw`\b\d{4}-\d\d-\d\d\b|\b\d{1,2}\.\d{1,2}\.\d{4}\b|\b${month} \d{1,2}(?:st|nd|rd|th)?,? \d{4}\b|\b\d{1,2} ${month} \d{4}\b|\b${month} \d{4}\b`,
  'gu',
);

/** The dates in a text. */
export function datesIn(text: string): readonly Suggestion[] {
  return [...text.matchAll(dateForms)].flatMap(({ 0: words, index: start }): Suggestion[] => {
    const meaning = /^\d{4}-\d\d-\d\d$/.test(words) ? words : /^write (\S+)$/.exec(dateHint(words, 'edtf') ?? '')?.[1];
    return meaning === undefined ? [] : [{ kind: 'date', start, end: start + words.length, meaning }];
  });
}

const numberForm =
  /(?<![\p{L}\p{N}.,])\d{1,3}(?:[.,\u00a0 ]\d{3})*(?:[.,]\d+)?(?:\u00a0| )?(?:%|°C|[€$£]|\p{L}[\p{L}-]+)/gu;

/** A number with the word after it; years and days of the month are dates. */
function numbersIn(text: string): readonly Suggestion[] {
  return [...text.matchAll(numberForm)]
    .filter(({ 0: words }) => !new RegExp(`^\\d{1,2} ${month}`, 'u').test(words))
    .map(({ 0: words, index: start }) => ({ kind: 'number', start, end: start + words.length, meaning: words }));
}
