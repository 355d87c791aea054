import type { DuckDBConnection } from '@duckdb/node-api';
import type { Table } from '../../compile/model.ts';
import type { CsvFile } from '../engine.ts';
import { digestOfBlocks, rowsOfBlock } from '../rowDigest.ts';
import { rowAsJson } from './rowJson.ts';
import { type NumberedRows, fileType, identifier, plainColumn } from './sql.ts';

/** Count and two hashes of all rows, each row with its number, so that their order counts. */
export async function digestOfRows(connection: DuckDBConnection, table: Table, from: string): Promise<string> {
  const cells = table.columns.map((c) => `${identifier(c.name)}::${fileType(c)}::VARCHAR`);
  const rows = `SELECT hash(row_number() OVER (), ${cells.join(', ')}) AS h FROM ${from}`;
  const result = await connection.runAndReadAll(
    `SELECT count(*) || ' rows ' || coalesce(bit_xor(h), 0) || ' ' || coalesce(sum(h), 0) FROM (${rows})`,
  );
  return String(result.getRows()[0]?.[0]);
}

/** Count and two hashes of rows with their numbers; those of the parts of a table can be merged. */
export interface RowHashes {
  readonly rows: bigint;
  readonly xor: bigint;
  readonly sum: bigint;
}

/** Hashes rows with their numbers, on all cores: the hashes are the same in whatever order rows are read. */
export async function hashOfRows(
  connection: DuckDBConnection,
  table: Table,
  { rows, number }: NumberedRows,
): Promise<RowHashes> {
  const cells = table.columns.map((c) => plainColumn(c));
  const hashes = `SELECT hash(${[number, ...cells].join(', ')}) AS h FROM ${rows}`;
  const result = await connection.runAndReadAll(
    `SELECT count(*), coalesce(bit_xor(h), 0)::VARCHAR, coalesce(sum(h), 0)::VARCHAR FROM (${hashes})`,
  );
  const [found = []] = result.getRows();
  const [count, xor, sum] = found.map((value) => BigInt(String(value)));
  return { rows: count ?? 0n, xor: xor ?? 0n, sum: sum ?? 0n };
}

/** The hashes of a whole table as one text. */
export function mergedHashes(parts: readonly RowHashes[]): string {
  const rows = parts.reduce((total, part) => total + part.rows, 0n);
  const xor = parts.reduce((total, part) => total ^ part.xor, 0n);
  const sum = parts.reduce((total, part) => total + part.sum, 0n);
  return `${rows} rows ${xor} ${sum}`;
}

/** How many bytes of rows are processed at once: their texts are in memory together. */
const mostBytesAtOnce = 16 * 1024 * 1024;

/** The result of `rowDigest` for the compiled rows, computed by DuckDB from the rows of a table. */
export async function textDigest(
  connection: DuckDBConnection,
  table: Table,
  stored: NumberedRows,
  { rows, bytes, longestLine }: CsvFile,
): Promise<string> {
  const blocks = Math.max(1, Math.floor((mostBytesAtOnce * (rows / Math.max(bytes, 1))) / rowsOfBlock));
  const digests: string[] = [];
  let counted = 0;
  // one query beyond the expected rows finds additional ones
  for (let start = 0; start <= rows; start += blocks * rowsOfBlock) {
    const result = await connection.runAndReadAll(
      `SELECT sha256(string_agg(line, ',' ORDER BY number)), count(*)
       FROM (SELECT ${stored.number} AS number, ${rowAsJson(table, longestLine)} AS line FROM ${stored.rows}
             WHERE ${stored.number} >= ${start} AND ${stored.number} < ${start + blocks * rowsOfBlock})
       GROUP BY number // ${rowsOfBlock} ORDER BY min(number)`,
    );
    for (const [digest, count] of result.getRows()) {
      digests.push(String(digest));
      counted += Number(count);
    }
  }
  return digestOfBlocks(counted, digests);
}
