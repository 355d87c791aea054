import path from 'node:path';
import type { Batch, Table } from '../compile/model.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { duckdb } from '../engine/duckdb/database.ts';
import type { CheckRow } from '../engine/engine.ts';
import { planViews } from '../engine/duckdb/planViews.ts';
import type { Kept } from '../read/keptSchemas.ts';
import type { SchemaFolder } from '../read/schemas.ts';
import { openFilled } from './fill.ts';
import { writeTables } from './tables.ts';
import { expectSound, releaseFacts } from './write.ts';

export interface CheckInput {
  readonly folder: SchemaFolder;
  readonly tables: readonly Table[];
  readonly batches: Iterable<Batch>;
  /** Whether to run the checks: called when all batches have been taken. */
  readonly proceed: () => boolean;
  /** Keeps which views and checks are sound. */
  readonly kept?: Kept | undefined;
  /** Cancels it. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs the checks of a dataset over its records, in a database in a temporary folder.
 * @returns the rows of the checks, undefined if they were not to be run
 * @throws Failure at a faulty view or check
 */
export async function checkDatabase(
  files: FileSystem,
  temporary: string,
  input: CheckInput,
): Promise<readonly CheckRow[] | undefined> {
  const { folder, tables, batches, proceed, kept, signal } = input;
  const written = await writeTables(files, temporary, tables, batches);
  if (!proceed()) return undefined;
  const planning = planViews(tables, folder.views, folder.checks, kept);
  const database = await openFilled(
    { files, engine: duckdb, file: path.join(temporary, 'checks.duckdb'), tables, signal },
    written,
  );
  try {
    await database.seal(releaseFacts({ folder }, { commit: null, date: null }));
    expectSound(folder, (await planning).faults);
    await database.addViews(folder.views);
    return await database.runChecks(folder.checks);
  } finally {
    // its content is no longer needed
    await database.abandon();
  }
}
