import fs from 'node:fs';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { DuckDBInstance } from '@duckdb/node-api';
import { type Json, type JsonObject, isObject, parseJson } from '../../scripts/json/json.ts';
import { type CellsByName, decodeRecords, mappedTables } from '../../scripts/release/decode.ts';

export const formats = ['duckdb', 'parquet', 'csv'] as const;
type Format = (typeof formats)[number];

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const name = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Opens a release for reading; the connection lives as long as the process. */
export async function openRelease(folder: string, database: string): Promise<DuckDBConnection> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run(`ATTACH ${quote(path.join(folder, database))} AS release (READ_ONLY)`);
  return connection;
}

function from(folder: string, format: Format, table: string, columns: readonly string[]): string {
  if (format === 'duckdb') return `release.main.${name(table)}`;
  if (format === 'parquet') return `read_parquet(${quote(path.join(folder, 'parquet', `${table}.parquet`))})`;
  const file = quote(path.join(folder, 'csv', `${table}.csv`));
  // a header that is read would lose spaces at the ends of names
  const types = `columns = {${columns.map((column) => `${quote(column)}: 'VARCHAR'`).join(', ')}}, auto_detect = false`;
  return `read_csv(${file}, ${types}, header = true, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false)`;
}

/** The rows of a table as texts, timestamps in their shortest form. */
async function rowsOf(
  connection: DuckDBConnection,
  folder: string,
  format: Format,
  table: string,
): Promise<readonly CellsByName[]> {
  const fields = fieldsOf(folder, table);
  const columns = fields.map((field) => String(field['name']));
  const source = from(folder, format, table, columns);
  const moment = (column: string): string =>
    `rtrim(rtrim(strftime(${name(column)}, '%Y-%m-%dT%H:%M:%S.%f'), '0'), '.') || 'Z'`;
  const cells = fields.map((field, i) =>
    field['type'] === 'datetime' && format !== 'csv' ? moment(columns[i] ?? '') : `${name(columns[i] ?? '')}::VARCHAR`,
  );
  const result = await connection.runAndReadAll(`SELECT ${cells.join(', ')} FROM ${source}`);
  return result
    .getRows()
    .map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i] === null ? null : String(row[i])])));
}

function jsonIn(folder: string, file: string): JsonObject {
  const parsed = parseJson(fs.readFileSync(path.join(folder, file), 'utf8'));
  if ('value' in parsed && isObject(parsed.value)) return parsed.value;
  throw new Error(`${file} is not an object`);
}

/** The fields of a table in the descriptor of a release. */
function fieldsOf(folder: string, table: string): readonly JsonObject[] {
  const resources = jsonIn(folder, 'datapackage.json')['resources'] as readonly JsonObject[];
  const schema = resources.find((resource) => resource['name'] === table)?.['schema'] as JsonObject;
  return schema['fields'] as readonly JsonObject[];
}

/** Reads every record of a table back from one format, in order; without spans, which are in `provenance`. */
export async function reconstruct(
  connection: DuckDBConnection,
  folder: string,
  format: Format,
  table: string,
): Promise<readonly Json[]> {
  const mapping = jsonIn(folder, 'mapping.json');
  const tables = (mapping['tables'] as readonly JsonObject[]).filter(({ record }) => record === table);
  const rows = new Map<string, readonly CellsByName[]>();
  for (const { name: each } of tables) rows.set(String(each), await rowsOf(connection, folder, format, String(each)));
  return decodeRecords(mappedTables(mapping), table, (each) => rows.get(each) ?? []);
}

/** The spans of each record, from `provenance`. */
export async function reconstructSpans(
  connection: DuckDBConnection,
  folder: string,
  format: Format,
  table: string,
): Promise<Map<string, Json[]>> {
  const result = await connection.runAndReadAll(
    `SELECT record_id, field, source_id, span_start::INTEGER, span_end::INTEGER, span_sha256, "begins", ends FROM ${from(
      folder,
      format,
      'provenance',
      fieldsOf(folder, 'provenance').map((field) => String(field['name'])),
    )} WHERE table_name = ${quote(table)}`,
  );
  const spans = new Map<string, Map<string, { readonly supports: string[] }>>();
  for (const [id, field, source, start, end, sha256, begins, ends] of result.getRowsJson()) {
    const of = spans.get(String(id)) ?? new Map<string, { readonly supports: string[] }>();
    spans.set(String(id), of);
    const key = JSON.stringify([source, start, end]);
    const supports: string[] = [];
    const span = of.get(key) ?? { source, start, end, sha256, begins, ends, supports };
    of.set(key, span);
    span.supports.push(String(field));
  }
  return new Map([...spans].map(([id, of]) => [id, [...of.values()] as Json[]]));
}
