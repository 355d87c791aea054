import type { RecordFile } from '../read/records.ts';
import { codePoint, foldedId } from '../base/text.ts';

/** The record that has an id. */
export interface Declared {
  readonly id: string;
  readonly file: RecordFile;
}

/** Whether two ids differ only in the Unicode form of their letters. */
export function sameText(a: string, b: string): boolean {
  return a.normalize('NFC') === b.normalize('NFC');
}

/** How two spellings of a text differ: `U+00E9 here, U+0065 U+0301 there`. */
export function inForms(here: string, there: string): string {
  const [a, b] = [here, there].map((text) => Array.from(text, codePoint));
  if (a === undefined || b === undefined) return '';
  const same = a.findIndex((point, i) => point !== b[i]);
  const start = same < 0 ? a.length : same;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const part = (points: readonly string[]): string => points.slice(start, points.length - end).join(' ');
  return `${part(a)} here, ${part(b)} there`;
}

/**
 * Ids by the form in which they are compared. An object for each would be too many: an id in that form is stored as its
 * file alone.
 */
export type DeclaredIds = Map<string, Map<string, Declared | RecordFile>>;

/** The id in its declared spelling. */
export function idOf(declared: Declared | RecordFile | undefined, wanted: string): string | undefined {
  if (declared === undefined) return undefined;
  return 'id' in declared ? declared.id : foldedId(wanted);
}
