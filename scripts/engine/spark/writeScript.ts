import type { Table } from '../../compile/model.ts';
import { script, transform, workFolders } from './checkScript.ts';
import { cellsAs, lineColumns, rowType } from './mapped.ts';
import { identifier, literal, sparkType } from './sql.ts';

/** A table that Spark writes, and into how many files. */
export interface WrittenTable {
  readonly table: Table;
  readonly files: number;
}

/** A table of records whose records are written as they were read, too. */
export interface RecordsOf {
  readonly table: Table;
  /** The column of the record's identifier; undefined where records have none. */
  readonly key: Table['columns'][number] | undefined;
}

/**
 * The script that writes tables as Parquet and CSV, in order of their keys, and records as NDJSON; and digests the rows
 * as they were compiled and as Parquet gives them back.
 * @param command what prints CSV, given the number of columns
 */
export function writeScript(
  folder: string,
  command: (columns: number) => string,
  tables: readonly WrittenTable[],
  records: readonly RecordsOf[],
): string {
  const at = (name: keyof typeof workFolders, below = ''): string => literal(`${folder}/${workFolders[name]}${below}`);
  return script([
    `CREATE TEMPORARY VIEW mapped (${lineColumns}) USING parquet OPTIONS (path ${at('mapped')})`,
    `CREATE TEMPORARY VIEW more (tbl STRING, part INT, n BIGINT, text STRING) USING json OPTIONS (path ${at('more')})`,
    ...tables.flatMap((written, i) => {
      const { table } = written;
      return [
        `CREATE TEMPORARY VIEW ${rowsOf(i)} AS ${typedRows(table)}`,
        `INSERT OVERWRITE DIRECTORY ${at('tables', `/${i}`)} USING parquet OPTIONS (compression 'zstd') ` +
          `SELECT ${table.columns.map(({ name }, c) => `c${c} AS ${identifier(name)}`).join(', ')} FROM (${sorted(written, i)})`,
        `INSERT OVERWRITE DIRECTORY ${at('csv', `/${i}`)} USING text SELECT from_json(block, 'v STRING').v FROM (` +
          `${transform('text', command(table.columns.length), 'block STRING', `SELECT text FROM (${sorted(written, i)})`)})`,
      ];
    }),
    ...records.map((each, i) => recordsStatement(each, at('records', `/${i}`))),
    `INSERT OVERWRITE DIRECTORY ${at('digests')} USING json ` +
      `SELECT number, what, count(hash) AS rows, CAST(sum(hash) AS STRING) AS digest FROM (${tables
        .map(({ table }, i) => hashes(table, i, `${folder}/${workFolders.tables}/${i}`))
        .join('\nUNION ALL ')}) GROUP BY number, what`,
  ]);
}

/** The view of the compiled rows of a table. */
function rowsOf(number: number): string {
  return `rows_${number}`;
}

function typedRows(table: Table): string {
  const name = literal(table.name);
  return (
    `SELECT r.*, part, n, text FROM (SELECT from_json(text, ${literal(rowType(table))}, map('mode', 'FAILFAST')) AS r, part, n, text FROM (` +
    `SELECT part, n, text FROM mapped WHERE kind = 'row' AND tbl = ${name} ` +
    `UNION ALL SELECT part, n, text FROM more WHERE tbl = ${name}))`
  );
}

/** Rows in the order of their key, else in that of the records; each file has the keys between two bounds. */
function sorted({ table, files }: WrittenTable, number: number): string {
  const keys = table.primaryKey.map((key) => `c${table.columns.findIndex(({ name }) => name === key)}`);
  return inOrder(`SELECT * FROM ${rowsOf(number)}`, keys.length === 0 ? 'part, n' : keys.join(', '), files);
}

/** The rows of a query in order, in so many partitions. */
function inOrder(query: string, order: string, files: number): string {
  const partitions = files === 1 ? 'REPARTITION(1)' : `REPARTITION_BY_RANGE(${files}, ${order})`;
  return `SELECT * FROM (SELECT /*+ ${partitions} */ * FROM (${query})) SORT BY ${order}`;
}

function recordsStatement({ table, key }: RecordsOf, target: string): string {
  const parsed = `k ${key === undefined ? 'STRING' : sparkType(key)}, r STRING`;
  const records =
    `SELECT r.k, r.r, part, n FROM (SELECT from_json(text, ${literal(parsed)}) AS r, part, n FROM mapped ` +
    `WHERE kind = 'record' AND tbl = ${literal(table.name)})`;
  const order = key === undefined ? 'part, n' : 'k';
  return `INSERT OVERWRITE DIRECTORY ${target} USING text SELECT r FROM (${inOrder(records, order, 1)})`;
}

/** A hash of each row of a table, as it was compiled and as Parquet gives it back; their sum depends on no order. */
function hashes(table: Table, number: number, parquet: string): string {
  const of = (what: string, columns: readonly string[], from: string): string =>
    `SELECT ${number} AS number, ${literal(what)} AS what, ` +
    `CAST(xxhash64(${columns.join(', ')}) AS DECIMAL(38, 0)) AS hash FROM ${from}`;
  const names = table.columns.map(({ name }) => identifier(name));
  return [of('compiled', cellsAs(table), rowsOf(number)), of('parquet', names, `parquet.${identifier(parquet)}`)].join(
    '\nUNION ALL ',
  );
}
