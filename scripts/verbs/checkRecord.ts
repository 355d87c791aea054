import { lazy } from '../base/lazy.ts';
import { foldedId, groupBy } from '../base/text.ts';
import type { Problem } from '../base/problem.ts';
import { type Json, below, isObject, member, parseJson } from '../json/json.ts';
import { withdrawals } from '../project/changeScope.ts';
import type { Project } from '../project/openProject.ts';
import { type RecordLine, recordLines } from '../project/recordLines.ts';
import type { RecordFile } from '../read/records.ts';
import type { Withdrawal } from '../schema/extensions.ts';
import { structureOf, walk } from '../schema/walk.ts';
import { type SchemaCheck, schemaChecks } from '../validate/ajv/schemaCheck.ts';
import { validate } from '../validate/run.ts';

/** What `validate` would find in a file with some text. */
export interface CheckedText {
  readonly problems: readonly Problem[];
  /** Pointers of members that the schema requires for this record, and that are missing. */
  readonly missing: readonly string[];
}

/**
 * Checks one text as if it were the file, or a line of the file, counted from 1; 0 is the whole file. `new` is a file
 * that is not there yet: a record that has its name or its identifier is another one.
 */
export type RecordChecker = (file: RecordFile, text: string, line?: number | 'new') => CheckedText;

/** Up to this many files, the check knows all identifiers, so that it can propose the nearest. */
const mostPresumed = 5000;

/** The other records of a project, as far as a check needs them. */
export interface OtherRecords {
  /** Those in lines of NDJSON. */
  readonly lines: () => readonly RecordLine[];
  /** Those with an identifier, which has case and accents folded. */
  readonly named: (id: string) => readonly RecordFile[];
}

function othersIn(project: Project): OtherRecords {
  const lines = lazy(() => recordLines(project.fs, project));
  const byId = lazy(() => groupBy(filesOf(project, lines()), ({ stem }) => foldedId(stem)));
  return { lines, named: (id) => byId().get(id) ?? [] };
}

/** The files of single records, and lines as if they were such files. */
function filesOf({ files }: Project, lines: readonly RecordLine[]): readonly RecordFile[] {
  return [...files.filter(({ holds }) => holds === 'record'), ...lines.map(({ named }) => named)];
}

/**
 * Prepares the check of single records: the same rules as `validate`, with the other records assumed to be valid. The
 * schemas are compiled once.
 */
export function recordChecker(project: Project, others: OtherRecords = othersIn(project)): RecordChecker {
  const { schemas, cache, patterns, layout } = project.validation;
  const compiled = schemaChecks(schemas, cache, { patterns, softFormats: layout === 'any' });
  const withdrawnLines = lazy(
    () => new Map(others.lines().map(({ named, withdrawal }) => [`${named.table}/${named.stem}`, withdrawal])),
  );
  const inFiles = withdrawals(project.fs, project, (table, id) =>
    others.named(foldedId(id)).find((file) => file.holds === 'record' && file.table === table && file.stem === id),
  );
  const withdrawal = (table: string, id: string): Withdrawal | undefined =>
    withdrawnLines().get(`${table}/${id}`) ?? inFiles(table, id);
  return (file, text, at = 0) => {
    const line = at === 'new' ? 0 : at;
    const problems: Problem[] = [];
    const own = line === 0 ? file.stem : idIn(project, file, text);
    const areFew = project.files.length + others.lines().length <= mostPresumed;
    const known = areFew ? filesOf(project, others.lines()) : namedIn(project, file.table, own, text, others);
    const raw = { file, line, text, utf8: undefined };
    const options = {
      ...project.validation,
      compiled,
      presumed: { files: at === 'new' ? known : known.filter((other) => !isSame(other, file, own)), withdrawal },
      reread: () => raw,
      report: (problem: Problem) => void problems.push(problem),
    };
    const records = validate([raw], options);
    while (records.next().done !== true);
    const type = project.types.find(({ name }) => name === file.table);
    return { problems, missing: type === undefined ? [] : missingIn(text, compiled(type)) };
  };
}

function isSame(other: RecordFile, { path }: RecordFile, id: string): boolean {
  return other.path === path && other.stem === id;
}

/** The identifier in a text; empty if it has none. */
function idIn({ types }: Project, file: RecordFile, text: string): string {
  const key = types.find(({ name }) => name === file.table)?.key;
  const parsed = parseJson(text);
  const id = key !== undefined && 'value' in parsed && isObject(parsed.value) ? member(parsed.value, key) : undefined;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
}

function missingIn(text: string, check: SchemaCheck): readonly string[] {
  const parsed = parseJson(text);
  if (!('value' in parsed)) return [];
  return check(parsed.value).flatMap(({ pointer, missing }) =>
    missing === undefined ? [] : [below(pointer, missing)],
  );
}

/** The files that a record can refer to, and those whose identifiers can be confused with its own. */
function namedIn(
  { types }: Project,
  table: string,
  id: string,
  text: string,
  others: OtherRecords,
): readonly RecordFile[] {
  const type = types.find(({ name }) => name === table);
  const parsed = parseJson(text);
  const value: Json | undefined = 'value' in parsed ? parsed.value : undefined;
  if (type === undefined || !isObject(value)) return [];
  const { references } = walk(value, structureOf(type.shape));
  const ids = new Set([id, ...references.map((reference) => reference.id)].map(foldedId));
  return [...ids].flatMap((each) => others.named(each));
}
