import path from 'node:path';
import { Failure, type Problem, type Rule } from '../problem.ts';
import { didYouMean } from '../nearest.ts';
import { compareText, printable, quoted } from '../text.ts';
import { decode } from './decode.ts';
import { errorCode, type FileSystem } from './fileSystem.ts';

/** A file of records. */
export interface RecordFile {
  readonly table: string;
  readonly path: string;
  /** As the user would write it from where they stand. */
  readonly shown: string;
  /** Path below the folder of records, with `/`: the same wherever the folder stands. */
  readonly name: string;
  /** The name without its ending: the id of the record in it. */
  readonly stem: string;
  /** One record in the file, or one in each line (NDJSON). */
  readonly holds: 'record' | 'lines';
}

/** The text of one record. `line` counts from 1; it is 0 where the record is the whole file. */
export interface RawRecord {
  readonly file: RecordFile;
  readonly line: number;
  readonly text: string;
}

export interface Listing {
  /** In code-point order of table, then of the path without its ending. */
  readonly files: readonly RecordFile[];
  readonly problems: readonly Problem[];
}

/** A problem with a file as a whole, or at a place in it. */
function fileProblem(shown: string, rule: Rule, message: string, hint?: string, line = 1, column = 1): Problem {
  return { file: shown, line, column, pointer: '', rule, severity: 'error', message, hint };
}

/** Finds the record files of each table in `raw/<table>/`. `shown` is the folder as the user would write it. */
export function listRecords(fs: FileSystem, folder: string, shown: string, tables: readonly string[]): Listing {
  const inside = fs.realPath(folder);
  const files: RecordFile[] = [];
  const problems: Problem[] = [];
  for (const entry of fs.list(folder).toSorted((a, b) => compareText(a.name, b.name))) {
    const at = path.join(shown, entry.name);
    if (entry.name.startsWith('.') || (entry.kind === 'file' && !/\.(?:nd)?json$/.test(entry.name))) continue;
    if (entry.kind !== 'folder')
      problems.push(
        fileProblem(at, 'file', 'not in the folder of a table', `records stand in ${path.join(shown, '<table>')}`),
      );
    else if (!tables.includes(entry.name)) {
      const hint = didYouMean(entry.name, tables) ?? `the schema folder has no ${printable(entry.name)}.schema.json`;
      problems.push(fileProblem(at, 'file', `no table is called ${quoted(entry.name)}`, hint));
    } else listFolder(fs, inside, entry.name, path.join(folder, entry.name), at, files, problems);
  }
  const key = (file: RecordFile): string => file.shown.replace(/\.(?:nd)?json$/, '');
  files.sort((a, b) => compareText(a.table, b.table) || compareText(key(a), key(b)) || compareText(a.shown, b.shown));
  return { files, problems };
}

function listFolder(
  fs: FileSystem,
  inside: string,
  table: string,
  folder: string,
  shown: string,
  files: RecordFile[],
  problems: Problem[],
): void {
  for (const entry of fs.list(folder)) {
    if (entry.name.startsWith('.') || entry.name === 'README.md') continue;
    const where = path.join(folder, entry.name);
    const at = path.join(shown, entry.name);
    const ending = /\.(?:nd)?json$/.exec(entry.name)?.[0];
    if (entry.kind === 'folder' && ending === undefined) {
      listFolder(fs, inside, table, where, at, files, problems);
      continue;
    }
    const fault = ending === undefined ? notARecord : unreadable(fs, inside, where, entry.kind);
    if (fault !== undefined) problems.push(fileProblem(at, 'file', fault.message, fault.hint));
    else {
      const stem = entry.name.slice(0, -(ending ?? '').length);
      files.push({
        table,
        path: where,
        shown: at,
        name: path.relative(inside, fs.realPath(folder)).split(path.sep).concat(entry.name).join('/'),
        stem,
        holds: ending === '.ndjson' ? 'lines' : 'record',
      });
    }
  }
}

interface FileFault {
  readonly message: string;
  readonly hint?: string;
}

const notARecord: FileFault = {
  message: 'not a record: its name ends neither in .json nor in .ndjson',
  hint: 'rename or remove it',
};

/** Why a directory entry must not be read: only regular files inside the folder of records are. */
function unreadable(fs: FileSystem, inside: string, where: string, kind: string): FileFault | undefined {
  if (kind === 'file') return undefined;
  if (kind === 'folder') return { message: 'a folder where a record file should be', hint: 'rename or remove it' };
  if (kind === 'other')
    return { message: 'not a regular file', hint: 'only regular files are read, no FIFO, socket or device' };
  let target: string;
  try {
    target = fs.realPath(where);
  } catch {
    return { message: 'a link that leads nowhere', hint: 'remove it, or add the file that it names' };
  }
  if (!target.startsWith(inside + path.sep))
    return { message: 'a link that leads out of the folder of records', hint: 'put the file itself here' };
  return fs.kind(target) === 'file' ? undefined : { message: 'a link to something that is not a regular file' };
}

/** The texts of the records of a file, in order, or the problem that keeps them from being read. */
export function* readRecords(fs: FileSystem, file: RecordFile, limit: number): Generator<RawRecord | Problem> {
  if (file.holds === 'lines') yield* readLines(fs, file, limit);
  else {
    const bytes = readFile(fs, file, limit);
    yield bytes === undefined ? tooLarge(file, 1, limit) : toRecord(file, bytes, 0);
  }
}

function readFile(fs: FileSystem, file: RecordFile, limit: number): Uint8Array | undefined {
  try {
    return fs.read(file.path, limit);
  } catch (error) {
    throw vanished(file, error);
  }
}

function vanished(file: RecordFile, error: unknown): unknown {
  const code = errorCode(error);
  if (code === undefined) return error;
  const why = code === 'ENOENT' ? 'it vanished while the files were being read' : `it cannot be read (${code})`;
  return new Failure(`${file.shown}: ${why}`);
}

function toRecord(file: RecordFile, bytes: Uint8Array, line: number): RawRecord | Problem {
  const decoded = decode(bytes);
  if ('text' in decoded) return { file, line, text: decoded.text };
  const before = new TextDecoder().decode(bytes).slice(0, decoded.offset);
  const lastBreak = before.lastIndexOf('\n');
  const lines = before.split('\n').length - 1;
  const column = decoded.offset - lastBreak;
  return fileProblem(file.shown, 'encoding', decoded.message, decoded.hint, Math.max(line, 1) + lines, column);
}

function tooLarge(file: RecordFile, line: number, limit: number): Problem {
  const what = file.holds === 'lines' ? 'the line' : 'the file';
  return fileProblem(file.shown, 'size', `${what} is larger than ${limit / 1024 / 1024} MiB`, 'split the record', line);
}

const newline = 10;

/** Lines end with LF; a last line without one is a line. Empty lines are passed over. A file is never held whole. */
function* readLines(fs: FileSystem, file: RecordFile, limit: number): Generator<RawRecord | Problem> {
  let line = 1;
  let parts: Uint8Array[] = [];
  let length = 0;
  const take = (): RawRecord | Problem | undefined => {
    const bytes = parts.length === 1 ? parts[0] : Buffer.concat(parts);
    const size = length;
    parts = [];
    length = 0;
    if (bytes === undefined || size === 0) return undefined;
    return size > limit ? tooLarge(file, line, limit) : toRecord(file, bytes, line);
  };
  for (const chunk of chunksOf(fs, file)) {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(newline, start);
      const piece = chunk.subarray(start, end < 0 ? chunk.length : end);
      length += piece.length;
      // what is beyond the limit is counted, not kept
      if (length <= limit && piece.length > 0) parts.push(end < 0 ? Uint8Array.from(piece) : piece);
      if (end < 0) break;
      const record = take();
      if (record !== undefined) yield record;
      line++;
      start = end + 1;
    }
  }
  const record = take();
  if (record !== undefined) yield record;
}

function* chunksOf(fs: FileSystem, file: RecordFile): Generator<Uint8Array> {
  try {
    yield* fs.chunks(file.path);
  } catch (error) {
    throw vanished(file, error);
  }
}
