import { Failure } from '../base/problem.ts';
import { foldedId, groupBy, latinSlug, quoted } from '../base/text.ts';
import { createFile } from '../disk/replace.ts';
import { printCanonical } from '../json/canonical.ts';
import { type JsonObject, member } from '../json/json.ts';
import { takeTurnAt } from '../project/folders.ts';
import type { Project } from '../project/openProject.ts';
import {
  type OpenRecord,
  deleteRecord,
  openRecord,
  recordLine,
  recordNamed,
  refuseChanged,
  writeRecord,
} from '../project/recordFiles.ts';
import { recordLines } from '../project/recordLines.ts';
import type { RecordFile } from '../read/records.ts';
import { placed } from '../schema/placed.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import { structureOf } from '../schema/walk.ts';
import { recordChecker } from './checkRecord.ts';
import { checkId } from './identifier.ts';
import { committedIn } from './recordHistory.ts';
import { type Referrer, identifierOf, placesOf, referrersOf } from './referrers.ts';
import { fileOfNew } from './saveRecord.ts';

/** A record that gets another identifier. */
export interface RenameOptions {
  /** Its identifier, `table/identifier`, or the path of its file. */
  readonly record: string;
  readonly to: string;
  /** The folder from which a file is named: that of the process by default. */
  readonly from?: string;
}

/** The result: renamed, with the references that follow, or refused because a commit holds the record. */
export type Renamed =
  /** `renamed` is its file. */
  | { readonly renamed: string; readonly id: string; readonly referrers: readonly Referrer[] }
  | { readonly commit: string };

/**
 * Changes the identifier of a record that no commit holds, and every reference to it. If the process is killed
 * meanwhile, the record can be there under both identifiers, with references to either; a line has one of them.
 * @throws Failure if there is no such record, the identifier is taken or has another form, or a record that refers to
 * it cannot be rewritten or has changed; then nothing is written
 */
export function rename(project: Project, { record, to, from = '.' }: RenameOptions): Renamed {
  const made = renameRecord(project, recordNamed(project.fs, project, from, record), to);
  return 'commit' in made ? made : { renamed: made.renamed, id: made.id, referrers: made.referrers };
}

/** The same, with the records that refer to it as they were. */
type RenamedOpen =
  | { readonly commit: string }
  | (Exclude<Renamed, { readonly commit: string }> & { readonly before: readonly OpenRecord[] });

/** The same for an open record. */
export function renameRecord(project: Project, record: OpenRecord, to: string): RenamedOpen {
  const commit = committedIn(project, record);
  if (commit !== undefined) return { commit };
  const { fs, rawPath } = project;
  const { type, line } = record;
  refuseIdentifier(record, to);
  const turn = takeTurnAt(fs, project.options);
  try {
    const after = renamedValue(record, to);
    checkId(to, takenIn(project, type.name), 'identifier');
    const file = line === 0 ? fileOf(project, record, to) : record.file;
    refuseForm(project, record, { after, to, file });
    const referrers = referrersOf(project, record);
    const before = referring(project, record, referrers);
    for (const each of [record, ...before.map(({ opened }) => opened)]) refuseChanged(fs, each);
    // first the new file, last the old one: a reference always leads to a record
    if (line === 0) createFile(fs, file.path, printCanonical(after, structureOf(type.shape), 'file'), rawPath);
    else writeRecord(fs, { ...record, value: after }, rawPath);
    for (const { opened, pointers } of before)
      writeRecord(fs, { ...opened, value: withText(opened.type, opened.value, pointers, to) }, rawPath);
    if (line === 0) deleteRecord(fs, record, rawPath);
    return { renamed: file.shown, id: to, referrers, before: before.map(({ opened }) => opened) };
  } finally {
    turn.end();
  }
}

/** @throws Failure if a record cannot have an identifier, whatever other records there are */
function refuseIdentifier(record: OpenRecord, to: string): void {
  const { type, value } = record;
  const id = identifierOf(record);
  if (to === id) throw new Failure(`${quoted(to)} is its identifier already`);
  if (foldedId(to) === foldedId(id))
    throw new Failure(
      `${quoted(to)} and ${quoted(id)} differ only in case or accents, and are one file on some systems: ` +
        `rename the record to something else first, and then to ${quoted(to)}`,
    );
  const own = type.key === undefined ? undefined : member(value, type.key);
  if (typeof own === 'number' && !isWholeNumber(to))
    throw new Failure(`${quoted(to)} is not a whole number, as the identifiers of ${type.name} are`);
}

/** Whether a text is a whole number exactly as JSON prints it. */
function isWholeNumber(text: string): boolean {
  return Number.isSafeInteger(Number(text)) && String(Number(text)) === text;
}

/** The file of a record under another identifier, in the folder where it is. */
function fileOf(project: Project, { type, file }: OpenRecord, to: string): RecordFile {
  const plain = fileOfNew(project, type, to);
  const moved = (at: string): string => `${at.slice(0, at.length - `${file.stem}.json`.length)}${to}.json`;
  return { ...plain, path: moved(file.path), shown: moved(file.shown), name: moved(file.name) };
}

/** The identifiers of a table, with case and accents folded. */
function takenIn({ fs, files, types }: Project, table: string): ReadonlySet<string> {
  const own = files.filter((file) => file.table === table);
  const lines = recordLines(fs, { files: own, types }).map(({ named }) => named);
  return new Set([...own.filter(({ holds }) => holds === 'record'), ...lines].map(({ stem }) => foldedId(stem)));
}

/** The record with its other identifier, also where it refers to itself. */
function renamedValue({ type, file, line, value }: OpenRecord, to: string): JsonObject {
  const pointers = placesOf(type, value, type.name, identifierOf({ type, file, line, value }));
  return withKey(type, withText(type, value, pointers, to), to);
}

/** A record with another identifier, if it has one besides the name of its file. */
export function withKey({ key }: RecordType, value: JsonObject, to: string): JsonObject {
  const own = key === undefined ? undefined : member(value, key);
  if (key === undefined || own === undefined) return value;
  return { ...value, [key]: typeof own === 'number' ? Number(to) : to };
}

/** A record with another text at pointers. */
export function withText(
  { shape }: RecordType,
  value: JsonObject,
  pointers: readonly string[],
  text: string,
): JsonObject {
  return pointers.reduce((at, pointer) => placed(at, pointer, text, shape), value);
}

/** @throws Failure if the schema does not allow the identifier; other faults of the record are no reason */
function refuseForm(
  project: Project,
  { type, line }: OpenRecord,
  { after, to, file }: { readonly after: JsonObject; readonly to: string; readonly file: RecordFile },
): void {
  const text = printCanonical(after, structureOf(type.shape), line === 0 ? 'file' : 'line');
  const fault = recordChecker(project)(file, text, line).problems.find(
    ({ pointer, severity }) => severity === 'error' && pointer === `/${type.key ?? ''}`,
  );
  if (fault === undefined) return;
  // the hint is about the file, too
  const slug = quoted(latinSlug(to));
  const fits = typeof fault.hint === 'string' && fault.hint.includes(slug);
  throw new Failure(fits ? `${fault.message} (did you mean ${slug}?)` : fault.message);
}

/** A record, and where it refers to another one. */
interface Referring {
  readonly opened: OpenRecord;
  readonly pointers: readonly string[];
}

/** The records that refer to one. @throws Failure if one cannot be rewritten */
function referring(project: Project, record: OpenRecord, referrers: readonly Referrer[]): readonly Referring[] {
  const name = `${record.type.name}/${identifierOf(record)}`;
  const byRecord = groupBy(referrers, ({ file, line }) => `${file.path}:${line}`);
  return [...byRecord.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    const { file, line, id } = first;
    const opened = line === 0 ? openRecord(project.fs, project, file) : recordLine(project.fs, project, file.table, id);
    if (opened === undefined)
      throw new Failure(`${file.shown} refers to ${name} and cannot be rewritten: change it by hand first`);
    return [{ opened, pointers: all.map(({ pointer }) => pointer) }];
  });
}
