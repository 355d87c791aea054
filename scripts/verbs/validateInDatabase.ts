import { compile } from '../compile/compile.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { listenForSignals, onInterrupt } from '../disk/interrupt.ts';
import { reportCheckRows } from '../project/checkRows.ts';
import { type Project, compileOptions } from '../project/openProject.ts';
import { type Problems, soundRecords } from '../project/soundRecords.ts';
import { vanishedFiles } from '../project/vanished.ts';
import type { ValidateSummary } from '../validate/context.ts';

import { checkDatabase } from '../write/checkDatabase.ts';

export interface CheckedInDatabase {
  readonly summary: ValidateSummary;
  /** Whether the checks were run: with an error in a record they are not. */
  readonly ran: boolean;
}

/**
 * Validates all records, loads them into a database in a temporary folder, and runs the checks of the dataset there.
 * @throws Failure at a view or check that is at fault
 */
export async function validateInDatabase(
  fs: FileSystem,
  project: Project,
  report: Problems,
  tick: (done: number) => void,
): Promise<CheckedInDatabase> {
  listenForSignals();
  const temporary = fs.makeTemporaryFolder('checks');
  const forget = onInterrupt(() => fs.remove(temporary));
  try {
    const compilation = compile(project.types, compileOptions(project));
    const texts = project.records(
      tick,
      compilation.order.map((type) => type.name),
    );
    const known = [...project.problems, ...vanishedFiles(project)];
    let summary: ValidateSummary = { records: 0, spansChecked: 0, spansUnchecked: 0, documentsMissing: 0 };
    const records = soundRecords(project, texts, known, report, (found) => (summary = found));
    const rows = await checkDatabase(temporary, {
      folder: project.folder,
      tables: compilation.tables,
      batches: compilation.rows(records),
      proceed: () => report.errors() === 0,
    });
    if (rows !== undefined) reportCheckRows(project, rows, report.add);
    return { summary, ran: rows !== undefined };
  } finally {
    fs.remove(temporary);
    forget();
  }
}
