import path from 'node:path';
import { mostBytes } from '../base/limits.ts';
import { Failure, type Problem } from '../base/problem.ts';
import { quoted } from '../base/text.ts';
import { type FileSystem, errorCode } from '../disk/fileSystem.ts';
import { createFile, replaceFile } from '../disk/replace.ts';
import { printCanonical } from '../json/canonical.ts';
import type { JsonObject } from '../json/json.ts';
import type { Project } from '../project/openProject.ts';
import { writeRecord } from '../project/recordFiles.ts';
import { decode } from '../read/decode.ts';
import { type RecordFile, isWritable, readRecords } from '../read/records.ts';
import { takeTurnAt } from '../project/folders.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import { structureOf } from '../schema/walk.ts';
import { type RecordChecker, recordChecker } from './checkRecord.ts';

/** A record to save, and the text of its file when it was read; undefined for a new one. */
export interface RecordToSave {
  readonly file: RecordFile;
  /** Its line of NDJSON, counted from 1; 0 if it has a file of its own. */
  readonly line?: number;
  readonly value: JsonObject;
  readonly before: string | undefined;
}

/** The result: written, rejected because of problems, or refused because the file has changed. */
export type Saved =
  | { readonly written: string; readonly changed: boolean }
  | { readonly problems: readonly Problem[] }
  | { readonly theirs: string | undefined };

/**
 * Writes a record in canonical form, if it has no errors and its file has not changed.
 * @throws Failure if a link is in the way, or another command keeps writing
 */
export function saveRecord(
  project: Project,
  { file, line = 0, value, before }: RecordToSave,
  check: RecordChecker = recordChecker(project),
): Saved {
  const { fs, rawPath } = project;
  const type = project.types.find(({ name }) => name === file.table);
  if (type === undefined) throw new Failure(`no table is called ${quoted(file.table)}`);
  if (!isWritable(file)) throw new Failure(`${file.shown}: it is not plain JSON, and is not rewritten`);
  const text = printCanonical(value, structureOf(type.shape), line === 0 ? 'file' : 'line');
  const errors = (): readonly Problem[] =>
    check(file, text, before === undefined ? 'new' : line).problems.filter(({ severity }) => severity === 'error');
  const problems = errors();
  if (problems.length > 0) return { problems };
  const turn = takeTurnAt(fs, project.options);
  try {
    // from now on, no other command can take the identifier of a new record
    const taken = before === undefined ? errors() : [];
    if (taken.length > 0) return { problems: taken };
    const there = line === 0 ? textAt(fs, file.path) : lineAt(fs, file, line);
    if (there !== before) return { theirs: there };
    if (there === text) return { written: text, changed: false };
    if (line > 0) writeRecord(fs, { file, line, type, name: '', text: before ?? '', value }, rawPath);
    else if (before === undefined) createFile(fs, file.path, text, rawPath);
    else replaceFile(fs, file.path, text, { inside: rawPath, before });
    return { written: text, changed: true };
  } finally {
    turn.end();
  }
}

/** The text of a line; undefined if there is none. */
function lineAt(fs: FileSystem, file: RecordFile, line: number): string | undefined {
  for (const raw of readRecords(fs, file, mostBytes)) if ('text' in raw && raw.line === line) return raw.text;
  return undefined;
}

/** The text of a file; undefined if there is none. @throws Failure if it is not text */
export function textAt(fs: FileSystem, at: string): string | undefined {
  let bytes: Uint8Array | undefined;
  try {
    bytes = fs.read(at, mostBytes);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const decoded = bytes === undefined ? undefined : decode(bytes);
  if (decoded === undefined || !('text' in decoded)) throw new Failure(`${at} could not be read as a record`);
  return decoded.text;
}

/** The file for a new record of a table. Whether its identifier can name a file is for the caller to check. */
export function fileOfNew(
  { folderOf, rawPath, rawShown }: Project,
  { name: table }: RecordType,
  id: string,
): RecordFile {
  const at = path.join(folderOf(table), `${id}.json`);
  const below = path.relative(rawPath, at);
  return {
    table,
    path: at,
    shown: path.join(rawShown, below),
    name: below.split(path.sep).join('/'),
    stem: id,
    holds: 'record',
    notation: 'json',
    packed: false,
    select: undefined,
  };
}
