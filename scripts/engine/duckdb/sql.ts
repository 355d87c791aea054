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

/** The path of one file in SQL: what DuckDB would take for a pattern stands for itself. */
export function pathLiteral(file: string): string {
  return literal(plainPath(file));
}

/** A path as a pattern that fits nothing else. @throws Failure for one that DuckDB has no pattern for */
export function plainPath(file: string): string {
  if (!/[*?[]/.test(file)) return file;
  // it takes a backslash for an escape, but only in patterns
  if (file.includes('\\'))
    throw new Failure(`${file}: DuckDB opens no path with both a backslash and one of * ? [: rename the folder`);
  return file.replaceAll(/[*?[]/g, '[$&]');
}

const types: Readonly<Record<ColumnType, string>> = {
  string: 'VARCHAR',
  integer: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP WITH TIME ZONE',
  json: 'JSON',
};

/** The type that a column has in files, where there are no enumerations. */
export function plainType(column: Column): string {
  return types[column.type];
}

function columnType(column: Column): string {
  const codes = column.codes?.map(({ code }) => literal(code));
  return codes === undefined ? types[column.type] : `ENUM (${codes.join(', ')})`;
}

/** `CREATE TABLE` with types, NOT NULL and keys; `temporary` without keys, for rows that must wait for those they refer to. */
export function createTable(table: Table, temporary = false): string {
  const columns = table.columns.map((c) => `${identifier(c.name)} ${columnType(c)}${c.nullable ? '' : ' NOT NULL'}`);
  const names = (list: readonly string[]): string => list.map(identifier).join(', ');
  const primary = table.primaryKey.length === 0 ? [] : [`PRIMARY KEY (${names(table.primaryKey)})`];
  const foreign = table.foreignKeys.map(
    (fk) => `FOREIGN KEY (${names(fk.columns)}) REFERENCES ${identifier(fk.table)} (${names(fk.tableColumns)})`,
  );
  const lines = temporary ? columns : [...columns, ...primary, ...foreign];
  return `CREATE ${temporary ? 'TEMPORARY ' : ''}TABLE ${identifier(temporary ? waiting(table) : table.name)} (\n  ${lines.join(',\n  ')}\n)`;
}

/** Where the rows of a table wait. */
export function waiting(table: Table): string {
  return `${table.name} waiting`;
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

/** What a reader of the database sees beside a view. */
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

/** What a reader of the database sees beside a column: title, description and unit. */
export function columnComment(column: Column): string | undefined {
  const unit = column.unit === undefined ? '' : ` Unit: ${column.unit}.`;
  const text = documentation(column);
  return text === undefined && unit === '' ? undefined : `${text ?? ''}${unit}`.trim();
}
