import { foldedId, groupBy } from '../base/text.ts';
import type { Problem } from '../base/problem.ts';
import { type Json, below, isObject, parseJson } from '../json/json.ts';
import { withdrawals } from '../project/changeScope.ts';
import type { Project } from '../project/openProject.ts';
import type { RecordFile } from '../read/records.ts';
import { structureOf, walk } from '../schema/walk.ts';
import { type SchemaCheck, schemaChecks } from '../validate/ajv/schemaCheck.ts';
import { validate } from '../validate/run.ts';

/** What `validate` would find in a file that held a text. */
export interface CheckedText {
  readonly problems: readonly Problem[];
  /** Pointers of members that the schema requires, as the record is, and that are not there. */
  readonly missing: readonly string[];
}

/** Checks one text as if its file held it. */
export type RecordChecker = (file: RecordFile, text: string) => CheckedText;

/** Up to so many files, all identifiers are known to the check, so that it can propose the nearest. */
const mostPresumed = 5000;

/**
 * Prepares the check of single records: the same rules as `validate`, the other records taken for granted.
 * The schemas are compiled once.
 */
export function recordChecker(project: Project): RecordChecker {
  const { schemas, cache, patterns, layout } = project.validation;
  const compiled = schemaChecks(schemas, cache, { patterns, softFormats: layout === 'any' });
  const byId = groupBy(project.files, (file) => foldedId(file.stem));
  const withdrawal = withdrawals(project.fs, project);
  return (file, text) => {
    const problems: Problem[] = [];
    const known = project.files.length <= mostPresumed ? project.files : namedIn(project, file, text, byId);
    const raw = { file, line: 0, text, members: undefined };
    const options = {
      ...project.validation,
      compiled,
      presumed: { files: known.filter((other) => other.path !== file.path), withdrawal },
      reread: () => raw,
      report: (problem: Problem) => void problems.push(problem),
    };
    const records = validate([raw], options);
    while (records.next().done !== true);
    const type = project.types.find(({ name }) => name === file.table);
    return { problems, missing: type === undefined ? [] : missingIn(text, compiled(type)) };
  };
}

function missingIn(text: string, check: SchemaCheck): readonly string[] {
  const parsed = parseJson(text);
  if (!('value' in parsed)) return [];
  return check(parsed.value).flatMap(({ pointer, missing }) =>
    missing === undefined ? [] : [below(pointer, missing)],
  );
}

/** The files that a record can refer to, and those that its own identifier can be taken for. */
function namedIn(
  { types }: Project,
  file: RecordFile,
  text: string,
  byId: ReadonlyMap<string, readonly RecordFile[]>,
): readonly RecordFile[] {
  const type = types.find(({ name }) => name === file.table);
  const parsed = parseJson(text);
  const value: Json | undefined = 'value' in parsed ? parsed.value : undefined;
  if (type === undefined || !isObject(value)) return [];
  const { references } = walk(value, structureOf(type.shape));
  const ids = new Set([file.stem, ...references.map(({ id }) => id)].map(foldedId));
  return [...ids].flatMap((id) => byId.get(id) ?? []);
}
