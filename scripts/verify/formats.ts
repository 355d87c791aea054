import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { dataLicense } from '../read/dataset.ts';
import { count, list, quoted } from '../base/text.ts';
import { digestOfRows } from '../engine/duckdb/rowDigests.ts';
import { csvRowsOf, fileType, identifier, parquetRows, pathLiteral, plainType } from '../engine/duckdb/sql.ts';
import { ask, messageOf } from './ask.ts';
import type { DescribedTable, Descriptor } from './descriptor.ts';
import type { Add } from './findings.ts';

/** Checks columns, types, number of rows and metadata of a table's Parquet files. @returns whether its rows can be compared */
export async function checkParquet(
  connection: DuckDBConnection,
  release: string,
  described: DescribedTable,
  descriptor: Descriptor,
  add: Add,
): Promise<boolean> {
  const { table, parquet } = described;
  if (parquet === undefined) return false;
  const [first = ''] = parquet.paths;
  const files = parquet.paths.map((name) => path.join(release, name));
  try {
    const found = await ask(connection, `DESCRIBE SELECT * FROM ${parquetRows(files)}`);
    const columns = found.map(([name, type]) => `${String(name)} ${String(type)}`);
    // in every build, DuckDB writes the rows of views
    const bySpark = isOfSpark(descriptor) && !descriptor.derived.includes(described);
    const expected = table.columns.map((c) => `${c.name} ${bySpark ? fileType(c) : plainType(c)}`);
    const odd = Array.from({ length: Math.max(columns.length, expected.length) }, (_, i) => i).find(
      (i) => columns[i] !== expected[i],
    );
    if (odd !== undefined) {
      add(
        first,
        'release',
        `column ${odd + 1} is ${columns[odd] ?? 'missing'}, but datapackage.json has ${expected[odd] ?? 'none'}`,
      );
      return false;
    }
    const [[rows] = []] = await ask(connection, `SELECT count(*) FROM ${parquetRows(files)}`);
    if (parquet.rowCount !== Number(rows)) {
      add(
        first,
        'release',
        `it has ${count(Number(rows), 'row')}, but datapackage.json says ${JSON.stringify(parquet.rowCount)}`,
      );
      return false;
    }
  } catch (error) {
    add(first, 'release', `it cannot be read: ${messageOf(error)}`);
    return false;
  }
  for (const [i, file] of isOfSpark(descriptor) ? [] : files.entries())
    await checkMetadata(connection, file, parquet.paths[i] ?? '', descriptor, add);
  return true;
}

/** Whether Spark has written the Parquet files: it has no JSON type, and does not write our metadata. */
function isOfSpark({ database }: Descriptor): boolean {
  return database?.holds !== 'tables';
}

async function checkMetadata(
  connection: DuckDBConnection,
  file: string,
  shown: string,
  descriptor: Descriptor,
  add: Add,
): Promise<void> {
  const rows = await ask(
    connection,
    `SELECT decode(key), decode(value) FROM parquet_kv_metadata(${pathLiteral(file)})`,
  );
  const found = new Map(rows.map(([key, value]) => [String(key), String(value)]));
  const { name, version, license } = { ...descriptor.dataset, license: dataLicense(descriptor.dataset)?.name };
  const expected = { dataset: name, version, commit: descriptor.commit ?? undefined, licence: license };
  for (const [key, value] of Object.entries(expected)) {
    if (found.get(key) !== value)
      add(
        shown,
        'release',
        `its metadata says ${key} ${found.get(key) ?? '(none)'}, but datapackage.json says ${value ?? '(none)'}`,
      );
  }
}

/**
 * Compares the rows of a table in the formats, in order: if one of three differs from the other two, it is reported.
 */
export async function compareFormats(
  connection: DuckDBConnection,
  release: string,
  { table, csv, parquet }: DescribedTable,
  held: {
    readonly longest: number;
    /** Rows of the CSV. */
    readonly rows: number;
    /** Whether the Parquet files can be read. */
    readonly parquet: boolean;
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
  if (held.parquet && parquet !== undefined)
    sources.push([parquet.paths[0] ?? '', parquetRows(parquet.paths.map((name) => path.join(release, name)))]);
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
