import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column, Table } from '../../compile/model.ts';
import { quoted } from '../../base/text.ts';
import type { View } from '../../read/schemas.ts';
import { identifier, literal } from './sql.ts';
import type { Origin, ViewTable } from './viewColumns.ts';

interface WrittenView extends ViewTable {
  readonly view: View;
  /** Its rows in SQL. */
  readonly rows: string;
}

/**
 * A view with what else is known about the values of its columns: codes, bounds, and the tables of the records that
 * they name. It comes from the file of the view, and from the columns that a column may come from. Names can agree by
 * chance: so anything that does not hold for every row is left out.
 * @throws Error if something in the file does not hold
 */
export async function knownOfValues(
  connection: DuckDBConnection,
  written: WrittenView,
  tables: readonly Table[],
): Promise<Table> {
  const { table, view } = written;
  const columns: Column[] = [];
  for (const column of table.columns) {
    const stated = view.references.get(column.name);
    const known = { ...column, ...(await heldFacts(connection, written, column)) };
    columns.push(
      stated === undefined
        ? { ...known, ...(await heldReference(connection, written, column, tables)) }
        : { ...known, ...(await statedReference(connection, written, { column, target: stated }, tables)) },
    );
  }
  return { ...table, columns };
}

/** Codes and bounds of the columns that a column may come from, if they agree and hold. */
async function heldFacts(
  connection: DuckDBConnection,
  { origins, rows }: WrittenView,
  { name }: Column,
): Promise<Pick<Column, 'codes' | 'constraints'>> {
  const from = origins.get(name) ?? [];
  const cell = identifier(name);
  const codes = agreed(from, ({ column }) => column.codes);
  const isOther = `${cell}::VARCHAR NOT IN (${(codes ?? []).map(({ code }) => literal(code)).join(', ')})`;
  const bounds = agreed(from, ({ column: { constraints } }) =>
    typeof constraints['minimum'] === 'number' && typeof constraints['maximum'] === 'number'
      ? { minimum: constraints['minimum'], maximum: constraints['maximum'] }
      : undefined,
  );
  const isBeyond = `${cell} NOT BETWEEN ${bounds?.minimum} AND ${bounds?.maximum}`;
  return {
    codes: codes !== undefined && (await isNone(connection, `FROM ${rows} WHERE ${isOther}`)) ? codes : undefined,
    constraints: bounds !== undefined && (await isNone(connection, `FROM ${rows} WHERE ${isBeyond}`)) ? bounds : {},
  };
}

/** What all columns that a column may come from have in common; undefined if they differ, or there are none. */
function agreed<T>(origins: readonly Origin[], factOf: (origin: Origin) => T | undefined): T | undefined {
  const [first, ...others] = origins.map(factOf);
  const text = JSON.stringify(first);
  return others.every((each) => JSON.stringify(each) === text) ? first : undefined;
}

type Reference = Pick<Column, 'references' | 'tableColumn'>;

const noReference: Reference = { references: [], tableColumn: undefined };

/** The reference of the columns that a column may come from, or their table if they are its key. */
async function heldReference(
  connection: DuckDBConnection,
  { origins, rows }: WrittenView,
  { name }: Column,
  tables: readonly Table[],
): Promise<Reference> {
  const targets = agreed(origins.get(name) ?? [], targetsOf) ?? [];
  const keys = targets.map((target) => keyIn(tables, target));
  if (keys.length === 0 || keys.includes(undefined)) return noReference;
  const named = keys.map((key) => `SELECT ${key} `).join(' UNION ALL ');
  const isHeld = await isNone(connection, `FROM ${rows} WHERE ${identifier(name)}::VARCHAR NOT IN (${named})`);
  return isHeld ? { references: targets, tableColumn: undefined } : noReference;
}

function targetsOf({ table, column }: Origin): readonly string[] | undefined {
  if (column.references.length > 0) return column.tableColumn === undefined ? column.references : undefined;
  const key = table.foreignKeys.find((fk) => fk.columns.length === 1 && fk.columns[0] === column.name);
  if (key !== undefined) return [key.table];
  return table.primaryKey.length === 1 && table.primaryKey[0] === column.name ? [table.name] : undefined;
}

/** The identifiers of a table in SQL, as `key FROM table`; undefined if its rows have no single key. */
function keyIn(tables: readonly Table[], name: string): string | undefined {
  const [key, ...more] = tables.find((table) => table.name === name)?.primaryKey ?? [];
  return key === undefined || more.length > 0 ? undefined : `${identifier(key)}::VARCHAR FROM ${identifier(name)}`;
}

/** The reference in the file of a view: to a table, or to the table that another column names. */
async function statedReference(
  connection: DuckDBConnection,
  { table, rows }: WrittenView,
  { column, target }: { readonly column: Column; readonly target: string },
  tables: readonly Table[],
): Promise<Reference> {
  const [cell, statement] = [identifier(column.name), `${column.name} -> ${target}`];
  const byColumn = table.columns.some((each) => each.name === target);
  const found = byColumn
    ? await connection.runAndReadAll(`SELECT DISTINCT ${identifier(target)}::VARCHAR FROM ${rows} ORDER BY 1`)
    : undefined;
  const targets =
    found === undefined
      ? [target]
      : found
          .getRows()
          .flatMap(([name]) => name ?? [])
          .map(String);
  for (const each of targets) {
    const key = keyIn(tables, each);
    const which = byColumn ? `${identifier(target)}::VARCHAR = ${literal(each)} AND ` : '';
    if (key === undefined)
      throw new Error(
        `its comment says ${quoted(statement)}, but ${quoted(each)} is not a table with a key of one column`,
      );
    const from = `FROM ${rows} WHERE ${which}${cell}::VARCHAR NOT IN (SELECT ${key})`;
    const [odd] = (await connection.runAndReadAll(`SELECT ${cell}::VARCHAR ${from} ORDER BY 1 LIMIT 1`)).getRows();
    if (odd !== undefined)
      throw new Error(
        `its comment says ${quoted(statement)}, but ${quoted(String(odd[0]))} is not a record of ${each}`,
      );
  }
  return { references: targets, tableColumn: byColumn ? target : undefined };
}

/** Whether a query finds no row. */
async function isNone(connection: DuckDBConnection, from: string): Promise<boolean> {
  return (await connection.runAndReadAll(`SELECT 1 ${from} LIMIT 1`)).currentRowCount === 0;
}
