import path from 'node:path';
import type { Table } from '../../compile/model.ts';
import type { Check, View } from '../../read/schemas.ts';
import type { CheckRow, ReleaseFacts } from '../engine.ts';
import { addView } from './database.ts';
import { createFacts } from './facts.ts';
import { confineTo, openDuckDb } from './instance.ts';
import { runChecks } from './runChecks.ts';
import { columnComment, documentation, identifier, literal, parquetRows, viewComments } from './sql.ts';

/** The input for a database of views. */
export interface ViewDatabase {
  /** Its file, below the folder of the release. */
  readonly file: string;
  readonly tables: readonly Table[];
  /** The files of a table, by its name: paths below the folder of the release. */
  readonly parquetFiles: (table: string) => readonly string[];
  readonly facts: ReleaseFacts;
  readonly views: readonly View[];
  readonly checks: readonly Check[];
}

/**
 * Creates a database whose tables are views over the Parquet files of a release, with paths relative to the release's
 * folder: programs must open it from that folder. It also contains the views of the dataset, in which `planViews` found
 * no fault.
 * @returns the results of the checks of the dataset
 */
export async function createViewDatabase(
  folder: string,
  { file, tables, parquetFiles, facts, views, checks }: ViewDatabase,
): Promise<readonly CheckRow[]> {
  const instance = await openDuckDb(path.join(folder, '.duckdb-temporary'));
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(`ATTACH ${literal(path.join(folder, file))} AS release (STORAGE_VERSION 'v1.1.0')`);
    await connection.run('USE release');
    await confineTo(connection, folder);
    await createFacts(connection, facts);
    for (const table of tables)
      for (const statement of statementsOf(table, parquetFiles(table.name))) await connection.run(statement);
    for (const view of views) await addView(connection, view);
    const rows = await runChecks(connection, checks);
    await connection.run('CHECKPOINT release');
    return rows;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** The SELECT of the view in place of a table. Parquet written by Spark has no JSON type. */
export function selectFromParquet(table: Table, files: readonly string[]): string {
  const columns = table.columns.map(({ name, type }) =>
    type === 'json' ? `CAST(${identifier(name)} AS JSON) AS ${identifier(name)}` : identifier(name),
  );
  return `SELECT ${columns.join(', ')} FROM ${parquetRows(files)}`;
}

function statementsOf(table: Table, files: readonly string[]): readonly string[] {
  const comments = table.columns.flatMap((each): [string, string][] => {
    const comment = columnComment(each);
    return comment === undefined ? [] : [[each.name, comment]];
  });
  return [
    `CREATE VIEW ${identifier(table.name)} AS ${selectFromParquet(table, files)}`,
    ...viewComments({ name: table.name, description: documentation(table), columns: new Map(comments) }),
  ];
}
