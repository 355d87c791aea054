import { officeBeside } from '../../base/officeBeside.ts';
import { isTitle } from '../../base/titleWords.ts';
import { foldedId } from '../../base/text.ts';
import { offsetsOf } from '../../base/offsets.ts';
import type { SourceWords } from './dateRequests.ts';
import type { MeantWords } from './messages.ts';
import type { Units } from './offsets.ts';
import type { OpenDataset } from './openDataset.ts';
import { canBeSame } from './sameName.ts';
import { sourceMessage } from './sourceMessage.ts';
import { placeOf } from './wordBounds.ts';

/** The page's request about offices. */
export interface OfficeRequests {
  /** The words of a source for the office of a person, as near to some words as can be; no words if there are none. */
  readonly office: (words: SourceWords, tables: readonly string[], id: string) => MeantWords;
}

/** Shorter last names would match too often. Code units. */
const shortestSurname = 4;

export function officeRequests(dataset: OpenDataset): OfficeRequests {
  return {
    office({ source, start, end }, tables, id) {
      const { text = '', first } = sourceMessage(dataset, source);
      const { toUnit, toPoint } = offsetsOf(text);
      const { index } = dataset.indexedSoFar();
      const record = tables.flatMap((table) => index.get(table)?.get(foldedId(id)) ?? [])[0];
      const names = record?.id === id ? namesOf([record.label ?? '', ...record.aliases]) : [];
      const [from, to] = [toUnit(start - first), toUnit(end - first)];
      const rank = (at: number): number => (at < from ? from - at : at < to ? 0 : at - from + text.length);
      const found = names
        .filter((name) => name.includes(' ') || isOnlyOf(name, names, text))
        .flatMap((name) => rangesOf(name, text).map((range) => ({ ...range, name })))
        .toSorted((a, b) => rank(a.start) - rank(b.start) || a.start - b.start)
        .flatMap((range) => (range.name.includes(' ') ? [range] : withFirstName(text, range, names)))
        .flatMap((range) => officeBeside(text, range.start, range.end) ?? [])[0];
      if (found === undefined) return { words: '', start, end: start };
      return {
        words: text.slice(found.start, found.end),
        start: first + toPoint(found.start),
        end: first + toPoint(found.end),
      };
    },
  };
}

/** Whether no other first name is before a last name anywhere in a text. */
function isOnlyOf(last: string, names: readonly string[], text: string): boolean {
  return rangesOf(last, text).every((range) => withFirstName(text, range, names).length > 0);
}

/** The range of a last name, with the first name before it if that can be of the same person; none for another one. */
function withFirstName(text: string, { start, end }: Units, names: readonly string[]): readonly Units[] {
  const before = text.slice(Math.max(0, start - longestName), start);
  const [whole = '', first = ''] = /(?<![\p{L}\p{M}])(\p{Lu}[\p{L}\p{M}'’ʼ-]*)\s+$/u.exec(before) ?? [];
  if (first === '' || isTitle(first)) return [{ start, end }];
  const called = text.slice(start - whole.length, end);
  return names.some((name) => canBeSame(name, called)) ? [{ start: start - whole.length, end }] : [];
}

/** Longer than a first name. Code units. */
const longestName = 60;

/** Names of several words, none of them an office, and the last words of these: `Minister Berg`. */
function namesOf(all: readonly string[]): readonly string[] {
  const names = all.filter((name) => name.includes(' ') && !isTitle(name.split(' ')[0] ?? ''));
  const lasts = names.map((name) => name.slice(name.lastIndexOf(' ') + 1));
  return [...new Set([...names, ...lasts.filter(({ length }) => length >= shortestSurname)])];
}

/** Where a text has a name, as whole words. Code units. */
function rangesOf(name: string, text: string): readonly Units[] {
  const ranges: Units[] = [];
  for (let from = 0; ;) {
    const at = placeOf(name, text.slice(from));
    if (at < 0) return ranges;
    ranges.push({ start: from + at, end: from + at + name.length });
    from += at + name.length;
  }
}
