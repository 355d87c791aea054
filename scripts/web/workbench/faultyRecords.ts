import { mostBytes } from '../../base/limits.ts';
import type { Problem } from '../../base/problem.ts';
import { isObject, member, parseJson } from '../../json/json.ts';
import type { Project } from '../../project/openProject.ts';
import { type RecordFile, readRecords } from '../../read/records.ts';
import { validate } from '../../verbs/validate.ts';

/** The first error of each record that has one, by table and identifier. */
export type FaultyRecords = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The records with errors. All records are checked on the first call, and on the first one after a change. */
export interface FaultSearch {
  readonly faulty: () => Promise<FaultyRecords>;
  /** Called when a record was written or removed. */
  readonly forget: () => void;
}

export function faultSearch(opened: () => { readonly project: Project }): FaultSearch {
  let known: { readonly of: Project; readonly found: Promise<FaultyRecords> } | undefined;
  return {
    faulty() {
      const { project } = opened();
      if (known?.of !== project) known = { of: project, found: faultyIn(project) };
      const { found } = known;
      // after a failure, the next request checks again
      found.catch(() => (known = undefined));
      return found;
    },
    forget: () => void (known = undefined),
  };
}

async function faultyIn(project: Project): Promise<FaultyRecords> {
  const byFile = new Map<string, Problem[]>();
  await validate(
    project,
    {},
    {
      onProblem(problem) {
        if (problem.severity !== 'error') return;
        const known = byFile.get(problem.file);
        if (known === undefined) byFile.set(problem.file, [problem]);
        else known.push(problem);
      },
    },
  );
  const found = new Map<string, Map<string, string>>();
  for (const file of byFile.size === 0 ? [] : project.files)
    for (const [id, message] of faultsIn(project, file, byFile.get(file.shown) ?? [])) {
      const own = found.get(file.table) ?? new Map<string, string>();
      found.set(file.table, own);
      if (!own.has(id)) own.set(id, message);
    }
  return found;
}

/** The records of a file with errors, and the messages of these. */
function faultsIn(
  { fs, types }: Project,
  file: RecordFile,
  problems: readonly Problem[],
): readonly (readonly [id: string, message: string])[] {
  if (problems.length === 0) return [];
  if (file.holds === 'record') return problems.map(({ message }) => [file.stem, message]);
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
