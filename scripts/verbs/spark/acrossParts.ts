import { mostBytes } from '../../base/limits.ts';
import type { Problem } from '../../base/problem.ts';
import { groupBy } from '../../base/text.ts';
import { type JsonObject, member } from '../../json/json.ts';
import type { Project } from '../../project/openProject.ts';
import { type RawRecord, type RecordFile, type Unreadable, readRecords } from '../../read/records.ts';
import type { ValidateSummary } from '../../validate/context.ts';
import { reportFaults } from '../../validate/reportFaults.ts';
import { referencesOf, validate } from '../../validate/run.ts';
import { type Found, numberIn, objectIn, problemIn, referencesIn, textIn, withdrawalIn } from './found.ts';
import type { Part } from './parts.ts';

/** The results of all parts together. */
export interface Judged {
  readonly problems: readonly Problem[];
  readonly counts: ValidateSummary;
  /** Whether a record file differs from the commit. */
  readonly differs: boolean;
  /** Why a part could not be mapped. */
  readonly failure: string | undefined;
}

/**
 * The problems of all records, as a build on one machine finds them. What concerns several records is checked again, by
 * the same rules, over the few records and identifiers that Spark has found.
 */
export function judge(project: Project, parts: readonly Part[], found: readonly Found[]): Judged {
  const byKind = groupBy(found.toSorted(inOrder), ({ kind }) => kind);
  const of = (kind: string): readonly Found[] => byKind.get(kind) ?? [];
  const summaries = of('summary').map((each) => ({ ...each, value: objectIn(each.value) }));
  const spots = spotsOf(project, parts, summaries);
  const alone = tablesWithoutSelection(project, parts, summaries);
  const suspects = new Set(of('suspect').map(keyOf));
  const total = (name: keyof ValidateSummary): number =>
    summaries.reduce((sum, { value }) => sum + numberIn(value, name), 0);
  return {
    problems: [
      ...of('problem')
        .filter((each) => !suspects.has(keyOf(each)))
        .map((each) => {
          const problem = problemIn(each.value);
          return { ...problem, line: problem.line + spots.linesBefore(each.part) };
        }),
      ...checkAgain(project, spots, of('suspect'), alone),
      ...unresolved(project, spots, of),
    ],
    counts: {
      records: total('records'),
      spansChecked: total('spansChecked'),
      spansUnchecked: total('spansUnchecked'),
      documentsMissing: total('documentsMissing'),
    },
    differs: of('differs').length > 0,
    failure: of('failure').flatMap(({ value }) => (typeof value === 'string' ? [value] : []))[0],
  };
}

function inOrder(a: Pick<Found, 'part' | 'n'>, b: Pick<Found, 'part' | 'n'>): number {
  return a.part - b.part || a.n - b.n;
}

function keyOf({ part, n }: Found): string {
  return `${part} ${n}`;
}

/** Where the records of parts are. */
interface Spots {
  /** The number of lines of the same file in earlier parts. */
  readonly linesBefore: (part: number) => number;
  readonly fileOf: (found: Found) => RecordFile;
  /** The line of a record in its file; 0 if it is a whole file. */
  readonly lineOf: (found: Found) => number;
  readonly fileNamed: (part: number, name: string) => RecordFile;
  /** A line of a file, by its number in a part. */
  readonly lineIn: (part: number, line: number) => number;
}

function spotsOf(
  { files }: Project,
  parts: readonly Part[],
  summaries: readonly { readonly part: number; readonly value: JsonObject }[],
): Spots {
  const newlines = new Map(summaries.map(({ part, value }) => [part, numberIn(value, 'lines')]));
  const before: number[] = [];
  for (const [i, part] of parts.entries()) {
    const continues = part.range !== undefined && part.range[0] > 0;
    before.push(continues ? (before[i - 1] ?? 0) + (newlines.get(i - 1) ?? 0) : 0);
  }
  const byName = new Map(files.map((file) => [`${file.table}\0${file.name}`, file]));
  const linesBefore = (part: number): number => before[part] ?? 0;
  const lineIn = (part: number, line: number): number => (line === 0 ? 0 : line + linesBefore(part));
  const fileNamed = (part: number, name: string): RecordFile => {
    const file = byName.get(`${parts[part]?.table ?? ''}\0${name}`);
    if (file === undefined) throw new Error(`part ${part} names a file that is not there`);
    return file;
  };
  return {
    linesBefore,
    lineIn,
    fileNamed,
    fileOf: ({ part, value }) => fileNamed(part, textIn(objectIn(value), 'file')),
    lineOf: ({ part, value }) => lineIn(part, numberIn(objectIn(value), 'line')),
  };
}

/** The tables whose pointer matched no record in any part. */
function tablesWithoutSelection(
  { types }: Project,
  parts: readonly Part[],
  summaries: readonly { readonly part: number; readonly value: JsonObject }[],
): ReadonlySet<string> {
  const selected = new Set(
    summaries.flatMap(({ part, value }) => (member(value, 'nothingSelected') === true ? [] : [parts[part]?.table])),
  );
  const mapped = new Set(parts.map(({ table }) => table));
  return new Set(types.flatMap(({ name }) => (mapped.has(name) && !selected.has(name) ? [name] : [])));
}

/** Checks records again, in order, that may be wrong in combination, and nothing else. */
function checkAgain(
  project: Project,
  spots: Spots,
  suspects: readonly Found[],
  alone: ReadonlySet<string>,
): readonly Problem[] {
  if (suspects.length === 0 && alone.size === 0) return [];
  const problems: Problem[] = [];
  let wanted = false;
  let ended = false;
  function* read(): Generator<RawRecord | Unreadable> {
    for (const { raw, isSuspect } of readAgain(project, spots, suspects, alone)) {
      wanted = isSuspect;
      yield raw;
    }
    ended = true;
  }
  const unselected = new Set(project.files.flatMap((file) => (alone.has(file.table) ? [file.shown] : [])));
  const report = (problem: Problem): void => {
    if (ended ? unselected.has(problem.file) : wanted) problems.push(problem);
  };
  const options = { ...project.validation, report };
  // references to other records are checked separately
  const references = { ...referencesOf(options), unresolved: () => [] };
  const run = validate(read(), { ...options, references });
  while (run.next().done !== true);
  return problems;
}

interface ReadAgain {
  readonly raw: RawRecord | Unreadable;
  /** False for a line that only shows what comes before a suspect. */
  readonly isSuspect: boolean;
}

function* readAgain(
  project: Project,
  spots: Spots,
  suspects: readonly Found[],
  alone: ReadonlySet<string>,
): Generator<ReadAgain> {
  const byFile = groupBy(suspects, (found) => spots.fileOf(found));
  const first = new Map([...project.files].toReversed().map((file) => [file.table, file]));
  for (const table of alone) {
    const file = first.get(table);
    if (file !== undefined && !byFile.has(file)) byFile.set(file, []);
  }
  for (const [file, found] of byFile) {
    const lines = new Set(found.map((each) => spots.lineOf(each)));
    let before: RawRecord | Unreadable | undefined;
    let isTaken = true;
    for (const raw of readRecords(project.fs, file, mostBytes)) {
      const isSuspect = 'text' in raw && lines.has(raw.line);
      if (isSuspect && !isTaken && before !== undefined) yield { raw: before, isSuspect: false };
      if (isSuspect) yield { raw, isSuspect };
      isTaken = isSuspect;
      before = raw;
    }
  }
}

/** The references that lead nowhere or to a withdrawn record, by the identifiers that Spark has found. */
function unresolved(project: Project, spots: Spots, of: (kind: string) => readonly Found[]): readonly Problem[] {
  const [broken, withdrawals] = [of('broken'), of('withdrawal')];
  if (broken.length === 0 && withdrawals.length === 0) return [];
  const problems: Problem[] = [];
  const report = (problem: Problem): void => void problems.push(problem);
  const references = referencesOf({ ...project.validation, report });
  for (const found of of('known')) references.declare(found.table, found.id, spots.fileOf(found));
  for (const { table, id } of of('excused')) references.excuse(table, id);
  for (const found of withdrawals) {
    const value = objectIn(found.value);
    references.withdraw(found.table, found.id, {
      file: spots.fileOf(found),
      line: spots.lineOf(found),
      pointer: textIn(value, 'pointer'),
      withdrawal: withdrawalIn(member(value, 'withdrawal')),
    });
  }
  // an identifier that can be in several tables was found once for each
  const once = new Map(broken.map((found) => [keyOf(found), found]));
  const sought = [...once.values()].flatMap((found) =>
    referencesIn(found).map((each) => ({ ...each, part: found.part })),
  );
  for (const { part, file, line, reference } of sought.toSorted(inOrder))
    references.refer(spots.fileNamed(part, file), spots.lineIn(part, line), reference);
  for (const { file, line, fault } of references.unresolved()) {
    const again = project.validation.reread(file, line) ?? { file, line, text: '', utf8: undefined };
    reportFaults(again, [fault], report);
  }
  return problems;
}
