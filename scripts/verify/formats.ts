import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { dataLicense } from '../read/dataset.ts';
import { count, list, quoted } from '../base/text.ts';
import { digestOfRows } from '../engine/duckdb/rowDigests.ts';
import type { StatedFacts } from '../engine/duckdb/formats/format.ts';
import { fileFormats } from '../engine/duckdb/formats/index.ts';
import { csvRowsOf, fileType, identifier } from '../engine/duckdb/sql.ts';
import type { Json } from '../json/json.ts';
import type { FormatName } from '../release/exportFormats.ts';
import { ask, messageOf } from './ask.ts';
import type { DescribedTable, Descriptor } from './descriptor.ts';
import type { Add } from './findings.ts';

/**
 * Checks columns, types, number of rows and metadata of a table's files in a format. @returns whether its rows can be
 * compared
 */
export async function checkExported(
  connection: DuckDBConnection,
  release: string,
  described: DescribedTable,
  {
    format,
    longest,
    descriptor,
  }: { readonly format: FormatName; readonly longest: number; readonly descriptor: Descriptor },
  add: Add,
): Promise<boolean> {
  const { table } = described;
  const held = described.exported.get(format);
  if (held === undefined) return false;
  const [first = ''] = held.paths;
  const files = held.paths.map((name) => path.join(release, name));
  const { rowsIn, typeOf, faults } = fileFormats[format];
  const from = rowsIn({ files, table, longestLine: longest });
  // in every build, DuckDB writes the rows of views
  const bySpark = isOfSpark(descriptor) && !descriptor.derived.includes(described);
  const expected = table.columns.map((c) => `${c.name} ${bySpark ? fileType(c) : typeOf(c)}`);
  try {
    const found = await ask(connection, `DESCRIBE SELECT * FROM ${from}`);
    const columns = found.map(([name, type]) => `${String(name)} ${String(type)}`);
    const [[rows] = []] = await ask(connection, `SELECT count(*) FROM ${from}`);
    const message = columnFault(columns, expected) ?? countFault(Number(rows), held.rowCount);
    if (message !== undefined) {
      add(first, 'release', message);
      return false;
    }
  } catch (error) {
    add(first, 'release', `it cannot be read: ${messageOf(error)}`);
    return false;
  }
  if (faults === undefined || isOfSpark(descriptor)) return true;
  for (const [i, file] of files.entries()) {
    const found = await faults(async (sql) => ask(connection, sql), file, statedFacts(descriptor));
    for (const message of found) add(held.paths[i] ?? '', 'release', message);
  }
  return true;
}

function columnFault(columns: readonly string[], expected: readonly string[]): string | undefined {
  const odd = Array.from({ length: Math.max(columns.length, expected.length) }, (_, i) => i).find(
    (i) => columns[i] !== expected[i],
  );
  if (odd === undefined) return undefined;
  return `column ${odd + 1} is ${columns[odd] ?? 'missing'}, but datapackage.json has ${expected[odd] ?? 'none'}`;
}

function countFault(rows: number, stated: Json | undefined): string | undefined {
  if (rows === stated) return undefined;
  return `it has ${count(rows, 'row')}, but datapackage.json says ${JSON.stringify(stated)}`;
}

/** Whether Spark has written the Parquet files: it has no JSON type, and does not write our metadata. */
function isOfSpark({ database }: Descriptor): boolean {
  return database?.holds !== 'tables';
}

function statedFacts({ dataset, commit }: Descriptor): StatedFacts {
  const { name, version } = dataset;
  return { name, version, commit, license: dataLicense(dataset)?.name ?? null };
}

/**
 * Compares the rows of a table in the formats, in order: if one differs from most others, it is reported.
 */
export async function compareFormats(
  connection: DuckDBConnection,
  release: string,
  { table, csv, exported }: DescribedTable,
  held: {
    readonly longest: number;
    /** Rows of the CSV. */
    readonly rows: number;
    /** The formats whose files can be read. */
    readonly readable: readonly FormatName[];
    /** The file of the database, if the table in it can be read. */
    readonly database: string | undefined;
  },
  add: Add,
): Promise<void> {
  const [csvFile = ''] = csv.paths;
  const columns = table.columns.map((c): [string, string] => [c.name, fileType(c)]);
  const sources: [file: string, from: string][] = [
    [csvFile, csvRowsOf(path.join(release, csvFile), columns, held.longest)],
  ];
  for (const format of held.readable) {
    const paths = exported.get(format)?.paths ?? [];
    const files = paths.map((name) => path.join(release, name));
    sources.push([paths[0] ?? '', fileFormats[format].rowsIn({ files, table, longestLine: held.longest })]);
  }
  if (held.database !== undefined && (await hasRows(connection, table.name, held.rows, held.database, add)))
    sources.push([held.database, inDatabase(table.name)]);
  const digests: [file: string, digest: string][] = [];
  for (const [file, from] of sources) {
    try {
      digests.push([file, await digestOfRows(connection, table, from)]);
    } catch (error) {
      add(file, 'release', `the rows of ${quoted(table.name)} cannot be read: ${messageOf(error)}`);
    }
  }
  const agreeing = (digest: string): number => digests.filter(([, other]) => other === digest).length;
  const most = Math.max(...digests.map(([, digest]) => agreeing(digest)));
  if (most === digests.length) return;
  for (const [file, digest] of digests) {
    // if no two agree, nobody knows which is right
    if (agreeing(digest) === most && most > 1) continue;
    const others = digests.filter(([, other]) => other !== digest).map(([other]) => other);
    add(file, 'release', `the rows of ${quoted(table.name)} are not those of ${list(others)}`);
  }
}

function inDatabase(table: string): string {
  return `release.main.${identifier(table)}`;
}

/** Whether a table of the database has this many rows; it counts at most one more. */
async function hasRows(
  connection: DuckDBConnection,
  table: string,
  rows: number,
  file: string,
  add: Add,
): Promise<boolean> {
  try {
    const [[found] = []] = await ask(
      connection,
      `SELECT count(*) FROM (SELECT 1 FROM ${inDatabase(table)} LIMIT ${rows + 1})`,
    );
    if (Number(found) === rows) return true;
    const number = Number(found) > rows ? `more than ${count(rows, 'row')}` : count(Number(found), 'row');
    add(file, 'release', `the table ${quoted(table)} has ${number}, but its CSV has ${rows}`);
  } catch (error) {
    add(file, 'release', `the rows of ${quoted(table)} cannot be read: ${messageOf(error)}`);
  }
  return false;
}
