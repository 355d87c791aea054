import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Table } from '../compile/model.ts';
import { count, groupBy, list, quoted } from '../text.ts';
import { reserved } from '../vocabulary.ts';
import { csvRowsOf, digestOfRows, fileType, parquetRows } from '../write/readBack.ts';
import { createTable, identifier, literal, plainType } from '../write/sql.ts';
import type { DescribedTable, Descriptor } from './descriptor.ts';
import type { Add } from './findings.ts';
import { ask, messageOf } from './tables.ts';

/** Opens the database of a release for reading. @returns whether it could be opened */
export async function attachDatabase(
  connection: DuckDBConnection,
  file: string,
  shown: string,
  add: Add,
): Promise<boolean> {
  try {
    await connection.run(`ATTACH ${literal(file)} AS release (READ_ONLY)`);
    return true;
  } catch (error) {
    add(shown, 'release', `it cannot be opened: ${messageOf(error)}`);
    return false;
  }
}

/** Compares the tables of the database with tables made out of the descriptor: columns, types, codes, NOT NULL, keys; and its table `dataset`. */
export async function checkDatabase(
  connection: DuckDBConnection,
  descriptor: Descriptor,
  file: string,
  add: Add,
): Promise<void> {
  const tables = descriptor.tables.map(({ table }) => table);
  if (!(await createExpected(connection, tables, add))) return;
  const [wanted, present] = [await describeTables(connection, 'memory'), await describeTables(connection, 'release')];
  for (const table of tables) {
    const [expected, found] = [wanted.get(table.name) ?? [], present.get(table.name) ?? []];
    if (found.length === 0) add(file, 'release', `the table ${quoted(table.name)} is not there`);
    else {
      const lacks = expected.filter((line) => !found.includes(line));
      const has = found.filter((line) => !expected.includes(line));
      if (lacks.length + has.length > 0)
        add(file, 'release', `table ${quoted(table.name)}: ${difference(lacks, has)}, other than in datapackage.json`);
    }
  }
  const names = await ask(
    connection,
    "SELECT table_name FROM duckdb_tables() WHERE database_name = 'release' AND NOT internal ORDER BY ALL",
  );
  const known = new Set([...tables.map((t) => t.name), reserved.dataset]);
  for (const [name] of names)
    if (!known.has(String(name)))
      add(file, 'release', `datapackage.json does not describe its table ${quoted(String(name))}`);
  await checkFacts(connection, descriptor, file, add);
}

function difference(lacks: readonly string[], has: readonly string[]): string {
  const parts = [
    ...(lacks.length === 0 ? [] : [`lacks ${list(lacks.slice(0, 3))}`]),
    ...(has.length === 0 ? [] : [`has ${list(has.slice(0, 3))}`]),
  ];
  return list(parts);
}

/** Parents before children, whatever the order of the descriptor. */
async function createExpected(connection: DuckDBConnection, tables: readonly Table[], add: Add): Promise<boolean> {
  const made = new Set<string>();
  for (let left = [...tables]; left.length > 0;) {
    const ready = left.filter((t) => t.foreignKeys.every((fk) => fk.table === t.name || made.has(fk.table)));
    if (ready.length === 0) {
      add('datapackage.json', 'release', `foreign keys go round in a circle: ${list(left.map((t) => t.name))}`);
      return false;
    }
    for (const table of ready) {
      try {
        await connection.run(createTable(table).replace(/^CREATE TABLE /, 'CREATE TABLE memory.main.'));
      } catch (error) {
        add('datapackage.json', 'release', `no table can be made of ${quoted(table.name)}: ${messageOf(error)}`);
        return false;
      }
      made.add(table.name);
    }
    left = left.filter((t) => !made.has(t.name));
  }
  return true;
}

/** A line for each column and key of a database's tables, by table. All at once: DuckDB lists those of every table whichever is asked for. */
async function describeTables(
  connection: DuckDBConnection,
  database: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const of = `database_name = ${literal(database)} AND schema_name = 'main'`;
  const columns = await ask(
    connection,
    `SELECT table_name, 'column ' || column_index || ' ' || column_name || ' ' || data_type || if(is_nullable, '', ' NOT NULL') FROM duckdb_columns() WHERE ${of} ORDER BY table_name, column_index`,
  );
  const keys = await ask(
    connection,
    `SELECT table_name, constraint_text FROM duckdb_constraints() WHERE ${of} AND constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY', 'UNIQUE', 'CHECK') ORDER BY ALL`,
  );
  const lines = groupBy([...columns, ...keys], ([table]) => String(table));
  return new Map([...lines].map(([table, rows]) => [table, rows.map(([, line]) => String(line))]));
}

async function checkFacts(connection: DuckDBConnection, descriptor: Descriptor, file: string, add: Add): Promise<void> {
  const { name, version, commit } = descriptor;
  try {
    const found = await ask(
      connection,
      `SELECT name, version, "commit" FROM release.main.${identifier(reserved.dataset)}`,
    );
    if (JSON.stringify(found) !== JSON.stringify([[name, version, commit]]))
      add(
        file,
        'release',
        `its table ${reserved.dataset} says ${JSON.stringify(found)}, not ${JSON.stringify([name, version, commit])}`,
      );
  } catch (error) {
    add(file, 'release', `its table ${reserved.dataset} cannot be read: ${messageOf(error)}`);
  }
}

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
    const expected = table.columns.map((c) => `${c.name} ${plainType(c)}`);
    const odd = Array.from({ length: Math.max(columns.length, expected.length) }, (_, i) => i).find(
      (i) => columns[i] !== expected[i],
    );
    if (odd !== undefined) {
      add(
        first,
        'release',
        `column ${odd + 1} is ${columns[odd] ?? 'not there'}, where datapackage.json has ${expected[odd] ?? 'none'}`,
      );
      return false;
    }
    const [[rows] = []] = await ask(connection, `SELECT count(*) FROM ${parquetRows(files)}`);
    if (parquet.rowCount !== Number(rows))
      add(
        first,
        'release',
        `it has ${count(Number(rows), 'row')}, but datapackage.json says ${JSON.stringify(parquet.rowCount)}`,
      );
  } catch (error) {
    add(first, 'release', `it cannot be read: ${messageOf(error)}`);
    return false;
  }
  for (const [i, file] of files.entries())
    await checkMetadata(connection, file, parquet.paths[i] ?? '', descriptor, add);
  return true;
}

async function checkMetadata(
  connection: DuckDBConnection,
  file: string,
  shown: string,
  descriptor: Descriptor,
  add: Add,
): Promise<void> {
  const rows = await ask(connection, `SELECT decode(key), decode(value) FROM parquet_kv_metadata(${literal(file)})`);
  const found = new Map(rows.map(([key, value]) => [String(key), String(value)]));
  const expected = { dataset: descriptor.name, version: descriptor.version, commit: descriptor.commit ?? undefined };
  for (const [key, value] of Object.entries(expected)) {
    if (found.get(key) !== value)
      add(
        shown,
        'release',
        `its metadata say ${key} ${found.get(key) ?? '(none)'}, but datapackage.json says ${value ?? '(none)'}`,
      );
  }
}

/** Compares the rows of a table in the formats, in order: of three, the one that differs from the two others is named. */
export async function compareFormats(
  connection: DuckDBConnection,
  release: string,
  { table, csv, parquet }: DescribedTable,
  held: {
    readonly longest: number;
    readonly parquet: boolean;
    readonly attached: boolean;
    readonly descriptor: Descriptor;
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
  if (held.attached) sources.push([held.descriptor.database?.path ?? '', `release.main.${identifier(table.name)}`]);
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
    // where no two agree, nobody knows which is right
    if (agreeing(digest) === most && most > 1) continue;
    const others = digests.filter(([, other]) => other !== digest).map(([other]) => other);
    add(file, 'release', `the rows of ${quoted(table.name)} are not those of ${list(others)}`);
  }
}
