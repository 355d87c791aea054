import { longestQuery } from '../base/limits.ts';
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';

/** The rows of a query. @throws Error if it fails, or takes too long */
export async function ask(connection: DuckDBConnection, sql: string, limit = longestQuery): Promise<DuckDBValue[][]> {
  return inTime(connection, limit, async () => (await connection.runAndReadAll(sql)).getRows());
}

/** Runs SQL and ignores its rows. @throws Error if it fails, or takes too long */
export async function run(connection: DuckDBConnection, sql: string): Promise<void> {
  await inTime(connection, longestQuery, async () => connection.run(sql));
}

async function inTime<T>(connection: DuckDBConnection, limit: number, work: () => Promise<T>): Promise<T> {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    connection.interrupt();
  }, limit);
  try {
    return await work();
  } catch (error) {
    throw late ? new Error(`it takes more than ${limit / 1000} seconds to read`, { cause: error }) : error;
  } finally {
    clearTimeout(timer);
  }
}

/** The first line of DuckDB's message. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
