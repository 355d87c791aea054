import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { quoted } from '../base/text.ts';
import { reserved } from '../schema/extensions.ts';
import { identifier } from '../engine/duckdb/sql.ts';
import { messageOf } from './ask.ts';

/** Compares the facts in a database with those from the descriptor, in `memory.main`. */
export async function checkFacts(connection: DuckDBConnection, tell: (message: string) => void): Promise<void> {
  const table = identifier(reserved.dataset);
  try {
    const [expected = {}] = await factsIn(connection, `memory.main.${table}`);
    const [found, second] = await factsIn(connection, `release.main.${table}`);
    if (found === undefined || second !== undefined) {
      tell(`its table ${reserved.dataset} must have one row`);
      return;
    }
    for (const [key, value] of Object.entries(expected))
      if (found[key] !== value)
        tell(
          `its table ${reserved.dataset} says ${key} ${factText(found[key])}, but ` +
            `${key === 'schemas_sha256' ? 'the schemas give' : 'datapackage.json'} ${factText(value)}`,
        );
  } catch (error) {
    tell(`its table ${reserved.dataset} cannot be read: ${messageOf(error)}`);
  }
}

function factText(value: string | null | undefined): string {
  return typeof value === 'string' ? quoted(value, 200) : 'nothing';
}

/** The first rows of a table `dataset`, as texts by column. */
async function factsIn(
  connection: DuckDBConnection,
  from: string,
): Promise<readonly Readonly<Record<string, string | null>>[]> {
  const result = await connection.runAndReadAll(`SELECT COLUMNS(*)::VARCHAR FROM ${from} LIMIT 2`);
  const names = result.columnNames();
  const textOf = (value: DuckDBValue | undefined): string | null => (typeof value === 'string' ? value : null);
  return result.getRows().map((row) => Object.fromEntries(names.map((name, i) => [name, textOf(row[i])])));
}
