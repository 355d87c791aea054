import { newline } from '../../base/newlines.ts';
import { type Json, isArray, isObject, member } from '../../json/json.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import type { Project } from '../../project/openProject.ts';
import { isSplittable } from '../../read/records.ts';

/** Records of a table for one task: whole files, or the lines of one file that begin in a range of bytes. */
export interface Part {
  readonly number: number;
  readonly table: string;
  /** Names of the files below the folder of records. */
  readonly files: readonly string[];
  /** First byte of the range, and the byte after its last one; undefined for whole files. */
  readonly range: readonly [from: number, to: number] | undefined;
}

/** The size of a part: about a few seconds of work. */
export interface PartSize {
  readonly bytes: number;
  readonly files: number;
}

export const usualSize: PartSize = { bytes: 32 * 1024 * 1024, files: 10_000 };

/** The parts of all records, in the order of the tables and of their files. */
export function partsOf(
  fs: FileSystem,
  { files, types }: Pick<Project, 'files' | 'types'>,
  order: readonly string[],
  most: PartSize,
): readonly Part[] {
  const parts: Part[] = [];
  const add = (table: string, names: readonly string[], range?: Part['range']): void => {
    if (names.length > 0) parts.push({ number: parts.length, table, files: names, range });
  };
  for (const table of order) {
    // without a key, a record is identified by its number in the file
    const hasKey = types.some((type) => type.name === table && type.key !== undefined);
    let [packed, bytes]: [string[], number] = [[], 0];
    const flush = (): void => {
      add(table, packed);
      [packed, bytes] = [[], 0];
    };
    for (const file of files) {
      if (file.table !== table) continue;
      const size = fs.size(file.path);
      if (hasKey && size > most.bytes && isSplittable(file)) {
        flush();
        for (let from = 0; from < size; from += most.bytes)
          add(table, [file.name], [from, Math.min(size, from + most.bytes)]);
        continue;
      }
      if (packed.length > 0 && (bytes + size > most.bytes || packed.length >= most.files)) flush();
      packed.push(file.name);
      bytes += size;
    }
    flush();
  }
  return parts;
}

/** A part as a line for Spark. */
export function printPart(part: Part): string {
  return `${JSON.stringify(part)}\n`;
}

/** Reads a line of `printPart`. @throws Error for anything else */
export function partIn(value: Json): Part {
  if (isObject(value)) {
    const [number, table, files, range] = ['number', 'table', 'files', 'range'].map((key) => member(value, key));
    const [from, to] = isArray(range) ? range : [];
    const names = isArray(files) ? files.filter((name) => typeof name === 'string') : [];
    if (typeof number === 'number' && typeof table === 'string')
      return {
        number,
        table,
        files: names,
        range: typeof from === 'number' && typeof to === 'number' ? [from, to] : undefined,
      };
  }
  throw new Error('not a part of the records');
}

/** The complete lines that begin in a range of bytes, and the last non-empty line before them. */
export interface LinesOfRange {
  readonly bytes: Uint8Array;
  readonly before: Uint8Array | undefined;
}

/** Reads the lines that begin in a range. A line that begins earlier belongs to the range before. */
export function readRange(fs: FileSystem, file: string, from: number, to: number): LinesOfRange {
  // the byte before shows whether a line begins at the first one
  const start = Math.max(0, from - 1);
  const all = bytesUntilLine(fs.chunks(file, start), to - 1 - start);
  const skipped = from === 0 ? 0 : all.indexOf(newline) + 1;
  const begins = start + skipped;
  if (begins >= to || (from > 0 && skipped === 0)) return { bytes: new Uint8Array(), before: undefined };
  return { bytes: all.subarray(skipped), before: begins === 0 ? undefined : lineBefore(fs, file, begins) };
}

/** Bytes up to the first newline that is not before an offset in them. */
function bytesUntilLine(chunks: Iterable<Uint8Array>, offset: number): Buffer {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (const chunk of chunks) {
    const end = length + chunk.length <= offset ? -1 : chunk.indexOf(newline, Math.max(0, offset - length));
    pieces.push(Uint8Array.from(end < 0 ? chunk : chunk.subarray(0, end + 1)));
    length += chunk.length;
    if (end >= 0) break;
  }
  return Buffer.concat(pieces);
}

/** Steps for finding the line before an offset, in bytes; each is larger than the one before. */
const firstStep = 1 << 16;

function lineBefore(fs: FileSystem, file: string, offset: number): Uint8Array | undefined {
  for (let step = firstStep; ; step *= 16) {
    const from = Math.max(0, offset - step);
    const before = firstBytes(fs.chunks(file, from), offset - from);
    const lines = before.toString('latin1').split('\n');
    // the first one may have begun earlier
    const known = from === 0 ? lines : lines.slice(1);
    const line = known.findLast((each) => each !== '');
    if (line !== undefined) return Buffer.from(line, 'latin1');
    if (from === 0) return undefined;
  }
}

function firstBytes(chunks: Iterable<Uint8Array>, length: number): Buffer {
  const pieces: Uint8Array[] = [];
  let got = 0;
  for (const chunk of chunks) {
    pieces.push(Uint8Array.from(chunk));
    got += chunk.length;
    if (got >= length) break;
  }
  return Buffer.concat(pieces).subarray(0, length);
}
