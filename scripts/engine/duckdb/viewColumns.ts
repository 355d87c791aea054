import type { DuckDBConnection } from '@duckdb/node-api';
import { type Column, type ColumnType, type Table, column } from '../../compile/model.ts';
import { type Json, isArray, isObject, member } from '../../json/json.ts';
import type { View } from '../../read/schemas.ts';
import { documentation, identifier } from './sql.ts';
import { fromOf, partsOf } from './viewCells.ts';

/** The column of another table that a view's column comes from. */
export interface Origin {
  readonly table: Table;
  readonly column: Column;
  /** The SELECT's name for the table; undefined if the origin is only known by the name of the column. */
  readonly alias: string | undefined;
}

/** A view as a table, with the possible origins of each column by its name: a single entry is certain. */
export interface ViewTable {
  readonly table: Table;
  readonly origins: ReadonlyMap<string, readonly Origin[]>;
}

/** Describes a view: its columns like those that they come from, or as the view itself says. */
export async function viewTable(
  connection: DuckDBConnection,
  { name, description, columns: described }: View,
  parsed: Json,
  known: readonly Table[],
): Promise<ViewTable> {
  const found = await connection.runAndReadAll(`DESCRIBE ${identifier(name)}`);
  const read = namesRead(parsed);
  const sources = known.filter((table) => read.has(table.name.toLowerCase()));
  const taken = columnsTaken(parsed);
  const tables = tablesByAlias(parsed, known);
  const origins = new Map<string, readonly Origin[]>();
  const columns = found.getRows().map(([label, type]) => {
    const made = column(String(label), typeOf(String(type)), { nullable: true });
    const { name: origin, alias } = taken.get(made.name) ?? { name: made.name, alias: undefined };
    const all = originsOf(made, origin, sources);
    const own = alias === undefined ? undefined : tables.get(alias.toLowerCase());
    const certain = all.filter(({ table }) => table === own).map((each) => ({ ...each, alias }));
    const possible = certain.length > 0 ? certain : all;
    origins.set(made.name, possible);
    const text = described.get(made.name);
    return text === undefined ? documentedLike(made, possible) : { ...made, description: text };
  });
  const table = { title: undefined, primaryKey: [], foreignKeys: [], optional: false, name, description, columns };
  return { table, origins };
}

/**
 * A column of a view, with the documentation of the column that it comes from, if all tables that are read agree on it.
 */
function documentedLike(made: Column, [first, ...others]: readonly Origin[]): Column {
  if (first === undefined) return made;
  const { title, description, unit } = first.column;
  const agree = others.every((each) => documentation(each.column) === documentation(first.column));
  return agree ? { ...made, title, description, unit } : made;
}

/** The columns of some tables with the name and type of a view's column. */
function originsOf({ type }: Column, name: string, tables: readonly Table[]): readonly Origin[] {
  return tables.flatMap((table) =>
    table.columns
      .filter((each) => each.name.toLowerCase() === name.toLowerCase() && each.type === type)
      .map((each) => ({ table, column: each, alias: undefined })),
  );
}

interface Taken {
  readonly name: string;
  readonly alias: string | undefined;
}

/** The columns that the outermost SELECT takes from others unchanged, or as text, under their own name. */
function columnsTaken(parsed: Json): ReadonlyMap<string, Taken> {
  return new Map(
    partsOf(parsed, 'select_list').flatMap((each): (readonly [string, Taken])[] => {
      const names = memberOf(isText(each) ? memberOf(each, 'child') : each, 'column_names');
      const [name, table] = isArray(names) ? names.toReversed() : [];
      if (typeof name !== 'string') return [];
      const alias = member(each, 'alias');
      const own = typeof alias === 'string' && alias !== '' ? alias : name;
      return [[own, { name, alias: typeof table === 'string' ? table : undefined }]];
    }),
  );
}

/** Whether an expression casts another to text, as for codes: such a value does not change. */
function isText(expression: Json): boolean {
  return memberOf(memberOf(expression, 'cast_type'), 'id') === 'VARCHAR';
}

function memberOf(value: Json | undefined, key: string): Json | undefined {
  return value !== undefined && isObject(value) ? member(value, key) : undefined;
}

/** The tables in the FROM of the outermost SELECT, by their names there, in lower case. */
function tablesByAlias(parsed: Json, known: readonly Table[]): ReadonlyMap<string, Table> {
  const found = new Map<string, Table>();
  const left = [fromOf(parsed)];
  while (left.length > 0) {
    const at = left.pop();
    const [name, alias] = [memberOf(at, 'table_name'), memberOf(at, 'alias')];
    if (memberOf(at, 'type') === 'JOIN') left.push(memberOf(at, 'left'), memberOf(at, 'right'));
    if (typeof name !== 'string') continue;
    const table = known.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (table !== undefined) found.set((typeof alias === 'string' && alias !== '' ? alias : name).toLowerCase(), table);
  }
  return found;
}

/** The names of tables and views that a statement reads, in lower case. */
function namesRead(parsed: Json): ReadonlySet<string> {
  const found = new Set<string>();
  const left = [parsed];
  for (let at = left.pop(); at !== undefined; at = left.pop()) {
    if (isArray(at)) left.push(...at);
    else if (isObject(at)) {
      const name = member(at, 'table_name');
      if (typeof name === 'string') found.add(name.toLowerCase());
      left.push(...Object.values(at));
    }
  }
  return found;
}

const types: Readonly<Record<string, ColumnType>> = {
  BOOLEAN: 'boolean',
  DATE: 'date',
  DOUBLE: 'number',
  FLOAT: 'number',
  JSON: 'json',
  TIMESTAMP: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamp',
};

function typeOf(type: string): ColumnType {
  if (/^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT|U?INTEGER)$/.test(type)) return 'integer';
  if (type.startsWith('DECIMAL')) return 'number';
  if (/\]$|^(?:STRUCT|MAP|UNION)\b/.test(type)) return 'json';
  return types[type] ?? 'string';
}
