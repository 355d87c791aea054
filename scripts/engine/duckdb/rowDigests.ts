import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
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
  numbered: NumberedRows,
): Promise<RowHashes> {
  const result = await connection.runAndReadAll(
    `SELECT ${hashes} FROM (SELECT ${hashOfRow(table, numbered)} AS h FROM ${numbered.rows})`,
  );
  const [found = []] = result.getRows();
  return toHashes(found);
}

function hashOfRow(table: Table, { number }: NumberedRows): string {
  return `hash(${[number, ...table.columns.map((c) => plainColumn(c))].join(', ')})`;
}

/** The columns of `RowHashes`, from the hashes of rows. */
const hashes = 'count(*), coalesce(bit_xor(h), 0)::VARCHAR, coalesce(sum(h), 0)::VARCHAR';

function toHashes(found: readonly DuckDBValue[]): RowHashes {
  const [rows, xor, sum] = found.map((value) => BigInt(String(value)));
  return { rows: rows ?? 0n, xor: xor ?? 0n, sum: sum ?? 0n };
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

/**
 * The result of `rowDigest` for the compiled rows, computed by DuckDB from the rows of a table, and the hashes of those
 * rows, which are read only once. The connection must work in one thread, which reads rows in their order.
 */
export async function storedDigests(
  connection: DuckDBConnection,
  table: Table,
  stored: NumberedRows,
  { rows, bytes, longestLine }: CsvFile,
): Promise<{ readonly digest: string; readonly hashes: readonly RowHashes[] }> {
  const blocks = Math.max(1, Math.floor((mostBytesAtOnce * (rows / Math.max(bytes, 1))) / rowsOfBlock));
  const digests: string[] = [];
  const found: RowHashes[] = [];
  // one query beyond the expected rows finds additional ones
  for (let start = 0; start <= rows; start += blocks * rowsOfBlock) {
    const result = await connection.runAndReadAll(
      `SELECT sha256(string_agg(line, ',')), ${hashes}
       FROM (SELECT ${stored.number} AS number, ${rowAsJson(table, longestLine)} AS line, ${hashOfRow(table, stored)} AS h
             FROM ${stored.rows}
             WHERE ${stored.number} >= ${start} AND ${stored.number} < ${start + blocks * rowsOfBlock})
       GROUP BY number // ${rowsOfBlock} ORDER BY min(number)`,
    );
    for (const [digest, ...ofBlock] of result.getRows()) {
      digests.push(String(digest));
      found.push(toHashes(ofBlock));
    }
  }
  const counted = found.reduce((sum, block) => sum + Number(block.rows), 0);
  return { digest: digestOfBlocks(counted, digests), hashes: found };
}
