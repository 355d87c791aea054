import type { PlacedRecord } from '../compile/compile.ts';
import type { Problem } from '../base/problem.ts';
import type { ValidateSummary } from '../validate/context.ts';
import { validate } from '../validate/run.ts';
import type { Project } from './openProject.ts';

/** Where problems go, and how many errors there have been. */
export interface Problems {
  readonly add: (problem: Problem) => void;
  readonly errors: () => number;
}

/**
 * Valid records with their places, reporting the others. After the first error there are none: then nothing is made
 * of them, and what is left to do is to find the other errors.
 * @param known problems that were found before the first record was read
 */
export function* soundRecords(
  project: Project,
  texts: ReturnType<Project['records']>,
  known: readonly Problem[],
  report: Problems,
  done: (summary: ValidateSummary) => void,
): Generator<PlacedRecord> {
  for (const problem of known) report.add(problem);
  const run = validate(texts, { ...project.validation, report: report.add });
  for (let next = run.next(); ; next = run.next()) {
    if (next.done === true) return done(next.value);
    const { type, value, file, index } = next.value;
    if (report.errors() === 0) yield { type, value, file: file.name, index };
  }
}
