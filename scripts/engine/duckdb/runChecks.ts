import type { DuckDBConnection } from '@duckdb/node-api';
import { mostCheckRows, mostCheckTime } from '../../base/limits.ts';
import { Failure } from '../../base/problem.ts';
import { list, quoted } from '../../base/text.ts';
import type { Check } from '../../read/schemas.ts';
import type { CheckRow } from '../engine.ts';
import { inTime } from './instance.ts';
import { guarded, unguarded } from './sql.ts';

/** The columns of every check, in any order. */
const checkColumns = ['table', 'record', 'pointer', 'message'] as const;

/** What is wrong with the columns of a check; undefined if they are the four. */
export function columnFault(columns: readonly string[]): string | undefined {
  const found = columns.map((column) => column.toLowerCase());
  const same = found.length === checkColumns.length && checkColumns.every((column) => found.includes(column));
  if (same) return undefined;
  const given = list(columns.map((column) => quoted(column)));
  return `a check returns the columns ${list(checkColumns.map((column) => quoted(column)))}, not ${given}`;
}

/**
 * Runs checks in which `planViews` found no fault, and returns their rows, up to a limit for each.
 * @throws Failure at the check that cannot be run, or takes too long
 */
export async function runChecks(connection: DuckDBConnection, checks: readonly Check[]): Promise<readonly CheckRow[]> {
  const rows: CheckRow[] = [];
  for (const check of checks) rows.push(...(await runCheck(connection, check)));
  return rows;
}

async function runCheck(connection: DuckDBConnection, check: Check): Promise<readonly CheckRow[]> {
  const columns = checkColumns.map((column) => guarded(`"${column}"::VARCHAR`)).join(', ');
  try {
    // the line break ends a comment at the end of the SELECT
    const rows = `SELECT ${columns} FROM (${check.sql}\n) LIMIT ${mostCheckRows}`;
    const result = await inTime(connection, mostCheckTime, () => connection.runAndReadAll(rows));
    return result.getRows().map((row): CheckRow => {
      const [table = null, record = null, pointer = null, message = null] = row.map(textOrNull);
      return { check, table, record, pointer, message };
    });
  } catch (error) {
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
    throw new Failure(`${check.shown}:${check.line}:1: ${first}`);
  }
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? unguarded(value) : null;
}
