import type { Column, Table } from '../../compile/model.ts';
import { columnComment } from '../duckdb/sql.ts';
import { script, transform, workFolders } from './checkScript.ts';
import { cellsAs, lineColumns, rowType } from './mapped.ts';
import { identifier, literal, sparkType } from './sql.ts';

/** A table that Spark writes, and the number of its files. */
export interface WrittenTable {
  readonly table: Table;
  readonly files: number;
}

/** The order of rows and records: their key, else the order in which records are read. */
const order = 'k, part, n';

/**
 * The script that writes tables as Parquet and CSV, in order of their keys, and records as NDJSON; and digests the rows
 * as they were compiled and as Parquet returns them.
 * @param command prints CSV and records
 * @param typeOf the record type whose records are the rows of a table: identifiers are stored under it
 */
export function writeScript(
  folder: string,
  command: string,
  tables: readonly WrittenTable[],
  typeOf: (table: string) => string,
): string {
  const at = (name: keyof typeof workFolders, below = ''): string => literal(`${folder}/${workFolders[name]}${below}`);
  const files = tables.reduce((sum, table) => sum + table.files, 0);
  const known = tables.map(({ table }) => table);
  const lines = linesWithTargets(known, typeOf);
  return script([
    `CREATE OR REPLACE TEMPORARY VIEW mapped (${lineColumns}) USING parquet OPTIONS (path ${at('mapped')})`,
    `CREATE OR REPLACE TEMPORARY VIEW more (kind STRING, tbl STRING, part INT, n BIGINT, text STRING) ` +
      `USING json OPTIONS (path ${at('more')})`,
    `CREATE OR REPLACE TEMPORARY VIEW lines AS ${lines} UNION ALL SELECT kind, tbl, part, n, text FROM more`,
    ...tables.flatMap((written, i) => [
      `CREATE OR REPLACE TEMPORARY VIEW ${rowsOf(i)} AS ${typedRows(written.table)}`,
      `CREATE TABLE table_${i} (${written.table.columns.map(declared).join(', ')}) USING parquet ` +
        `OPTIONS (compression 'zstd') LOCATION ${at('tables', `/${i}`)}`,
      `INSERT INTO table_${i} SELECT ${cellsAs(written.table).join(', ')} ` +
        `FROM (${inOrder(`SELECT * FROM ${rowsOf(i)}`, order, written.files)})`,
    ]),
    `CREATE TABLE texts USING text PARTITIONED BY (kind, tbl) LOCATION ${at('texts')} AS ${texts(command, files)}`,
    `INSERT OVERWRITE DIRECTORY ${at('digests')} USING json ` +
      `SELECT number, what, count(hash) AS rows, CAST(sum(hash) AS STRING) AS digest FROM (${tables
        .map(({ table }, i) => hashes(table, i, `${folder}/${workFolders.tables}/${i}`))
        .join('\nUNION ALL ')}) GROUP BY number, what`,
  ]);
}

/**
 * The lines of rows and records. A map task does not know the table of a record in another part: those cells are added
 * here.
 */
function linesWithTargets(tables: readonly Table[], typeOf: (table: string) => string): string {
  const polymorphic = tables.filter(({ columns }) => columns.some((column) => column.tableFor !== undefined));
  const names = polymorphic.map(({ name }) => literal(name)).join(', ');
  const others = polymorphic.length === 0 ? '' : ` AND NOT (kind = 'row' AND tbl IN (${names}))`;
  const plain = `SELECT kind, tbl, part, n, text FROM mapped WHERE kind IN ('row', 'record')${others}`;
  return [plain, ...polymorphic.map((table) => withTargets(table, typeOf))].join(' UNION ALL ');
}

function withTargets({ name, columns }: Table, typeOf: (table: string) => string): string {
  const cells = columns.flatMap(({ tableFor }, i) =>
    tableFor === undefined ? [] : [{ cell: i, of: columns.findIndex((c) => c.name === tableFor.column), tableFor }],
  );
  const added = cells.map(({ cell }) => `coalesce(concat(',"c${cell}":', t${cell}.cell), '')`);
  const joins = cells.map(({ cell, of, tableFor }) => {
    const found = tableFor.targets.map(
      ({ table }) =>
        `SELECT from_json(concat('{"v":', id, '}'), 'v STRING').v AS id, ${literal(JSON.stringify(table))} AS cell ` +
        `FROM mapped WHERE kind = 'id' AND tbl = ${literal(typeOf(table))}`,
    );
    const own = `from_json(text, 'c${of} STRING').c${of}`;
    return `LEFT JOIN (${found.join(' UNION ALL ')}) t${cell} ON t${cell}.id = ${own}`;
  });
  return (
    `SELECT kind, tbl, part, n, concat(left(text, length(text) - 1), ${added.join(', ')}, '}') AS text ` +
    `FROM (SELECT kind, tbl, part, n, text FROM mapped WHERE kind = 'row' AND tbl = ${literal(name)}) ` +
    joins.join(' ')
  );
}

/** A column with its description, which DESCRIBE also shows for the files. */
function declared(column: Column): string {
  const comment = columnComment(column);
  const described = comment === undefined ? '' : ` COMMENT ${literal(comment)}`;
  return `${identifier(column.name)} ${sparkType(column)}${described}`;
}

/** The view of the compiled rows of a table. */
function rowsOf(number: number): string {
  return `rows_${number}`;
}

function typedRows(table: Table): string {
  const parsed = `from_json(text, ${literal(rowType(table))}, map('mode', 'FAILFAST'))`;
  return (
    `SELECT r.*, part, n FROM (SELECT ${parsed} AS r, part, n FROM lines ` +
    `WHERE kind = 'row' AND tbl = ${literal(table.name)})`
  );
}

/** The rows of a query in order, in this many partitions, each between two bounds. */
function inOrder(query: string, keys: string, files: number): string {
  const partitions = files === 1 ? 'REPARTITION(1)' : `REPARTITION_BY_RANGE(${files}, ${keys})`;
  return `SELECT * FROM (SELECT /*+ ${partitions} */ * FROM (${query})) SORT BY ${keys}`;
}

/** CSV and records in order, in blocks of lines. */
function texts(command: string, files: number): string {
  const lines = `SELECT kind, tbl, text, part, n, from_json(text, 'k STRING').k AS k FROM lines`;
  const blocks = transform(
    'kind, tbl, text',
    command,
    'kind STRING, tbl STRING, i BIGINT, block STRING',
    `SELECT kind, tbl, text FROM (${inOrder(lines, `kind, tbl, ${order}`, files)})`,
  );
  // Spark would sort by kind and table before it writes, and may not keep the order of the blocks
  const inPlace = `SELECT * FROM (${blocks}) SORT BY kind, tbl, i`;
  return `SELECT from_json(block, 'v STRING').v AS value, kind, tbl FROM (${inPlace})`;
}

/**
 * A hash of each row of a table, as it was compiled and as Parquet returns it; their sum does not depend on the order.
 */
function hashes(table: Table, number: number, parquet: string): string {
  const of = (what: string, columns: readonly string[], from: string): string =>
    `SELECT ${number} AS number, ${literal(what)} AS what, ` +
    `CAST(xxhash64(${columns.join(', ')}) AS DECIMAL(38, 0)) AS hash FROM ${from}`;
  const names = table.columns.map(({ name }) => identifier(name));
  return [of('compiled', cellsAs(table), rowsOf(number)), of('parquet', names, `parquet.${identifier(parquet)}`)].join(
    '\nUNION ALL ',
  );
}
