import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { permits } from '../../base/permits.ts';
import { type Size, allowWideRows, interruptedBy, isWide, threads } from './instance.ts';

/** Connections of an instance that work at the same time. */
export interface ConnectionPool {
  /** Runs statements about rows of this size on a free connection; those about wide rows alone. */
  readonly run: <T>(size: Size, work: (connection: DuckDBConnection) => Promise<T>) => Promise<T>;
  /** Prepares each connection. */
  readonly each: (work: (connection: DuckDBConnection) => Promise<unknown>) => Promise<void>;
  readonly close: () => void;
}

/** Opens a connection for each thread: threads that share a query would wait for each other. */
export async function connectionPool(instance: DuckDBInstance, signal?: AbortSignal): Promise<ConnectionPool> {
  const connections = await Promise.all(Array.from({ length: threads }, async () => instance.connect()));
  const ignore = connections.map((connection) => interruptedBy(signal, connection));
  const permit = permits(threads);
  const free = [...connections];
  await connections[0]?.run('SET threads = 1');
  return {
    run: async (size, work) =>
      permit(isWide(size) ? threads : 1, async () => {
        const connection = free.pop();
        if (connection === undefined) throw new Error('a connection is missing');
        try {
          await allowWideRows(connection, size);
          return await work(connection);
        } finally {
          free.push(connection);
        }
      }),
    async each(work) {
      for (const connection of connections) await work(connection);
    },
    close() {
      for (const end of ignore) end();
      for (const connection of connections) connection.closeSync();
    },
  };
}
