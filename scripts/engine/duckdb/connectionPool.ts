import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { permits } from '../../base/permits.ts';
import { type Size, allowWideRows, interruptedBy, isWide, threads } from './instance.ts';

/** Connections of an instance that work at the same time. */
export interface ConnectionPool {
  /** Runs statements about rows of this size on a free connection; those about wide rows alone. */
  readonly run: <T>(size: Size, work: (connection: DuckDBConnection) => Promise<T>) => Promise<T>;
  /** Prepares each connection. */
  readonly each: (work: (connection: DuckDBConnection) => Promise<unknown>) => Promise<void>;
  /** Interrupts what is still running, waits for its end, and closes the connections. */
  readonly close: () => Promise<void>;
}

/** Opens a connection for each of some threads: threads that share a query would wait for each other. */
export async function connectionPool(
  instance: DuckDBInstance,
  signal?: AbortSignal,
  size = threads,
): Promise<ConnectionPool> {
  const connections = await connect(instance, size);
  const closing = new AbortController();
  const stops = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
  const ignore = connections.map((connection) => interruptedBy(stops, connection));
  const permit = permits(size);
  const free = [...connections];
  return {
    run: async (each, work) =>
      permit(isWide(each) ? size : 1, async () => {
        closing.signal.throwIfAborted();
        const connection = free.pop();
        if (connection === undefined) throw new Error('a connection is missing');
        try {
          await allowWideRows(connection, each);
          return await work(connection);
        } finally {
          free.push(connection);
        }
      }),
    async each(work) {
      for (const connection of connections) await work(connection);
    },
    async close() {
      closing.abort(new Error('the database was closed before this could run'));
      // a connection that is closed while it works never answers
      await permit(size, async () => {});
      for (const end of ignore) end();
      for (const connection of connections) connection.closeSync();
    },
  };
}

/** Opens connections, of which each works in one thread. */
async function connect(instance: DuckDBInstance, size: number): Promise<readonly DuckDBConnection[]> {
  const connections: DuckDBConnection[] = [];
  try {
    while (connections.length < size) connections.push(await instance.connect());
    await connections[0]?.run('SET threads = 1');
    return connections;
  } catch (error) {
    for (const connection of connections) connection.closeSync();
    throw error;
  }
}
