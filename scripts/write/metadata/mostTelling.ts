import type { Table } from '../../compile/model.ts';
import { compareText } from '../../base/text.ts';
import { reserved } from '../../schema/extensions.ts';

const toolkitTables: ReadonlySet<string> = new Set(Object.values<string>(reserved));

/** Of the tables of records, which have the shortest keys, the one with the most rows. */
export function mostTelling(tables: readonly Table[], rowCounts: ReadonlyMap<string, number>): Table | undefined {
  const rows = (table: Table): number => rowCounts.get(table.name) ?? 0;
  return tables
    .filter((table) => !toolkitTables.has(table.name))
    .toSorted(
      (a, b) => a.primaryKey.length - b.primaryKey.length || rows(b) - rows(a) || compareText(a.name, b.name),
    )[0];
}
