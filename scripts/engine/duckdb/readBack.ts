import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column, Table } from '../../compile/model.ts';
import { openDuckDb } from './database.ts';
import { identifier, literal, pathLiteral, plainType } from './sql.ts';

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
        Parquet: parquetRows(parquetFiles(table.name).map((file) => path.join(folder, file))),
        CSV: csvRowsOf(
          path.join(folder, 'csv', `${table.name}.csv`),
          table.columns.map((c) => [c.name, fileType(c)]),
          written.get(table.name)?.longestLine ?? 0,
        ),
      };
      const digests = new Map<string, string>();
      for (const [format, from] of Object.entries(sources))
        digests.set(format, await digestOfRows(connection, table, from));
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

/** The rows of one or more Parquet files, in SQL. A folder called `x=1` is no column of theirs. */
export function parquetRows(files: readonly string[]): string {
  return `read_parquet([${files.map(pathLiteral).join(', ')}], hive_partitioning = false)`;
}

/** The rows of a CSV file as we write it, in SQL. DuckDB sets aside a multiple of the longest line allowed, so that is told it as it is. */
export function csvRowsOf(
  file: string,
  columns: readonly (readonly [name: string, type: string])[],
  longestLine: number,
): string {
  const line = Math.max(longestLine, 2 * 1024 * 1024);
  const types = columns.map(([name, type]) => `${literal(name)}: ${literal(type)}`);
  return (
    `read_csv(${pathLiteral(file)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', ` +
    `new_line = '\\n', nullstr = '', allow_quoted_nulls = false, hive_partitioning = false, max_line_size = ${line}, buffer_size = ${2 * line}, columns = {${types.join(', ')}})`
  );
}

/** The type as which a column is read from a file. */
export function fileType(column: Column): string {
  return column.type === 'json' ? 'VARCHAR' : plainType(column);
}

/** Count and two hashes of all rows, each row with its number, so that their order counts. */
export async function digestOfRows(connection: DuckDBConnection, table: Table, from: string): Promise<string> {
  const cells = table.columns.map((c) => `${identifier(c.name)}::${fileType(c)}::VARCHAR`);
  const rows = `SELECT hash(row_number() OVER (), ${cells.join(', ')}) AS h FROM ${from}`;
  const result = await connection.runAndReadAll(
    `SELECT count(*) || ' rows ' || coalesce(bit_xor(h), 0) || ' ' || coalesce(sum(h), 0) FROM (${rows})`,
  );
  return String(result.getRows()[0]?.[0]);
}
