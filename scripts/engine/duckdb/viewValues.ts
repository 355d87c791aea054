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

/** What may be known of a column. */
type Known = Pick<Column, 'codes' | 'constraints' | 'references' | 'tableColumn'>;

const nothing: Known = { codes: undefined, constraints: {}, references: [], tableColumn: undefined };

/** Something that is known of a column if it holds for every row. */
interface Claim {
  readonly column: string;
  readonly known: Partial<Known>;
  /** In SQL, the text of a cell that contradicts the claim, NULL in other rows. */
  readonly contrary: string;
  /** The error if the claim does not hold, for one that must. */
  readonly refuse: ((cell: string) => Error) | undefined;
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
  const { table, view, rows } = written;
  const claims: Claim[] = [];
  for (const column of table.columns) {
    const stated = view.references.get(column.name);
    claims.push(...claimedFacts(written, column));
    claims.push(
      ...(stated === undefined
        ? claimedReference(written, column, tables)
        : await statedReference(connection, written, { column, target: stated }, tables)),
    );
  }
  const held = await holding(connection, rows, claims);
  const columns = table.columns.map((column) =>
    Object.assign(
      { ...column, ...nothing },
      ...held.filter((each) => each.column === column.name).map(({ known }) => known),
    ),
  );
  return { ...table, columns };
}

/** The claims that hold. One query asks for all, since most time of a short query passes before it runs. */
async function holding(
  connection: DuckDBConnection,
  rows: string,
  claims: readonly Claim[],
): Promise<readonly Claim[]> {
  if (claims.length === 0) return [];
  const cells = claims.map(({ contrary }) => `min(${contrary})`);
  const result = await connection.runAndReadAll(`SELECT ${cells.join(', ')} FROM ${rows}`);
  const [found = []] = result.getRows();
  return claims.filter(({ refuse }, i) => {
    const cell = found[i] ?? null;
    if (cell !== null && refuse !== undefined) throw refuse(String(cell));
    return cell === null;
  });
}

/** Codes and bounds of the columns that a column may come from, if they agree. */
function claimedFacts({ origins }: WrittenView, { name }: Column): readonly Claim[] {
  const from = origins.get(name) ?? [];
  const cell = identifier(name);
  const codes = agreed(from, ({ column }) => column.codes);
  const listed = (codes ?? []).map(({ code }) => literal(code)).join(', ');
  const bounds = agreed(from, ({ column: { constraints } }) =>
    typeof constraints['minimum'] === 'number' && typeof constraints['maximum'] === 'number'
      ? { minimum: constraints['minimum'], maximum: constraints['maximum'] }
      : undefined,
  );
  const isBeyond = `${cell} NOT BETWEEN ${bounds?.minimum} AND ${bounds?.maximum}`;
  return [
    ...(codes === undefined ? [] : [claim(name, `${cell}::VARCHAR NOT IN (${listed})`, { codes })]),
    ...(bounds === undefined ? [] : [claim(name, isBeyond, { constraints: bounds })]),
  ];
}

function claim(column: string, isContrary: string, known: Partial<Known>, refuse?: Claim['refuse']): Claim {
  return { column, known, contrary: `CASE WHEN ${isContrary} THEN ${identifier(column)}::VARCHAR END`, refuse };
}

/** What all columns that a column may come from have in common; undefined if they differ, or there are none. */
function agreed<T>(origins: readonly Origin[], factOf: (origin: Origin) => T | undefined): T | undefined {
  const [first, ...others] = origins.map(factOf);
  const text = JSON.stringify(first);
  return others.every((each) => JSON.stringify(each) === text) ? first : undefined;
}

/** The reference of the columns that a column may come from, or their table if they are its key. */
function claimedReference({ origins }: WrittenView, { name }: Column, tables: readonly Table[]): readonly Claim[] {
  const targets = agreed(origins.get(name) ?? [], targetsOf) ?? [];
  const keys = targets.map((target) => keyIn(tables, target));
  if (keys.length === 0 || keys.includes(undefined)) return [];
  const named = keys.map((key) => `SELECT ${key} `).join(' UNION ALL ');
  return [claim(name, `${identifier(name)}::VARCHAR NOT IN (${named})`, { references: targets })];
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
): Promise<readonly Claim[]> {
  const statement = `its comment says ${quoted(`${column.name} -> ${target}`)}`;
  const byColumn = table.columns.some((each) => each.name === target);
  const targets = byColumn ? await valuesOf(connection, rows, target) : [target];
  const known = { references: targets, tableColumn: byColumn ? target : undefined };
  const claims = targets.map((each) => {
    const key = keyIn(tables, each);
    if (key === undefined) throw new Error(`${statement}, but ${quoted(each)} is not a table with a key of one column`);
    const which = byColumn ? `${identifier(target)}::VARCHAR = ${literal(each)} AND ` : '';
    const isOdd = `${which}${identifier(column.name)}::VARCHAR NOT IN (SELECT ${key})`;
    return claim(
      column.name,
      isOdd,
      known,
      (cell) => new Error(`${statement}, but ${quoted(cell)} is not a record of ${each}`),
    );
  });
  return claims.length > 0 ? claims : [claim(column.name, 'false', known)];
}

/** The texts in a column of some rows, without NULL. */
async function valuesOf(connection: DuckDBConnection, rows: string, column: string): Promise<readonly string[]> {
  const found = await connection.runAndReadAll(
    `SELECT DISTINCT ${identifier(column)}::VARCHAR FROM ${rows} ORDER BY 1`,
  );
  return found
    .getRows()
    .flatMap(([name]) => name ?? [])
    .map(String);
}
