import path from 'node:path';
import { isObject, mayHold, member, parseJson } from '../json/json.ts';
import { toWithdrawal } from '../schema/extensionValues.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import type { Repository } from '../disk/git.ts';
import { type RecordFile, readRecords } from '../read/records.ts';
import { shapesBelow, targetsOf } from '../schema/recordTypes.ts';
import { mostBytes } from '../base/limits.ts';
import { foldedId } from '../base/text.ts';
import { type Withdrawal, keyword } from '../schema/extensions.ts';
import { type Project, governs } from './openProject.ts';

/** The part of a project that a change can have broken, if everything was valid before. */
export interface Scope {
  /** Files to check, in the order of the project's. */
  readonly files: readonly RecordFile[];
  /** Files that are assumed to be unchanged and valid: records whose id is the name of the file. */
  readonly presumed: readonly RecordFile[];
  /** The withdrawal of one of those records, undefined if it is not withdrawn. */
  readonly withdrawal: (table: string, id: string) => Withdrawal | undefined;
}

/**
 * What changes of files (paths below the top of the work tree) can have broken: the changed records; those that refer
 * to a removed or withdrawn one, or to a source whose document may have changed; and those whose id can be confused
 * with that of an added one. Undefined if it is everything: a schema has changed, or files hold more than one record,
 * so that their names do not show the ids.
 */
export function scopeOfChange(
  fs: FileSystem,
  project: Project,
  repository: Repository,
  changes: ReadonlySet<string>,
): Scope | undefined {
  const changed = new Set([...changes].map((file) => path.join(repository.root, file)));
  if ([...changed].some((file) => governs(project, file))) return undefined;
  if (
    project.validation.layout === 'any' ||
    project.files.some((file) => file.holds !== 'record' || file.select !== undefined)
  )
    return undefined;

  const chosen = new Set(project.files.filter((file) => changed.has(file.path)));
  const present = new Set([...chosen].map((file) => file.path));
  // if two ids count as equal, references to either may be reported as missing
  const twins = twinsOf(chosen, project.files).filter((file) => !chosen.has(file));
  for (const twin of twins) chosen.add(twin);
  const affecting = [...[...chosen].filter((file) => affectsOthers(fs, file, project)), ...twins].map((f) => f.stem);
  const gone = [...changed]
    .filter((file) => !present.has(file))
    .map((file) => path.basename(file).replace(/\.json$/, ''));
  addReferrers(fs, project, chosen, [...affecting, ...gone]);
  return {
    files: project.files.filter((file) => chosen.has(file)),
    presumed: project.files.filter((file) => !chosen.has(file)),
    withdrawal: withdrawals(fs, project),
  };
}

/**
 * Files to check by themselves; the others are assumed to be valid. Undefined if the names of files do not show ids.
 */
export function scopeOfFiles(fs: FileSystem, project: Project, files: readonly RecordFile[]): Scope | undefined {
  const singles = project.files.every(({ holds, select }) => holds === 'record' && select === undefined);
  if (project.validation.layout === 'any' || !singles) return undefined;
  const chosen = new Set(files.map((file) => file.path));
  return {
    files,
    presumed: project.files.filter((file) => !chosen.has(file.path)),
    withdrawal: withdrawals(fs, project),
  };
}

/** Files whose id is that of a chosen one, or differs from it only in case or Unicode form. */
function twinsOf(chosen: ReadonlySet<RecordFile>, files: readonly RecordFile[]): readonly RecordFile[] {
  const forms = new Map<string, Set<string>>();
  for (const { table, stem } of chosen) forms.set(table, (forms.get(table) ?? new Set()).add(foldedId(stem)));
  return files.filter((file) => forms.get(file.table)?.has(foldedId(file.stem)) === true);
}

/** Whether records that refer to this one must be checked again. */
function affectsOthers(fs: FileSystem, file: RecordFile, project: Project): boolean {
  const type = project.types.find((t) => t.name === file.table);
  if (type === undefined) return false;
  if (type.extensions.has(keyword.document) && [...shapesBelow(type.shape)].some(([shape]) => shape.document))
    return true;
  // a reference to one of several tables may now match two records
  const severalTargets = project.types.some((t) => targetsOf(t).length > 1 && targetsOf(t).includes(file.table));
  if (severalTargets && project.files.some((other) => other.table !== file.table && other.stem === file.stem))
    return true;
  const text = textOf(fs, file);
  return text === undefined || withdrawalIn(text, type.withdrawal) !== undefined;
}

/** Adds the files that name an id; from withdrawn records, it continues to those that they replace. */
function addReferrers(fs: FileSystem, project: Project, chosen: Set<RecordFile>, ids: readonly string[]): void {
  for (let wanted = ids; wanted.length > 0;) {
    const next: string[] = [];
    for (const file of project.files) {
      if (chosen.has(file)) continue;
      const text = textOf(fs, file);
      if (text !== undefined && !wanted.some((id) => mayHold(text, id))) continue;
      chosen.add(file);
      const type = project.types.find((t) => t.name === file.table);
      if (text === undefined || withdrawalIn(text, type?.withdrawal) !== undefined) next.push(file.stem);
    }
    wanted = next;
  }
}

/** The withdrawals of records that are not checked, each read when it is first needed. */
export function withdrawals(
  fs: FileSystem,
  project: Project,
  fileOf = (table: string, id: string): RecordFile | undefined =>
    project.files.find((file) => file.table === table && file.stem === id),
): Scope['withdrawal'] {
  const known = new Map<string, Withdrawal | undefined>();
  return (table, id) => {
    const key = `${table}/${id}`;
    if (!known.has(key)) {
      const property = project.types.find((type) => type.name === table)?.withdrawal;
      const file = property === undefined ? undefined : fileOf(table, id);
      known.set(key, file === undefined ? undefined : withdrawalIn(textOf(fs, file) ?? '', property));
    }
    return known.get(key);
  };
}

function withdrawalIn(text: string, property: string | undefined): Withdrawal | undefined {
  if (property === undefined || !mayHold(text, property)) return undefined;
  const parsed = parseJson(text);
  return 'value' in parsed && isObject(parsed.value) ? toWithdrawal(member(parsed.value, property)) : undefined;
}

/** The text of a record file; undefined if it cannot be read as one. */
function textOf(fs: FileSystem, file: RecordFile): string | undefined {
  for (const raw of readRecords(fs, file, mostBytes)) return 'text' in raw ? raw.text : undefined;
  return undefined;
}
