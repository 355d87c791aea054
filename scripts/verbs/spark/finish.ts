import path from 'node:path';
import { Failure, type Problem } from '../../base/problem.ts';
import { type DerivedTable, exportViews } from '../../engine/duckdb/exportViews.ts';
import { createViewDatabase } from '../../engine/duckdb/viewDatabase.ts';
import { reportCheckRows } from '../../project/checkRows.ts';
import type { CommitFacts } from '../../read/facts.ts';
import { formatsOfSpark } from '../../release/exportFormats.ts';
import { writeExplorer } from '../../write/explorer/write.ts';
import { writeTableScripts } from '../../write/explorer/tableScripts.ts';
import { viewSink } from '../../write/tables.ts';
import { shownTables } from '../../write/describeTables.ts';
import { type Stored, releaseFacts, writeMetadata } from '../../write/write.ts';
import { structureOf } from '../build.ts';
import { furtherFiles } from '../furtherFiles.ts';
import type { AssembledTables } from './assemble.ts';
import { writeProv } from './fromRows.ts';
import type { SparkBuild } from './sparkBuild.ts';

/** A release with more bytes of Parquet than this has no database: one machine would have to read it for the views. */
const mostViewed = 64 * 1024 * 1024 * 1024;

/** The commit that is checked out, and the one that is recorded. */
export interface Commits {
  readonly head: CommitFacts;
  readonly facts: CommitFacts;
}

/** Writes the database and the descriptions of the release, and runs the checks of the dataset. */
export async function finish(
  build: SparkBuild,
  assembled: AssembledTables,
  { head, facts }: Commits,
  report: (problem: Problem) => void,
): Promise<void> {
  const { fs, project, compilation, staging, events } = build;
  const { tables, rowCounts, files } = assembled;
  const written = await writeDatabase(build, assembled, facts, report);
  const untraced = await writeProv(build, tables, { head, facts });
  if (untraced !== undefined) events.onWarning?.(untraced);
  const exported = new Map([...files].map(([name, paths]) => [name, new Map([['parquet', paths] as const])]));
  const stored: Stored = { facts, tables, rowCounts, formats: formatsOfSpark, exported, ...written };
  const scripts = await writeTableScripts(fs, staging, shownTables(stored), events.signal);
  const folder = written.database === undefined ? { ...project.folder, views: [] } : project.folder;
  const more = furtherFiles(project, compilation);
  writeMetadata(fs, staging, { folder, more }, stored, (described) =>
    writeExplorer(fs, staging, described, { ...structureOf(compilation), derived: written.derived }, scripts),
  );
}

/**
 * Writes the database, and the rows of its views, unless the tables are too large.
 * @throws Failure if they are, and the dataset has checks
 */
async function writeDatabase(
  { fs, project, staging, settings, events }: SparkBuild,
  { tables, files }: AssembledTables,
  facts: CommitFacts,
  report: (problem: Problem) => void,
): Promise<Pick<Stored, 'database' | 'derived'>> {
  const { folder } = project;
  const most = settings.mostViewed ?? mostViewed;
  const bytes = [...files.values()].flat().reduce((sum, file) => sum + fs.size(path.join(staging, file)), 0);
  if (bytes > most) {
    const why = `the tables have more than ${most / 1024 ** 3} GiB of Parquet`;
    if (folder.checks.length > 0)
      throw new Failure(`${why}, too much for the checks in a database: remove the checks from the schema folder`);
    events.onWarning?.(`the database and the views are left out: ${why}`);
    return { database: undefined, derived: [] };
  }
  const file = `${folder.dataset.name}.duckdb`;
  const ofRelease = releaseFacts({ folder }, facts);
  const parquetFiles = (table: string): readonly string[] => files.get(table) ?? [];
  const { views, checks } = folder;
  const found = await createViewDatabase(staging, { file, tables, parquetFiles, facts: ofRelease, views, checks });
  reportCheckRows(project, found, report);
  const sealed = { folder: staging, database: file, tables, facts: ofRelease, formats: formatsOfSpark };
  const derived: readonly DerivedTable[] = await exportViews(sealed, views, viewSink(fs, staging), {
    signal: events.signal,
  });
  return { database: { file, holds: 'views' }, derived };
}
