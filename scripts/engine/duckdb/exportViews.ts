import path from 'node:path';
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import type { Cell, Column, ColumnType, Row, Table } from '../../compile/model.ts';
import { mostCheckTime } from '../../base/limits.ts';
import { Failure } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import { type Json, parseJson } from '../../json/json.ts';
import type { View } from '../../read/schemas.ts';
import type { ReleaseFacts } from '../engine.ts';
import { type ExportFormat, type FormatName, exportedFile } from '../../release/exportFormats.ts';
import { fileFormats } from './formats/index.ts';
import { allowWideRows, confineTo, interruptedBy, memoryByDefault, openDuckDb, inTime } from './instance.ts';
import { digestOfRows } from './rowDigests.ts';
import { csvRowsOf, fileType, guarded, identifier, literal, unguarded } from './sql.ts';
import { hasOrder, orderedRows, typedCell } from './viewCells.ts';
import { type ViewTable, viewTable } from './viewColumns.ts';
import { knownOfValues } from './viewValues.ts';

/** The rows of a view, as a table of a release that is derived from others. */
export interface DerivedTable {
  readonly table: Table;
  readonly rows: number;
  /** Whether its SELECT orders the rows; otherwise they are ordered by all columns. */
  readonly isOrdered: boolean;
  /** The table with what else is known about its values: see `knownOfValues`. */
  readonly known: Table;
  readonly origins: ViewTable['origins'];
}

/** Receives the rows of views: the caller writes CSV. */
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
  readonly formats: readonly ExportFormat[];
}

/**
 * Writes the rows of views in a database as CSV and in the formats of the release, and compares what was written. A
 * view without an order is ordered by all its columns. It runs on one thread, so that equal keys and sums of fractions
 * are the same each time.
 * @throws Failure if a view cannot be run
 */
export async function exportViews(
  { folder, database, tables, facts, formats }: SealedRelease,
  views: readonly View[],
  sink: ViewSink,
  { signal, longestView = mostCheckTime }: { readonly signal?: AbortSignal | undefined; readonly longestView?: number },
): Promise<readonly DerivedTable[]> {
  if (views.length === 0) return [];
  const instance = await openDuckDb(path.join(folder, '.duckdb-temporary-views'), memoryByDefault, 1);
  const connection = await instance.connect();
  const ignore = interruptedBy(signal, connection);
  try {
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(`ATTACH ${literal(path.join(folder, database))} AS release (READ_ONLY)`);
    await connection.run('USE release');
    await confineTo(connection, folder);
    const derived: DerivedTable[] = [];
    for (const view of views) {
      try {
        const known = [...tables, ...derived.map((d) => d.known)];
        const made = await inTime(connection, longestView, () =>
          exportView(connection, { folder, tables: known, facts, formats }, view, sink),
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
  { folder, tables, facts, formats }: Omit<SealedRelease, 'database'>,
  view: View,
  sink: ViewSink,
): Promise<DerivedTable> {
  const parsed = await parse(connection, view.sql);
  const made = await viewTable(connection, view, parsed, tables);
  const { table, origins } = made;
  const { name, columns } = table;
  sink.begin(table);
  // the query runs once: all files have its rows in one order
  const cells = columns.map((each) => `${typedCell(each)} AS ${identifier(each.name)}`);
  await connection.run(`CREATE OR REPLACE TABLE ${heldRows} AS ${orderedRows(cells, name, parsed)}`);
  const texts = columns.map((each) => textOf(each)).join(', ');
  const { rows, bytes, longestLine } = await writeRows(connection, `SELECT ${texts} FROM ${heldRows}`, table, sink);
  await allowWideRows(connection, { rows, bytes });
  const exported = new Map<FormatName, string>();
  for (const format of formats) {
    const file = path.join(folder, exportedFile(format.name, name));
    const { write, rowsIn } = fileFormats[format.name];
    await write(connection, file, { query: `FROM ${heldRows}`, table, size: { rows, bytes }, facts });
    exported.set(format.name, rowsIn({ files: [file], table, longestLine }));
  }
  const csv = csvRowsOf(
    path.join(folder, 'csv', `${name}.csv`),
    columns.map((each) => [each.name, fileType(each)]),
    longestLine,
  );
  const written = await digestOfRows(connection, table, csv);
  for (const [format, from] of exported) {
    const read = await digestOfRows(connection, table, from);
    if (written !== read || !read.startsWith(`${rows} rows `))
      throw new Error(`its rows do not read back as they were written (CSV: ${written}; ${format}: ${read})`);
  }
  const known = await knownOfValues(connection, { ...made, view, rows: heldRows }, tables);
  return { table, rows, isOrdered: hasOrder(parsed), known, origins };
}

/**
 * Writes the rows of a query. Returns how many there are, about how many bytes, and a bound for the longest line of
 * CSV.
 */
async function writeRows(
  connection: DuckDBConnection,
  query: string,
  table: Table,
  sink: ViewSink,
): Promise<{ readonly rows: number; readonly bytes: number; readonly longestLine: number }> {
  let [rows, bytes, longestLine] = [0, 0, 0];
  const unprintable = new Map<Column, number>();
  const result = await connection.stream(query);
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const cells = chunk.getRows().map((row) => row.map((cell, i) => toCell(cell, table.columns[i])));
    sink.append(table, cells);
    rows += cells.length;
    for (const row of cells) {
      const { length } = JSON.stringify(row);
      bytes += length;
      longestLine = Math.max(longestLine, 4 * length);
      for (const [i, each] of table.columns.entries())
        if (!isFinite(row[i] ?? null, each.type)) unprintable.set(each, (unprintable.get(each) ?? 0) + 1);
    }
  }
  for (const [{ name }, count] of unprintable) throw new Error(notFinite(name, count));
  return { rows, bytes, longestLine };
}

/** Whether every reader understands a cell: SQL computes numbers and times that JSON does not have, such as 1 / 0. */
function isFinite(cell: Cell, type: ColumnType): boolean {
  if (typeof cell === 'number') return Number.isFinite(cell);
  if (typeof cell !== 'string') return true;
  // the text of a time that is infinite says so
  if (type === 'date' || type === 'timestamp') return !cell.includes('infinity');
  return type !== 'json' || !/NaN|Infinity/.test(cell) || 'value' in parseJson(cell);
}

function notFinite(name: string, rows: number): string {
  const where = rows === 1 ? '1 row' : `${rows} rows`;
  const instead = `CASE WHEN isfinite(${name}) THEN ${name} END`;
  return `the column ${quoted(name)} has NaN or infinity in ${where}: make it NULL there, for example with ${instead}`;
}

async function parse(connection: DuckDBConnection, sql: string): Promise<Json> {
  const result = await connection.runAndReadAll(`SELECT json_serialize_sql(${literal(sql)})`);
  const parsed = parseJson(String(result.getRows()[0]?.[0]));
  return 'value' in parsed ? parsed.value : null;
}

/** The rows of the view that is being written, with the types of its columns in files. */
const heldRows = 'memory.main.held';

/** A held cell in the form for CSV: fractions and booleans as they are, the others as text. */
function textOf(each: Column): string {
  const cell = identifier(each.name);
  if (each.type === 'number' || each.type === 'boolean') return cell;
  if (each.type === 'string') return guarded(`${cell}::VARCHAR`);
  if (each.type !== 'timestamp') return `${cell}::VARCHAR`;
  return `rtrim(rtrim(strftime(${cell}, '%Y-%m-%dT%H:%M:%S.%f'), '0'), '.') || 'Z'`;
}

/** Whole numbers come as text, since JavaScript numbers cannot hold all of them: those stay text. */
function toCell(value: DuckDBValue, of: Column | undefined): Cell {
  if (of?.type === 'string' && typeof value === 'string') return unguarded(value);
  if (of?.type === 'integer' && typeof value === 'string' && Number.isSafeInteger(Number(value))) return Number(value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
