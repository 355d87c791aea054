import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** Calls a function with a connection to an empty database in memory. */
export async function withDuckDb(work: (connection: DuckDBConnection) => Promise<unknown>): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
