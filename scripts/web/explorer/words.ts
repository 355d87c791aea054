import type { ExplorerTable } from '../../write/explorer/model.ts';

const numberFormat = new Intl.NumberFormat('en');

/** A number with its thousands separated. */
export function formatted(value: number): string {
  return numberFormat.format(value);
}

/** `1 row`, `1,200 rows`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${formatted(n)} ${n === 1 ? one : many}`;
}

/** The title of a table in a heading. */
export function tableTitle({ title, name }: Pick<ExplorerTable, 'title' | 'name'>): string {
  return title ?? name;
}

/** A size in bytes, for people. */
export function size(bytes: number): string {
  if (bytes < 1000) return counted(bytes, 'byte');
  const units = ['kB', 'MB', 'GB'];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toPrecision(3)} ${units[power - 1]}`;
}

/** A name as a chart shows it, and in full for the label of its link, which must begin with the visible text. */
export function shortened(name: string, most: number): { readonly shown: string; readonly full: string } {
  const shown = name.slice(0, most);
  return { shown, full: shown === name ? name : `${shown} (${name})` };
}
