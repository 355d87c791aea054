import fs from 'node:fs';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Cell, Column } from '../../scripts/compile/model.ts';
import type { RecordPlan, TablePlan } from '../../scripts/compile/plan.ts';
import { decodeRecord } from '../../scripts/compile/rows.ts';
import type { Json } from '../../scripts/json/json.ts';
import { groupBy } from '../../scripts/base/text.ts';

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

function from(folder: string, format: Format, table: string, columns: readonly { readonly name: string }[]): string {
  if (format === 'duckdb') return `release.main.${name(table)}`;
  if (format === 'parquet') return `read_parquet(${quote(path.join(folder, 'parquet', `${table}.parquet`))})`;
  const file = quote(path.join(folder, 'csv', `${table}.csv`));
  const types = `columns = {${columns.map((c) => `${quote(c.name)}: 'VARCHAR'`).join(', ')}}, auto_detect = false`;
  return `read_csv(${file}, ${types}, header = true, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false)`;
}

function toCell(text: string | null, column: Column): Cell {
  if (text === null) return null;
  if (column.type === 'integer' || column.type === 'number') return Number(text);
  if (column.type === 'boolean') return text === 'true';
  if (column.type === 'timestamp')
    return text
      .replace(' ', 'T')
      .replace(/(\.\d*?)0*$/, '$1')
      .replace(/\.$/, '')
      .replace(/(?:\+00)?$/, 'Z')
      .replace('ZZ', 'Z');
  return text;
}

async function rowsOf(
  connection: DuckDBConnection,
  folder: string,
  format: Format,
  plan: TablePlan,
): Promise<Cell[][]> {
  const columns = plan.table.columns.map(
    (c) =>
      `${c.type === 'timestamp' && format !== 'csv' ? `strftime(${name(c.name)}, '%Y-%m-%dT%H:%M:%S.%f')` : name(c.name)}::VARCHAR`,
  );
  const result = await connection.runAndReadAll(
    `SELECT ${columns.join(', ')} FROM ${from(folder, format, plan.table.name, plan.table.columns)}`,
  );
  return result
    .getRows()
    .map((row) => plan.table.columns.map((c, i) => toCell(row[i] === null ? null : String(row[i]), c)));
}

/** Reads every record of a table back from one format, in order; without spans, which `provenance` holds. */
export async function reconstruct(
  connection: DuckDBConnection,
  folder: string,
  format: Format,
  plan: RecordPlan,
): Promise<Json[]> {
  const rows = new Map<string, Cell[][]>();
  // tables without rows are left out of somebody else's dataset
  const present = plan.tables.filter(({ table }) => fs.existsSync(path.join(folder, 'csv', `${table.name}.csv`)));
  for (const table of present) rows.set(table.table.name, await rowsOf(connection, folder, format, table));
  const children = new Map(
    [...rows].map(([table, all]) => [table, group(all, plan.tables.find((t) => t.table.name === table)?.keys ?? 0)]),
  );
  return (rows.get(plan.root.table.name) ?? []).map((row) =>
    decodeRecord(plan, row, (child, keys) => children.get(child.table.name)?.get(JSON.stringify(keys)) ?? []),
  );
}

/** Rows by all their key cells but the last. */
function group(rows: readonly Cell[][], keys: number): Map<string, Cell[][]> {
  return groupBy(rows, (row) => JSON.stringify(row.slice(0, keys - 1)));
}

const provenanceColumns = [
  'table_name',
  'record_id',
  'field',
  'source_id',
  'span_start',
  'span_end',
  'span_sha256',
  'begins',
  'ends',
].map((column) => ({ name: column }));

/** The spans of each record, from `provenance`. */
export async function reconstructSpans(
  connection: DuckDBConnection,
  folder: string,
  format: Format,
  table: string,
): Promise<Map<string, Json[]>> {
  const result = await connection.runAndReadAll(
    `SELECT record_id, field, source_id, span_start::INTEGER, span_end::INTEGER, span_sha256, "begins", ends FROM ${from(folder, format, 'provenance', provenanceColumns)} WHERE table_name = ${quote(table)}`,
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
