import type { Table } from '../../compile/model.ts';
import { compareText } from '../../base/text.ts';
import { reserved } from '../../schema/extensions.ts';

const toolkitTables: ReadonlySet<string> = new Set(Object.values<string>(reserved));

/** Of the tables of records with the shortest keys, the one that has the most rows, including its child tables. */
export function mostTelling(tables: readonly Table[], rowCounts: ReadonlyMap<string, number>): Table | undefined {
  const rows = rowsWithChildren(tables, rowCounts);
  return tables
    .filter((table) => !toolkitTables.has(table.name))
    .toSorted(
      (a, b) =>
        a.primaryKey.length - b.primaryKey.length ||
        (rows.get(b.name) ?? 0) - (rows.get(a.name) ?? 0) ||
        compareText(a.name, b.name),
    )[0];
}

/** The rows of each table and of all tables below it. `tables` has parents first. */
function rowsWithChildren(
  tables: readonly Table[],
  rowCounts: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const rows = new Map(tables.map(({ name }) => [name, rowCounts.get(name) ?? 0]));
  for (const table of tables.toReversed()) {
    const parent = parentOf(table);
    if (parent !== undefined) rows.set(parent, (rows.get(parent) ?? 0) + (rows.get(table.name) ?? 0));
  }
  return rows;
}

/** The table whose key is the beginning of a table's key. */
function parentOf({ name, primaryKey, foreignKeys }: Table): string | undefined {
  const key = foreignKeys.find(
    ({ table, columns }) =>
      table !== name && columns.length < primaryKey.length && columns.every((column, i) => column === primaryKey[i]),
  );
  return key?.table;
}
