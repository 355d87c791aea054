import path from 'node:path';
import {
  type Json,
  type JsonObject,
  below,
  isArray,
  isObject,
  member,
  parseJson,
  pointerSteps,
  resolvePointer,
} from '../json/json.ts';
import { printCanonical } from '../json/canonical.ts';
import { changedMeanwhile, removeFile, replaceFile } from '../disk/replace.ts';
import { didYouMean } from '../base/suggestions.ts';
import { Failure } from '../base/problem.ts';
import { type FileSystem, kindAt } from '../disk/fileSystem.ts';
import { type RecordFile, isWritable, readRecords } from '../read/records.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import { list, quoted } from '../base/text.ts';
import { hiddenFaults } from '../validate/form.ts';
import { mostBytes } from '../base/limits.ts';
import { structureOf } from '../schema/walk.ts';
import type { Project } from './openProject.ts';

/** An existing record that can be rewritten. */
export interface OpenRecord {
  readonly file: RecordFile;
  /** Its line of NDJSON, counted from 1; 0 if it has a file of its own. */
  readonly line: number;
  readonly type: RecordType;
  /** Its name for users: `table/identifier`. */
  readonly name: string;
  /** As it was read. */
  readonly text: string;
  readonly value: JsonObject;
}

/**
 * The record that a user names: by its identifier, by `table/identifier`, or by the path of its file. If no file has
 * that name, lines of NDJSON are searched.
 * @throws Failure if there is no such record, or several
 */
export function recordNamed(fs: FileSystem, project: Project, cwd: string, name: string): OpenRecord {
  const singles = project.files.filter((file) => file.holds === 'record' && file.select === undefined);
  const at = path.resolve(cwd, name);
  const files = singles.filter(
    (file) => file.path === at || file.stem === name || `${file.table}/${file.stem}` === name,
  );
  const lines = files.length > 0 ? [] : linesNamed(fs, project, name);
  const names = [
    ...files.map((file) => `${file.table}/${file.stem}`),
    ...lines.map(({ name: called, file, line }) => `${called} (${file.shown}:${line})`),
  ];
  if (names.length > 1)
    throw new Failure(
      `${quoted(name)} can mean ${list(
        names.map((each) => quoted(each)),
        'or',
      )}: name one of them`,
    );
  const [file] = files;
  const [line] = lines;
  if (file === undefined && line === undefined) {
    const hint = didYouMean(name, [
      ...singles.map((single) => single.stem),
      ...singles.map((single) => `${single.table}/${single.stem}`),
    ]);
    throw new Failure(`no record is called ${quoted(name)}${hint === undefined ? '' : ` (${hint})`}`);
  }
  if (file !== undefined && !isWritable(file))
    throw new Failure(`${file.shown}: commands write only uncompressed JSON; convert the file first`);
  const opened = file === undefined ? line : openRecord(fs, project, file);
  if (opened === undefined) throw unreadable(file?.shown ?? name);
  return opened;
}

function unreadable(where: string): Failure {
  return new Failure(`${where} could not be read as a record: run \`npx demarche validate\``);
}

/** The line of NDJSON that holds a record of a table; undefined if none does. @throws Failure if several do */
export function recordLine(fs: FileSystem, project: Project, table: string, id: string): OpenRecord | undefined {
  // a file that was found when the project was opened may be gone
  const files = project.files.filter(
    (file) => file.table === table && file.holds === 'lines' && kindAt(fs, file.path) !== undefined,
  );
  const [found, other] = linesNamed(fs, { types: project.types, files }, `${table}/${id}`);
  if (other !== undefined) throw new Failure(`${quoted(id)} is the identifier of several lines of ${table}`);
  return found;
}

/** The lines of NDJSON that hold a record with this name. */
function linesNamed(
  fs: FileSystem,
  { files, types }: Pick<Project, 'files' | 'types'>,
  name: string,
): readonly OpenRecord[] {
  const found: OpenRecord[] = [];
  for (const file of files.filter((each) => each.holds === 'lines' && each.select === undefined && isWritable(each))) {
    const type = types.find((t) => t.name === file.table);
    for (const raw of readRecords(fs, file, mostBytes)) {
      if (type?.key === undefined || !('text' in raw) || !canHold(raw.text, name)) continue;
      const parsed = parseJson(raw.text);
      if (!('value' in parsed) || !isObject(parsed.value)) continue;
      const key = member(parsed.value, type.key);
      const id = typeof key === 'string' ? key : JSON.stringify(key);
      if (id !== name && `${type.name}/${id}` !== name) continue;
      // only now: the slow parser is used for this line, not for all of them
      const value = readable(raw.text);
      if (value === undefined) throw unreadable(`${file.shown}:${raw.line}`);
      found.push({ file, line: raw.line, type, name: `${type.name}/${id}`, text: raw.text, value });
    }
  }
  return found;
}

/** Whether a line can hold the record with a name: without escapes, the identifier is in it as it is. */
function canHold(text: string, name: string): boolean {
  return text.includes('\\') || text.includes(name.slice(name.lastIndexOf('/') + 1));
}

/**
 * A record's file, opened for rewriting: undefined if a rewrite could lose something, or it does not hold exactly one
 * object.
 */
export function openRecord(fs: FileSystem, project: Project, file: RecordFile): OpenRecord | undefined {
  if (file.holds !== 'record' || file.select !== undefined || !isWritable(file)) return undefined;
  const type = project.types.find((t) => t.name === file.table);
  for (const raw of readRecords(fs, file, mostBytes)) {
    const text = 'text' in raw ? raw.text : '';
    const value = readable(text);
    if (type === undefined || value === undefined) return undefined;
    return { file, line: 0, type, name: `${file.table}/${file.stem}`, text, value };
  }
  return undefined;
}

/** The record in a text; undefined if there is none, or a rewrite could lose something. */
function readable(text: string): JsonObject | undefined {
  const parsed = parseJson(text);
  if (!('value' in parsed) || !isObject(parsed.value)) return undefined;
  return hiddenFaults(text).length > 0 ? undefined : parsed.value;
}

/**
 * Writes a record in canonical form; the other lines of its file stay as they are. `inside` is the folder of all
 * records.
 * @throws Failure if the record has changed since it was read
 */
export function writeRecord(fs: FileSystem, { file, line, type, text, value }: OpenRecord, inside: string): void {
  const structure = structureOf(type.shape);
  if (line === 0) return replaceFile(fs, file.path, printCanonical(value, structure, 'file'), { inside, before: text });
  const before = wholeFile(fs, file.path);
  const after = withLine(before, line, text, printCanonical(value, structure, 'line'));
  if (after === undefined) throw changedMeanwhile(file.path);
  replaceFile(fs, file.path, after, { inside, before });
}

/**
 * Deletes a record; the other lines of its file stay as they are. `inside` is the folder of all records.
 * @throws Failure if the record has changed since it was read
 */
export function deleteRecord(fs: FileSystem, { file, line, text }: OpenRecord, inside: string): void {
  if (line === 0) return removeFile(fs, file.path, { inside, before: text });
  const before = wholeFile(fs, file.path);
  const after = withLine(before, line, text, undefined);
  if (after === undefined) throw changedMeanwhile(file.path);
  replaceFile(fs, file.path, after, { inside, before });
}

/** @throws Failure if a record has changed since it was read */
export function refuseChanged(fs: FileSystem, { file, line, text }: OpenRecord): void {
  const bytes = kindAt(fs, file.path) === 'file' ? wholeFile(fs, file.path) : undefined;
  const isSame =
    bytes !== undefined &&
    (line === 0 ? bytes.equals(Buffer.from(text)) : withLine(bytes, line, text, undefined) !== undefined);
  if (!isSame) throw changedMeanwhile(file.path);
}

/** The bytes of a file, of any size. */
export function wholeFile(fs: FileSystem, at: string): Buffer {
  // a piece is valid only until the next one is read
  return Buffer.concat(Array.from(fs.chunks(at), (piece) => Uint8Array.from(piece)));
}

/**
 * The bytes of a file with another text instead of a line, or without the line: the other lines stay, text or not.
 * Undefined if the line has changed.
 */
function withLine(bytes: Buffer, line: number, before: string, after: string | undefined): Uint8Array | undefined {
  let start = 0;
  for (let i = 1; i < line; i++) start = bytes.indexOf('\n', start) + 1;
  const newline = bytes.indexOf('\n', start);
  const end = newline < 0 ? bytes.length : newline;
  if (!bytes.subarray(start, end).equals(Buffer.from(before))) return undefined;
  const rest = after === undefined ? bytes.subarray(end + 1) : bytes.subarray(end);
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(after ?? ''), rest]);
}

/** The elements of the list at a pointer; none if it is not there. */
export function elementsAt(record: JsonObject, pointer: string): readonly Json[] {
  const value = resolvePointer(record, pointer);
  return isArray(value) ? value : [];
}

/** The record with another value at a pointer into its objects. */
export function withValueAt(record: JsonObject, pointer: string, value: Json): JsonObject {
  const [step, ...rest] = pointerSteps(pointer) ?? [];
  if (step === undefined) return record;
  if (rest.length === 0) return { ...record, [step]: value };
  const inner = resolvePointer(record, below('', step));
  const next = rest.map((each) => below('', each)).join('');
  return { ...record, [step]: withValueAt(isObject(inner) ? inner : {}, next, value) };
}
