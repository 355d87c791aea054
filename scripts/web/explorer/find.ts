import type { ExplorerColumn, ExplorerModel, ExplorerTable } from '../../write/explorer/model.ts';
import { type TableData, columnOf, valueAt } from './columns.ts';
import { addressId, labelOf } from './links.ts';

/** A table, column or code whose name or description matches a search. */
export interface Documented {
  readonly table: ExplorerTable;
  readonly column: ExplorerColumn | undefined;
  readonly code: string | undefined;
  readonly text: string | undefined;
}

/** The tables, columns and codes whose name or description has all the words, in any order and case. */
export function findDocumented({ tables }: ExplorerModel, words: string): readonly Documented[] {
  const matches = matcher(words);
  return tables.flatMap((table): Documented[] => {
    const { name, title, description } = table;
    const own = matches(name, title, description)
      ? [{ table, column: undefined, code: undefined, text: description }]
      : [];
    return [...own, ...table.columns.flatMap((column) => findInColumn(table, column, matches))];
  });
}

type Matches = (...texts: readonly (string | undefined)[]) => boolean;

function findInColumn(table: ExplorerTable, column: ExplorerColumn, matches: Matches): readonly Documented[] {
  const { name, title, description, codes = [] } = column;
  const own = matches(name, title, description) ? [{ table, column, code: undefined, text: description }] : [];
  const found = codes.filter((each) => matches(each.code, each.description));
  return [...own, ...found.map((each) => ({ table, column, code: each.code, text: each.description }))];
}

function matcher(words: string): Matches {
  const wanted = words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return (...texts) => {
    const text = texts.join('\n').toLowerCase();
    return wanted.length > 0 && wanted.every((word) => text.includes(word));
  };
}

/** A record whose identifier or other texts match a search. */
export interface FoundRecord {
  readonly table: ExplorerTable;
  readonly id: string;
  readonly label: string | undefined;
}

/** The records of a table whose texts have all the words, up to a limit. */
export function findRecords(data: TableData, words: string, most: number): readonly FoundRecord[] {
  const matches = matcher(words);
  const texts = data.table.columns.flatMap((column) =>
    column.type === 'string' ? [columnOf(data, column.name)].filter((each) => each !== undefined) : [],
  );
  const found: FoundRecord[] = [];
  for (let row = 0; row < data.rows && found.length < most; row++) {
    if (!matches(...texts.map((column) => String(valueAt(column, row) ?? '')))) continue;
    found.push({ table: data.table, id: addressId(data, row), label: labelOf(data, row) });
  }
  return found;
}
