import { mostBytes } from '../base/limits.ts';
import { newline } from '../base/newlines.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { type RawRecord, type RecordFile, chunksOf, isSplittable, linesOf, readRecords } from './records.ts';

/** Reads a record again, given its file and line; undefined if it is gone, or cannot be read. */
export type Reread = (file: RecordFile, line: number) => RawRecord | undefined;

/** The beginning of a line. */
interface Seen {
  readonly file: RecordFile | undefined;
  readonly line: number;
  readonly offset: number;
}

/** Reads records again, for messages. These come in the order of lines: each search begins where the last ended. */
export function rereading(fs: FileSystem): Reread {
  let seen: Seen = { file: undefined, line: 1, offset: 0 };
  return (file, line) => {
    if (!isSplittable(file)) return first(readRecords(fs, file, mostBytes), line);
    seen = lineFrom(fs, seen.file === file && seen.line <= line ? seen : { file, line: 1, offset: 0 }, file, line);
    return first(linesOf(file, chunksOf(fs, file, seen.offset), mostBytes, { before: seen.line - 1 }), line);
  };
}

function first(records: ReturnType<typeof readRecords>, line: number): RawRecord | undefined {
  for (const raw of records) if ('text' in raw && raw.line >= line) return raw.line === line ? raw : undefined;
  return undefined;
}

/** The beginning of a line, or of the last one before it. */
function lineFrom(fs: FileSystem, seen: Seen, file: RecordFile, wanted: number): Seen {
  let { line, offset } = seen;
  let chunkAt = offset;
  for (const chunk of chunksOf(fs, file, offset)) {
    for (let end = chunk.indexOf(newline); end >= 0 && line < wanted; end = chunk.indexOf(newline, end + 1)) {
      line++;
      offset = chunkAt + end + 1;
    }
    if (line === wanted) break;
    chunkAt += chunk.length;
  }
  return { file, line, offset };
}
