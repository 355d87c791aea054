import type { DuckDBConnection } from '@duckdb/node-api';
import { quoted } from '../base/text.ts';
import type { ForeignKey } from '../compile/model.ts';
import { literal } from '../engine/duckdb/sql.ts';
import type { DescribedTable } from './descriptor.ts';
import type { Add } from './findings.ts';
import { cellOf, printed, tellRows, textsOf } from './rows.ts';

/** Checks that each foreign key of a table refers to an existing row. */
export async function checkReferences(
  connection: DuckDBConnection,
  described: DescribedTable,
  tables: ReadonlyMap<string, DescribedTable>,
  add: Add,
): Promise<void> {
  for (const key of described.table.foreignKeys) {
    const target = tables.get(key.table);
    if (target === undefined) continue;
    const cells = key.columns.map((name) => cellOf(described, name));
    await tellRows(connection, described, add, {
      breach: leadsNowhere(described, target, key),
      value: printed(cells.join(', ')),
      rule: 'reference',
      message: (value) => `${key.columns.map((name) => quoted(name)).join(', ')}: no row of ${key.table} has ${value}`,
    });
  }
  await checkTablesNamed(connection, described, tables, add);
}

/** Checks the columns that name the table of the record in another column. */
async function checkTablesNamed(
  connection: DuckDBConnection,
  described: DescribedTable,
  tables: ReadonlyMap<string, DescribedTable>,
  add: Add,
): Promise<void> {
  for (const { name, tableFor } of described.table.columns) {
    if (tableFor === undefined) continue;
    const [own, named] = [cellOf(described, tableFor.column), cellOf(described, name)];
    const led = tableFor.targets.flatMap((target) => {
      const other = tables.get(target.table);
      if (other === undefined) return [];
      return (
        `${named} = ${literal(target.table)} AND ${own} IN (SELECT ${cellOf(other, target.column)} FROM ` +
        `${textsOf(other)})`
      );
    });
    const leads = led.length === 0 ? 'false' : led.map((each) => `(${each})`).join(' OR ');
    // a number instead of an identifier is a text here and itself in the rest: it refers to nothing
    const rest = described.table.columns.findLast((c) => c.type === 'json' && c.name.startsWith('_rest'))?.name;
    const unheld = rest === undefined ? 'true' : `${cellOf(described, rest)} IS NULL`;
    await tellRows(connection, described, add, {
      breach: `CASE WHEN ${named} IS NULL THEN ${own} IS NOT NULL AND ${unheld} ELSE NOT coalesce(${leads}, false) END`,
      value: printed(`${named}, ${own}`),
      rule: 'reference',
      message: (value) => `${quoted(name)} and ${quoted(tableFor.column)}: there is no row ${value}`,
    });
  }
}

function leadsNowhere(described: DescribedTable, target: DescribedTable, key: ForeignKey): string {
  const pairs = key.columns.map((name, i) => [cellOf(described, name), cellOf(target, key.tableColumns[i] ?? '')]);
  const complete = pairs.map(([own]) => `own.${own} IS NOT NULL`).join(' AND ');
  const equal = pairs.map(([own, other]) => `own.${own} = other.${other}`).join(' AND ');
  return (
    `n IN (SELECT own.n FROM ${textsOf(described)} AS own ANTI JOIN ${textsOf(target)} AS other ON ${equal} ` +
    `WHERE ${complete})`
  );
}
