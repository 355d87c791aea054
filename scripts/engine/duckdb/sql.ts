import type { ColumnType, Column, Table } from '../../compile/model.ts';
import { Failure } from '../../base/problem.ts';

/** A name in SQL. No name from data or schema is ever used unquoted. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text in SQL. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The path of one file in SQL, with the characters of DuckDB's patterns escaped. */
export function pathLiteral(file: string): string {
  return literal(plainPath(file));
}

/** A path as a pattern that matches only itself. @throws Failure for one that DuckDB has no pattern for */
export function plainPath(file: string): string {
  if (!/[*?[]/.test(file)) return file;
  // DuckDB reads a backslash as an escape, but only in patterns
  if (file.includes('\\'))
    throw new Failure(`${file}: DuckDB opens no path with both a backslash and one of * ? [: rename the folder`);
  return file.replaceAll(/[*?[]/g, '[$&]');
}

/** Stands before a text on its way from DuckDB: its client drops U+FEFF at the beginning of a text. */
const guard = '.';

/** A text cell in SQL, so that `unguarded` gets the whole text back. */
export function guarded(cell: string): string {
  return `'${guard}' || ${cell}`;
}

/** The text of a cell that was `guarded`. */
export function unguarded(text: string): string {
  return text.slice(guard.length);
}

const sqlTypes: Readonly<Record<ColumnType, string>> = {
  string: 'VARCHAR',
  integer: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP WITH TIME ZONE',
  json: 'JSON',
};

/** The type of a column in files, which have no enumerations. */
export function plainType(column: Column): string {
  return sqlTypes[column.type];
}

/** Longer lists of codes do not become types: they would be in the SQL of each table with such a column. */
const mostEnumerated = 64;

function columnType(column: Column): string {
  const codes = column.codes?.map(({ code }) => literal(code));
  return codes === undefined || codes.length > mostEnumerated ? sqlTypes[column.type] : `ENUM (${codes.join(', ')})`;
}

/** `CREATE TABLE` with types, NOT NULL and keys. */
export function createTable(table: Table): string {
  const columns = table.columns.map((c) => `${identifier(c.name)} ${columnType(c)}${c.nullable ? '' : ' NOT NULL'}`);
  const names = (list: readonly string[]): string => list.map(identifier).join(', ');
  const primary = table.primaryKey.length === 0 ? [] : [`PRIMARY KEY (${names(table.primaryKey)})`];
  const foreign = table.foreignKeys.map(
    (fk) => `FOREIGN KEY (${names(fk.columns)}) REFERENCES ${identifier(fk.table)} (${names(fk.tableColumns)})`,
  );
  return `CREATE TABLE ${identifier(table.name)} (\n  ${[...columns, ...primary, ...foreign].join(',\n  ')}\n)`;
}

/** The statements that write the comments on a table and its columns. */
export function comments(table: Table): readonly string[] {
  const on = (what: string, text: string | undefined): string[] =>
    text === undefined ? [] : [`COMMENT ON ${what} IS ${literal(text)}`];
  return [
    ...on(`TABLE ${identifier(table.name)}`, documentation(table)),
    ...table.columns.flatMap((c) => on(`COLUMN ${identifier(table.name)}.${identifier(c.name)}`, columnComment(c))),
  ];
}

/** The comments that readers of the database see for a view. */
export function viewComments(view: {
  readonly name: string;
  readonly description: string | undefined;
  readonly columns: ReadonlyMap<string, string>;
}): readonly string[] {
  const { name, description, columns } = view;
  const ofView = description === undefined ? [] : [`COMMENT ON VIEW ${identifier(name)} IS ${literal(description)}`];
  const ofColumns = [...columns].map(
    ([column, text]) => `COMMENT ON COLUMN ${identifier(name)}.${identifier(column)} IS ${literal(text)}`,
  );
  return [...ofView, ...ofColumns];
}

/** Title and description of a table or column in one text. */
export function documentation(of: {
  readonly title: string | undefined;
  readonly description: string | undefined;
}): string | undefined {
  const parts = [of.title, of.description].filter((text) => text !== undefined);
  return parts.length === 0 ? undefined : parts.join(': ');
}

/** The comment that readers of the database see for a column: title, description and unit. */
export function columnComment(column: Column): string | undefined {
  const unit = column.unit === undefined ? '' : ` Unit: ${column.unit}.`;
  const text = documentation(column);
  return text === undefined && unit === '' ? undefined : `${text ?? ''}${unit}`.trim();
}

/** The rows of one or more Parquet files, in SQL. A folder called `x=1` does not add a column. */
export function parquetRows(files: readonly string[]): string {
  return `read_parquet([${files.map(pathLiteral).join(', ')}], hive_partitioning = false)`;
}

/** The rows of a CSV file as we write it, in SQL. DuckDB reserves a multiple of the longest allowed line. */
export function csvRowsOf(
  file: string,
  columns: readonly (readonly [name: string, type: string])[],
  longestLine: number,
): string {
  const line = Math.max(longestLine, 2 * 1024 * 1024);
  const types = columns.map(([name, type]) => `${literal(name)}: ${literal(type)}`);
  return (
    `read_csv(${pathLiteral(file)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', ` +
    `new_line = '\\n', nullstr = '', allow_quoted_nulls = false, hive_partitioning = false, ` +
    `max_line_size = ${line}, buffer_size = ${2 * line}, columns = {${types.join(', ')}})`
  );
}

/** The type for reading a column from a file. */
export function fileType(column: Column): string {
  return column.type === 'json' ? 'VARCHAR' : plainType(column);
}

/** Rows in SQL, and an expression for the number of each, from 0 in its table. */
export interface NumberedRows {
  readonly rows: string;
  readonly number: string;
}

/** The rows of a table in the current database, or in a named one. */
export function numberedRows(table: Table, database = ''): NumberedRows {
  return numbered(table, database + identifier(table.name), 'rowid');
}

/** The rows of a Parquet file. */
export function numberedParquetRows(table: Table, file: string): NumberedRows {
  if (hasColumn(table, 'file_row_number')) return countedRows(table, parquetRows([file]));
  const rows = `read_parquet(${pathLiteral(file)}, hive_partitioning = false, file_row_number = true)`;
  return { rows, number: 'file_row_number' };
}

/** Rows with the number that DuckDB gives them, unless a column of that name hides it. */
function numbered(table: Table, rows: string, name: string): NumberedRows {
  return hasColumn(table, name) ? countedRows(table, rows) : { rows, number: name };
}

/** Rows that DuckDB does not number: they are counted, on one core. */
export function countedRows(table: Table, rows: string): NumberedRows {
  const number = identifier(freeName(table));
  return { rows: `(SELECT *, row_number() OVER () - 1 AS ${number} FROM ${rows})`, number };
}

function hasColumn(table: Table, name: string): boolean {
  return table.columns.some((column) => column.name.toLowerCase() === name);
}

/** A name that no column of a table has. */
function freeName(table: Table): string {
  let name = 'number';
  while (hasColumn(table, name)) name += '_';
  return name;
}

/** A column in SQL as in files: codes are texts there. */
export function plainColumn(column: Column): string {
  const name = identifier(column.name);
  return column.codes === undefined ? name : `${name}::${plainType(column)}`;
}
