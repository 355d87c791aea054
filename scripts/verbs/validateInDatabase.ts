import { tablesWithoutFolder } from '../project/tablesWithoutRecords.ts';
import { compile } from '../compile/compile.ts';
import { listenForSignals, onInterrupt } from '../disk/interrupt.ts';
import { reportCheckRows } from '../project/checkRows.ts';
import { type Project, compileOptions } from '../project/openProject.ts';
import { tableFinder } from '../project/tableFinder.ts';
import { vanishedFiles } from '../project/vanished.ts';
import { referencesOf } from '../validate/run.ts';
import { checkDatabase } from '../write/checkDatabase.ts';
import { type Events, tallying, ticker } from './events.ts';
import { type Validation, checking, placed } from './validate.ts';

/**
 * Validates all records, loads them into a database in a temporary folder, and runs the checks of the dataset there.
 * @throws Failure at a faulty view or check
 */
export async function validateInDatabase(project: Project, events: Events): Promise<Validation> {
  const { fs } = project;
  const { report, tally } = tallying(events, project.options.strict);
  listenForSignals();
  const temporary = fs.makeTemporaryFolder('checks');
  const forget = onInterrupt(() => fs.remove(temporary));
  try {
    const compilation = compile(project.types, compileOptions(project));
    const order = compilation.order.map((type) => type.name);
    for (const problem of [...project.problems, ...tablesWithoutFolder(project), ...vanishedFiles(project)])
      report(problem);
    const texts = project.records(ticker('validate', events), order);
    const references = referencesOf({ ...project.validation, report });
    const run = checking(texts, { ...project.validation, report, references });
    const rows = await checkDatabase(fs, temporary, {
      folder: project.folder,
      tables: compilation.tables,
      batches: compilation.rows(
        placed(run.records, () => tally().errors === 0),
        tableFinder(project, references.has),
      ),
      proceed: () => tally().errors === 0,
      kept: project.validation.cache,
      signal: events.signal,
    });
    events.signal?.throwIfAborted();
    if (rows !== undefined) reportCheckRows(project, rows, report);
    const checksSkipped = rows === undefined ? project.folder.checks.length : 0;
    return { ...run.summary(), ...tally(), tables: project.types.length, unchanged: undefined, checksSkipped };
  } catch (error) {
    // an error caused by the signal is reported in the signal's words
    events.signal?.throwIfAborted();
    throw error;
  } finally {
    fs.remove(temporary);
    forget();
  }
}
