import { lazy } from '../../base/lazy.ts';
import { mostBytes } from '../../base/limits.ts';
import type { Problem } from '../../base/problem.ts';
import { isObject, member, parseJson } from '../../json/json.ts';
import type { Project } from '../../project/openProject.ts';
import { type RecordFile, readRecords } from '../../read/records.ts';
import { validate } from '../../verbs/validate.ts';

/** The first error of each record that has one, by table and identifier. */
export type FaultyRecords = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** What a check of all records has found so far. */
export interface CheckedSoFar {
  readonly faulty: FaultyRecords;
  /** The share of the records that has been checked; 1 once the check has ended. */
  readonly share: number;
}

/** The records with errors. All records are checked on the first call, and on the first one after a change. */
export interface FaultSearch {
  readonly faulty: () => Promise<FaultyRecords>;
  /** The same after a moment, even if the check has not ended. Lines of NDJSON are named at its end. */
  readonly faultySoFar: () => Promise<CheckedSoFar>;
  /** Called when a record was written or removed. */
  readonly forget: () => void;
}

/** A check that is under way, or has ended. */
interface Check {
  readonly of: Project;
  readonly soFar: () => CheckedSoFar;
  /** Settles when the check has made some progress, or has ended. */
  readonly moment: () => Promise<unknown>;
  readonly all: Promise<FaultyRecords>;
}

export function faultSearch(opened: () => { readonly project: Project }): FaultSearch {
  let known: Check | undefined;
  const check = (): Check => {
    const { project } = opened();
    if (known?.of === project) return known;
    const begun = checkAll(project);
    known = begun;
    // after a failure, the next request checks again
    begun.all.catch(() => {
      if (known === begun) known = undefined;
    });
    return begun;
  };
  return {
    faulty: () => check().all,
    async faultySoFar() {
      const { soFar, moment } = check();
      if (soFar().share < 1) await moment();
      return soFar();
    },
    forget: () => void (known = undefined),
  };
}

/** How often progress is reported, in milliseconds: often enough to be seen, and seldom enough to cost nothing. */
const oftenest = 200;

function checkAll(project: Project): Check {
  const found = new Map<string, Map<string, string>>();
  let share = 0;
  let waiting: (() => void)[] = [];
  let last = performance.now();
  const all = faultyIn(project, found, (read) => {
    if (performance.now() - last < oftenest) return;
    last = performance.now();
    // errors in references come after the last file
    share = Math.min(read, 0.99);
    for (const resolve of waiting) resolve();
    waiting = [];
  }).then((faulty) => {
    share = 1;
    return faulty;
  });
  const progress = (): Promise<void> => new Promise((resolve) => void waiting.push(resolve));
  return {
    of: project,
    all,
    soFar: () => ({ faulty: found, share }),
    moment: () => Promise.race([all, progress()]),
  };
}

/** Checks all records. `found` is filled in on the way. */
async function faultyIn(
  project: Project,
  found: Map<string, Map<string, string>>,
  report: (share: number) => void,
): Promise<FaultyRecords> {
  const files = lazy(() => new Map(project.files.map((file) => [file.shown, file])));
  const ofLines = new Map<RecordFile, Problem[]>();
  const add = ({ table }: RecordFile, id: string, message: string): void => {
    const own = found.get(table) ?? new Map<string, string>();
    found.set(table, own);
    if (!own.has(id)) own.set(id, message);
  };
  await validate(
    project,
    {},
    {
      onProgress: ({ share }) => report(share),
      onProblem(problem) {
        const file = problem.severity === 'error' ? files().get(problem.file) : undefined;
        if (file?.holds === 'record') add(file, file.stem, problem.message);
        else if (file !== undefined) {
          const own = ofLines.get(file) ?? [];
          ofLines.set(file, own);
          own.push(problem);
        }
      },
    },
  );
  for (const [file, problems] of ofLines)
    for (const [id, message] of faultyLines(project, file, problems)) add(file, id, message);
  return found;
}

/** The records with errors in a file of lines, and the messages of these. */
function faultyLines(
  { fs, types }: Project,
  file: RecordFile,
  problems: readonly Problem[],
): readonly (readonly [id: string, message: string])[] {
  const key = types.find(({ name }) => name === file.table)?.key;
  if (key === undefined) return [];
  // of several problems of a line, the first one
  const byLine = new Map(problems.toReversed().map((problem) => [problem.line, problem]));
  return [...readRecords(fs, file, mostBytes)].flatMap((raw): readonly (readonly [string, string])[] => {
    const own = 'text' in raw ? byLine.get(raw.line) : undefined;
    const parsed = own === undefined || !('text' in raw) ? undefined : parseJson(raw.text);
    const id =
      parsed !== undefined && 'value' in parsed && isObject(parsed.value) ? member(parsed.value, key) : undefined;
    return own === undefined || (typeof id !== 'string' && typeof id !== 'number') ? [] : [[String(id), own.message]];
  });
}
