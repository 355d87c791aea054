import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column, Table } from '../compile/model.ts';
import { openDuckDb } from './database.ts';
import { identifier, literal, plainType } from './sql.ts';

/** What was written of a table: rows, and an upper bound of the bytes in a line of its CSV. */
export interface Written {
  rows: number;
  longestLine: number;
}

/**
 * Reads every table back from CSV, Parquet and DuckDB and compares: the same rows in the same order, value by value (by hashes of all of them).
 * The CSV was written without DuckDB, so it also proves what the database holds.
 * @throws Error where they differ, which is a fault of this program
 */
export async function readBack(
  folder: string,
  database: string,
  tables: readonly Table[],
  written: ReadonlyMap<string, Written>,
  parquetFiles: (table: string) => readonly string[],
): Promise<void> {
  const instance = await openDuckDb(path.join(folder, '.duckdb-temporary'));
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(`ATTACH ${literal(path.join(folder, database))} AS release (READ_ONLY)`);
    for (const table of tables) {
      const sources = {
        DuckDB: `release.main.${identifier(table.name)}`,
        Parquet: parquet(folder, parquetFiles(table.name)),
        CSV: csv(folder, table, written.get(table.name)?.longestLine ?? 0),
      };
      const digests = new Map<string, string>();
      for (const [format, from] of Object.entries(sources)) digests.set(format, await digest(connection, table, from));
      const expected = `${written.get(table.name)?.rows ?? 0} rows `;
      const [first] = digests.values();
      if (first === undefined || [...digests.values()].some((d) => d !== first || !d.startsWith(expected))) {
        const found = [...digests].map(([format, d]) => `${format}: ${d}`).join('; ');
        throw new Error(`table ${table.name} does not read back as it was written (${expected}written; ${found})`);
      }
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function parquet(folder: string, files: readonly string[]): string {
  return `read_parquet([${files.map((file) => literal(path.join(folder, file))).join(', ')}])`;
}

/** DuckDB sets aside a multiple of the longest line allowed, so that is told it as it is. */
function csv(folder: string, table: Table, longestLine: number): string {
  const line = Math.max(longestLine, 2 * 1024 * 1024);
  const columns = table.columns.map((c) => `${literal(c.name)}: ${literal(fileType(c))}`);
  return (
    `read_csv(${literal(path.join(folder, 'csv', `${table.name}.csv`))}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', ` +
    `new_line = '\\n', nullstr = '', allow_quoted_nulls = false, max_line_size = ${line}, buffer_size = ${2 * line}, columns = {${columns.join(', ')}})`
  );
}

function fileType(column: Column): string {
  return column.type === 'json' ? 'VARCHAR' : plainType(column);
}

/** Count and two hashes of all rows, each row with its number, so that their order counts. */
async function digest(connection: DuckDBConnection, table: Table, from: string): Promise<string> {
  const cells = table.columns.map((c) => `${identifier(c.name)}::${fileType(c)}::VARCHAR`);
  const rows = `SELECT hash(row_number() OVER (), ${cells.join(', ')}) AS h FROM ${from}`;
  const result = await connection.runAndReadAll(
    `SELECT count(*) || ' rows ' || coalesce(bit_xor(h), 0) || ' ' || coalesce(sum(h), 0) FROM (${rows})`,
  );
  return String(result.getRows()[0]?.[0]);
}
