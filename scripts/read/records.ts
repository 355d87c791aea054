import { isAscii, isUtf8, transcode } from 'node:buffer';
import { Failure, type Hint, type Problem } from '../base/problem.ts';
import { membersAsPrinted } from '../json/form.ts';
import { newline } from '../base/newlines.ts';
import { mostJson5Bytes, mostUnpackedBytes, mostYamlBytes } from '../base/limits.ts';
import { positionAt } from '../json/positions.ts';
import { decode, hasByteOrderMark } from './decode.ts';
import { errorCode, type FileSystem } from '../disk/fileSystem.ts';
import type { FileForm, Notation } from './fileForm.ts';
import { fromJson5 } from './json5.ts';
import { unpack } from './unpack.ts';
import { type Converted, Unconvertible, type Written } from './written.ts';
import { fromYaml } from './yaml.ts';
import type { BytesOfText, ReadFile } from '../disk/readAhead.ts';

/** A file of records. */
export interface RecordFile {
  readonly table: string;
  readonly path: string;
  /** As the user would write it from the current folder. */
  readonly shown: string;
  /** Path below the folder of records, with `/`: the same wherever that folder is. */
  readonly name: string;
  /** The name without its extension: the id of the record in it. */
  readonly stem: string;
  /** One record in the file, or one on each line (NDJSON). */
  readonly holds: FileForm['holds'];
  readonly notation: Notation;
  /** Whether it is compressed. */
  readonly packed: boolean;
  /** JSON Pointer of the records in the file, `*` for any element or member; undefined if the file is one. */
  readonly select: string | undefined;
}

/** The same as an object of its own: files in a listing compute what is known of them. */
export function plainFile({ table, path, shown, name, stem, holds, notation, packed, select }: RecordFile): RecordFile {
  return { table, path, shown, name, stem, holds, notation, packed, select };
}

/** The text of one record. `line` counts from 1; it is 0 if the record is the whole file. */
export interface RawRecord {
  readonly file: RecordFile;
  readonly line: number;
  readonly text: string;
  /** The text as it was read, until the next record is requested; undefined if it is no longer there. */
  readonly utf8: BytesOfText | undefined;
  /** The original text, if `text` was converted from another notation than JSON. */
  readonly written?: Written;
}

/** The result of `membersAsPrinted` for the text of a record. */
export function membersOf({ line, utf8 }: RawRecord): number | undefined {
  if (utf8 === undefined) return undefined;
  return utf8.members ?? membersAsPrinted(utf8.all, line === 0 ? 'file' : 'line', utf8.start, utf8.end);
}

/** Whether commands may write a file. Other notations and compressed files are read only. */
export function isWritable({ notation, packed }: RecordFile): boolean {
  return notation === 'json' && !packed;
}

/** A file, or a line of one, without a readable text, and why. */
export interface Unreadable {
  readonly file: RecordFile;
  readonly problem: Problem;
}

/** A problem with a file as a whole, or at a place in it. */
export function fileProblem(
  shown: string,
  { rule, message, hint }: Pick<Problem, 'rule' | 'message'> & { readonly hint?: Hint | undefined },
  { line, column } = { line: 1, column: 1 },
): Problem {
  return { file: shown, line, column, pointer: '', rule, severity: 'error', message, hint };
}

/** From this many files on, a second thread reads ahead; for fewer, starting it costs more than it gains. */
const manyFiles = 5000;

/**
 * The records of files, in order; `tick` gets the share of the files that has been read. If there are many, reading
 * starts now, before the first is requested.
 */
export function readAllRecords(
  fs: FileSystem,
  files: readonly RecordFile[],
  limit: number,
  tick: (done: number) => void,
): Generator<RawRecord | Unreadable> {
  const many = files.length >= manyFiles && files.every((file) => file.holds === 'record' && isWritable(file));
  const paths = many ? files.map((file) => file.path) : [];
  return recordsOf(fs, files, limit, tick, many ? fs.readMany?.(paths)[Symbol.iterator]() : undefined);
}

function* recordsOf(
  fs: FileSystem,
  files: readonly RecordFile[],
  limit: number,
  tick: (done: number) => void,
  ahead: Iterator<ReadFile | undefined> | undefined,
): Generator<RawRecord | Unreadable> {
  for (const [i, file] of files.entries()) {
    const read: ReadFile | undefined = ahead?.next().value;
    if (read !== undefined) {
      tick(i / files.length);
      yield 'text' in read ? { file, line: 0, text: read.text, utf8: read.utf8 } : toRecord(file, read.bytes, 0);
      continue;
    }
    // the length of the rest of a file of lines is unknown
    const done = file.holds === 'lines' ? 0 : i / files.length;
    for (const record of readRecords(fs, file, limit)) {
      tick(done);
      yield record;
    }
  }
}

/** Size of a file in each notation, in bytes. The caller's own limit applies to all of them. */
const mostIn: Readonly<Record<Notation, number>> = {
  json: Number.POSITIVE_INFINITY,
  yaml: mostYamlBytes,
  json5: mostJson5Bytes,
};

/** The texts of the records of a file, in order, or the problem that prevents reading them. */
export function* readRecords(fs: FileSystem, file: RecordFile, most: number): Generator<RawRecord | Unreadable> {
  const limit = Math.min(most, mostIn[file.notation]);
  if (file.packed) yield* readPacked(fs, file, limit);
  else if (file.holds === 'lines') yield* readLinesAhead(fs, file, limit);
  else {
    const bytes = readFile(fs, file, limit);
    if (bytes === undefined) yield tooLarge(file, 1, limit);
    else yield* toRecords(file, bytes);
  }
}

/** A compressed file is held in memory as a whole, up to a limit. */
function* readPacked(fs: FileSystem, file: RecordFile, limit: number): Generator<RawRecord | Unreadable> {
  const most = file.holds === 'lines' ? mostUnpackedBytes : limit;
  const packed = readFile(fs, file, most);
  const unpacked = packed === undefined ? 'too large' : unpack(packed, most);
  if (unpacked === 'too large') {
    const message = `the file is larger than ${most / 1024 / 1024} MiB when it is unpacked`;
    yield { file, problem: fileProblem(file.shown, { rule: 'size', message, hint: 'split it' }) };
  } else if (unpacked === 'not gzip') {
    const hint = 'compress it again, or remove ".gz" from its name';
    yield { file, problem: fileProblem(file.shown, { rule: 'encoding', message: 'not gzip, or truncated', hint }) };
  } else if (file.holds === 'lines') yield* linesOf(file, [unpacked], limit);
  else yield* toRecords(file, unpacked);
}

/** The records of a whole file, converted to JSON if necessary. */
function* toRecords(file: RecordFile, bytes: Uint8Array): Generator<RawRecord | Unreadable> {
  const record = toRecord(file, bytes, 0);
  if (!('text' in record) || file.notation === 'json') {
    yield record;
    return;
  }
  const converted = convert(file, record.text);
  if ('problem' in converted) yield converted;
  else for (const { text, line, written } of converted) yield { file, line, text, written, utf8: undefined };
}

function convert(file: RecordFile, text: string): readonly Converted[] | Unreadable {
  try {
    return file.notation === 'yaml' ? fromYaml(text) : [fromJson5(text)];
  } catch (error) {
    if (!(error instanceof Unconvertible)) throw error;
    const { rule, offset, message, hint } = error.fault;
    return { file, problem: fileProblem(file.shown, { rule, message, hint }, positionAt(text, offset)) };
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
  const why = code === 'ENOENT' ? 'it was removed while the files were being read' : `it cannot be read (${code})`;
  return new Failure(`${file.shown}: ${why}`);
}

function toRecord(file: RecordFile, bytes: Uint8Array, line: number): RawRecord | Unreadable {
  const decoded = decode(bytes);
  if ('text' in decoded) {
    const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    return { file, line, text: decoded.text, utf8: { all, start: 0, end: all.length } };
  }
  const before = new TextDecoder().decode(bytes).slice(0, decoded.offset);
  const lastBreak = before.lastIndexOf('\n');
  const lines = before.split('\n').length - 1;
  const column = decoded.offset - lastBreak;
  const at = Math.max(line, 1) + lines;
  const hint: Hint = isMarkedRecord(file, bytes) ? { before: 'run ', verb: 'fix', arguments: [] } : decoded.hint;
  return {
    file,
    problem: fileProblem(file.shown, { rule: 'encoding', message: decoded.message, hint }, { line: at, column }),
  };
}

/** Whether a record's own file begins with a byte order mark, which `fix` removes. */
function isMarkedRecord(file: RecordFile, bytes: Uint8Array): boolean {
  return file.holds === 'record' && file.select === undefined && isWritable(file) && hasByteOrderMark(bytes);
}

/** The record in a file that begins with a byte order mark, without the mark; undefined for any other file. */
export function withoutByteOrderMark(fs: FileSystem, file: RecordFile, limit: number): RawRecord | undefined {
  const bytes = readFile(fs, file, limit);
  if (bytes === undefined || !isMarkedRecord(file, bytes)) return undefined;
  const decoded = decode(bytes.subarray(3));
  return 'text' in decoded ? { file, line: 0, text: decoded.text, utf8: undefined } : undefined;
}

function tooLarge(file: RecordFile, line: number, limit: number): Unreadable {
  const what = file.holds === 'lines' ? 'the line' : 'the file';
  const message = `${what} is larger than ${limit / 1024 / 1024} MiB`;
  return {
    file,
    problem: fileProblem(file.shown, { rule: 'size', message, hint: 'split the record' }, { line, column: 1 }),
  };
}

/** From this many bytes on, other threads work on a file of lines; for fewer, their start costs more than they gain. */
const manyBytes = 8 * 1024 * 1024;

function* readLinesAhead(fs: FileSystem, file: RecordFile, limit: number): Generator<RawRecord | Unreadable> {
  let line = 0;
  for (const read of isLarge(fs, file) ? (fs.linesAhead?.(file.path) ?? [undefined]) : [undefined]) {
    if (read === undefined) {
      yield* linesOf(file, chunksOf(fs, file), limit, { known: line });
      return;
    }
    line++;
    if ('bytes' in read) yield toRecord(file, read.bytes, line);
    else if (read.text !== '') yield { file, line, text: read.text, utf8: read.utf8 };
  }
}

/** Whether other threads should read a file of lines. */
export function isLarge(fs: FileSystem, file: RecordFile): boolean {
  try {
    return fs.linesAhead !== undefined && fs.size(file.path) >= manyBytes;
  } catch {
    // the code that reads the file gets the error
    return false;
  }
}

/** Whether the lines of a file can be read in parts. */
export function isSplittable(file: RecordFile): boolean {
  return file.holds === 'lines' && file.select === undefined && isWritable(file);
}

/**
 * The records in the bytes of a file of lines. Lines end with LF; the last line may lack it. Empty lines are skipped. A
 * file is never held in memory as a whole.
 * @param before how many lines of the file come before these bytes
 * @param known how many lines are already known
 * @param left whether the check of the bytes does not accept them
 */
export function* linesOf(
  file: RecordFile,
  chunks: Iterable<Uint8Array>,
  limit: number,
  { before = 0, known = 0, left = false } = {},
): Generator<RawRecord | Unreadable> {
  let line = before + 1;
  let parts: Uint8Array[] = [];
  let length = 0;
  const take = (): RawRecord | Unreadable | undefined => {
    const bytes = parts.length === 1 ? parts[0] : Buffer.concat(parts);
    const size = length;
    parts = [];
    length = 0;
    if (bytes === undefined || size === 0 || line <= known) return undefined;
    return size > limit ? tooLarge(file, line, limit) : toRecord(file, bytes, line);
  };
  for (const bytes of chunks) {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    let block = noBlock;
    let start = 0;
    for (;;) {
      if (start >= block.end && length === 0) block = blockAt(chunk, start);
      const end = chunk.indexOf(newline, start);
      if (start < block.end && block.text !== undefined) {
        const text = block.text.slice(block.at, block.text.indexOf('\n', block.at));
        block.at += text.length + 1;
        if (line > known && text !== '')
          yield end - start > limit
            ? tooLarge(file, line, limit)
            : { file, line, text, utf8: { all: chunk, start, end, left } };
        line++;
        start = end + 1;
        continue;
      }
      const piece = chunk.subarray(start, end < 0 ? chunk.length : end);
      length += piece.length;
      // bytes beyond the limit are counted, not kept
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

/** Whole lines among bytes, decoded together. */
interface Block {
  /** The offset behind its last line. */
  readonly end: number;
  /** Undefined unless the lines are UTF-8 without any byte order mark. */
  readonly text: string | undefined;
  /** The offset of the next line in the text. */
  at: number;
}

const noBlock: Block = { end: 0, text: undefined, at: 0 };

/** Bytes of a block: V8 frees its text soon, as it does with all small objects. */
const blockBytes = 32 * 1024;

/** The block that begins at an offset. It is empty if no line ends there. */
function blockAt(chunk: Buffer, start: number): Block {
  const end = chunk.subarray(0, start + blockBytes).lastIndexOf(newline) + 1;
  if (end <= start) return noBlock;
  const bytes = chunk.subarray(start, end);
  const text = isAscii(bytes) ? bytes.toString('latin1') : isUtf8(bytes) ? decodeWide(bytes) : undefined;
  return { end, text: text?.includes('\uFEFF') === true ? undefined : text, at: 0 };
}

/** Decodes UTF-8 by way of UTF-16, which takes half of the time. */
function decodeWide(bytes: Buffer): string {
  return transcode(bytes, 'utf8', 'utf16le').toString('utf16le');
}

/** The bytes of a file of records, from an offset on. @throws Failure if it has vanished or cannot be read */
export function* chunksOf(fs: FileSystem, file: RecordFile, from = 0): Generator<Uint8Array> {
  try {
    yield* fs.chunks(file.path, from);
  } catch (error) {
    throw vanished(file, error);
  }
}
