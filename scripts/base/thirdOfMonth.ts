import { parseEdtf } from './edtf.ts';
import { edtfInWords } from './edtfInWords.ts';

export const partsOfMonth = ['early', 'middle', 'late'] as const;

export type PartOfMonth = (typeof partsOfMonth)[number];

export const thirdNames: Readonly<Record<PartOfMonth, string>> = { early: 'first', middle: 'second', late: 'last' };

/** A third of a month (`2022-03`) as a range between approximate days; the last one ends with the month. */
export function thirdOfMonth(month: string, part: PartOfMonth): string {
  if (part === 'early') return `${month}-01~/${month}-10~`;
  if (part === 'late') return `${month}-21~/${parseEdtf(month)?.latest ?? `${month}-30`}~`;
  return `${month}-11~/${month}-20~`;
}

/** The third of a month that a date is; undefined for any other date. */
export function partOfMonth(date: string): PartOfMonth | undefined {
  return partsOfMonth.find((part) => thirdOfMonth(date.slice(0, 7), part) === date);
}

/** A date in words, a third of a month by its name. */
export function phraseOf(date: string): string {
  const part = partOfMonth(date);
  const [whole, name] = part === undefined ? [date, ''] : [date.slice(0, 7), `the ${thirdNames[part]} third of `];
  return `${name}${edtfInWords(whole) ?? whole}`;
}
