import type { Column, ColumnType } from '../../compile/model.ts';

/** A name in Spark SQL. No name from data or schema is ever used unquoted. */
export function identifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  ';': '\\u003B',
};

/**
 * A text in Spark SQL, where a backslash escapes. The command line splits scripts at semicolons, so they are escaped
 * too.
 */
export function literal(text: string): string {
  return `'${text.replaceAll(/[\\'\n\r;]/g, (character) => escapes[character] ?? character)}'`;
}

const types: Readonly<Record<ColumnType, string>> = {
  string: 'STRING',
  integer: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  json: 'STRING',
};

/** The type of a column in Spark. */
export function sparkType({ type }: Pick<Column, 'type'>): string {
  return types[type];
}
