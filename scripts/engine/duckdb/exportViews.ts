import path from 'node:path';
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { type Cell, type Column, type ColumnType, type Row, type Table, column } from '../../compile/model.ts';
import { mostCheckTime } from '../../base/limits.ts';
import { Failure } from '../../base/problem.ts';
import { type Json, isArray, isObject, member, parseJson } from '../../json/json.ts';
import type { View } from '../../read/schemas.ts';
import type { ReleaseFacts } from '../engine.ts';
import { parquetOptions } from './database.ts';
import { confineTo, interruptedBy, openDuckDb, inTime } from './instance.ts';
import { digestOfRows } from './rowDigests.ts';
import { csvRowsOf, documentation, fileType, identifier, literal, parquetRows } from './sql.ts';
import { orderedRows, partsOf, typedCell } from './viewCells.ts';

/** The rows of a view, as a table of a release that is made from others. */
export interface DerivedTable {
  readonly table: Table;
  readonly rows: number;
}

/** Where the rows of views go: CSV is written by the caller. */
export interface ViewSink {
  readonly begin: (table: Table) => void;
  readonly append: (table: Table, rows: readonly Row[]) => void;
}

/** A release in its staging folder, with its database filled. */
export interface SealedRelease {
  readonly folder: string;
  /** The file of the database, below the folder. */
  readonly database: string;
  readonly tables: readonly Table[];
  readonly facts: ReleaseFacts;
}

/**
 * Writes the rows of views that are in a database as CSV and Parquet, and compares what was written. A view that says no
 * order is ordered by all its columns. On one thread, so that equal keys and sums of fractions come out the same each time.
 * @throws Failure where a view cannot be run
 */
export async function exportViews(
  { folder, database, tables, facts }: SealedRelease,
  views: readonly View[],
  sink: ViewSink,
  { signal, longestView = mostCheckTime }: { readonly signal?: AbortSignal | undefined; readonly longestView?: number },
): Promise<readonly DerivedTable[]> {
  if (views.length === 0) return [];
  const instance = await openDuckDb(path.join(folder, '.duckdb-temporary'));
  const connection = await instance.connect();
  const ignore = interruptedBy(signal, connection);
  try {
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run('SET threads = 1');
    await connection.run(`ATTACH ${literal(path.join(folder, database))} AS release (READ_ONLY)`);
    await connection.run('USE release');
    await confineTo(connection, folder);
    const derived: DerivedTable[] = [];
    for (const view of views) {
      try {
        const known = [...tables, ...derived.map((d) => d.table)];
        const made = await inTime(connection, longestView, () =>
          exportView(connection, { folder, tables: known, facts }, view, sink),
        );
        derived.push(made);
      } catch (error) {
        throw new Failure(
          `${view.shown}: ${(error instanceof Error ? error.message : String(error)).split('\n', 1)[0]}`,
        );
      }
    }
    return derived;
  } finally {
    ignore();
    connection.closeSync();
    instance.closeSync();
  }
}

async function exportView(
  connection: DuckDBConnection,
  { folder, tables, facts }: Omit<SealedRelease, 'database'>,
  view: View,
  sink: ViewSink,
): Promise<DerivedTable> {
  const parsed = await parse(connection, view.sql);
  const table = await tableOf(connection, view, parsed, tables);
  const { name, columns } = table;
  const select = (cellOf: (column: Column) => string): string =>
    orderedRows(
      columns.map((each) => `${cellOf(each)} AS ${identifier(each.name)}`),
      identifier(name),
      parsed,
    );
  const { rows, longestLine } = await writeRows(connection, select(textCell), table, sink);
  const parquet = path.join(folder, 'parquet', `${name}.parquet`);
  await connection.run(`COPY (${select(typedCell)}) TO ${literal(parquet)} ${parquetOptions(facts, table)}`);
  const csv = csvRowsOf(
    path.join(folder, 'csv', `${name}.csv`),
    columns.map((each) => [each.name, fileType(each)]),
    longestLine,
  );
  const digests = [
    await digestOfRows(connection, table, csv),
    await digestOfRows(connection, table, parquetRows([parquet])),
  ];
  if (digests[0] !== digests[1] || digests[0]?.startsWith(`${rows} rows `) !== true)
    throw new Error(`its rows do not read back as they were written (${digests.join('; ')})`);
  return { table, rows };
}

/** A view as a table: its columns are described by those that they are taken from, or by the view itself. */
async function tableOf(
  connection: DuckDBConnection,
  { name, description, columns: described }: View,
  parsed: Json,
  known: readonly Table[],
): Promise<Table> {
  const found = await connection.runAndReadAll(`DESCRIBE ${identifier(name)}`);
  const read = namesRead(parsed);
  const sources = known.filter((table) => read.has(table.name.toLowerCase()));
  const origins = columnsTaken(parsed);
  const columns = found.getRows().map(([label, type]) => {
    const made = columnOf(String(label), String(type), origins.get(String(label)) ?? String(label), sources);
    const own = described.get(made.name);
    return own === undefined ? made : { ...made, title: undefined, description: own };
  });
  return { title: undefined, primaryKey: [], foreignKeys: [], optional: false, name, description, columns };
}

/** Writes the rows of a query. Gives how many there are, and a bound of the longest as a line of CSV. */
async function writeRows(
  connection: DuckDBConnection,
  query: string,
  table: Table,
  sink: ViewSink,
): Promise<{ readonly rows: number; readonly longestLine: number }> {
  sink.begin(table);
  let rows = 0;
  let longestLine = 0;
  const result = await connection.stream(query);
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const cells = chunk.getRows().map((row) => row.map(toCell));
    sink.append(table, cells);
    rows += cells.length;
    longestLine = Math.max(longestLine, ...cells.map((row) => 4 * JSON.stringify(row).length));
  }
  return { rows, longestLine };
}

async function parse(connection: DuckDBConnection, sql: string): Promise<Json> {
  const result = await connection.runAndReadAll(`SELECT json_serialize_sql(${literal(sql)})`);
  const parsed = parseJson(String(result.getRows()[0]?.[0]));
  return 'value' in parsed ? parsed.value : null;
}

/** The columns that the outermost SELECT takes from others as they are: the name of the other by its own. */
function columnsTaken(parsed: Json): ReadonlyMap<string, string> {
  return new Map(
    partsOf(parsed, 'select_list').flatMap((each): (readonly [string, string])[] => {
      const [alias, names] = [member(each, 'alias'), member(each, 'column_names')];
      const origin = isArray(names) ? names.at(-1) : undefined;
      return typeof alias === 'string' && alias !== '' && typeof origin === 'string' ? [[alias, origin]] : [];
    }),
  );
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

/** A column of a view. It is documented like the column that it is taken from, of all tables read, if they agree. */
function columnOf(name: string, type: string, origin: string, sources: readonly Table[]): Column {
  const made = column(name, typeOf(type), { nullable: true });
  const alike = sources
    .flatMap((table) => table.columns)
    .filter((each) => each.name.toLowerCase() === origin.toLowerCase() && each.type === made.type);
  const [first] = alike;
  const agree = first !== undefined && alike.every((each) => documentation(each) === documentation(first));
  return agree ? { ...made, title: first.title, description: first.description, unit: first.unit } : made;
}

/** A cell as CSV has it: fractions and truth values as they are, the others as text. */
function textCell(each: Column): string {
  if (each.type === 'number' || each.type === 'boolean') return typedCell(each);
  if (each.type !== 'timestamp') return `(${typedCell(each)})::VARCHAR`;
  const text = `strftime(${typedCell(each)}, '%Y-%m-%dT%H:%M:%S.%f')`;
  return `rtrim(rtrim(${text}, '0'), '.') || 'Z'`;
}

function toCell(value: DuckDBValue): Cell {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
