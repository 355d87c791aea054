import os from 'node:os';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** More threads need more memory than they get here: each holds rows that are not written yet. */
const mostThreads = 4;

/** Memory of a DuckDB beside which a build holds the identifiers of all records. */
export const memoryOfBuild = '384MB';

/** Settings of every DuckDB that a build opens: no download, no file outside the folder given, times in UTC. */
export async function openDuckDb(temporary: string, memory = '512MB'): Promise<DuckDBInstance> {
  return DuckDBInstance.create(':memory:', {
    memory_limit: memory,
    threads: String(Math.min(os.availableParallelism(), mostThreads)),
    temp_directory: temporary,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
}

/** Lets a signal break off the statement that a connection runs. @returns what ends that */
export function interruptedBy(signal: AbortSignal | undefined, connection: DuckDBConnection): () => void {
  const stop = (): void => connection.interrupt();
  signal?.addEventListener('abort', stop);
  return () => signal?.removeEventListener('abort', stop);
}
