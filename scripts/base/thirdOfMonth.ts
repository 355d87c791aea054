import { parseEdtf } from './edtf.ts';

/** A third of a month (`2022-03`) as a range between approximate days; the last one ends with the month. */
export function thirdOfMonth(month: string, part: string): string {
  if (part === 'early') return `${month}-01~/${month}-10~`;
  if (part === 'late') return `${month}-21~/${parseEdtf(month)?.latest ?? `${month}-30`}~`;
  return `${month}-11~/${month}-20~`;
}
