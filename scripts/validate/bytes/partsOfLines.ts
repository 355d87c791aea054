import { mostBytes } from '../../base/limits.ts';
import { lastLineIn, newline, newlinesIn } from '../../base/newlines.ts';
import type { ByteCheck, RecordWatch } from '../../json/byteCheck.ts';
import { compareIds } from '../../base/text.ts';
import { isUtf8 } from '../../read/decode.ts';
import { type RawRecord, type RecordFile, type Unreadable, linesOf } from '../../read/records.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import type { LineBefore } from '../context.ts';
import { type Noted, lineIn, noting } from '../outward.ts';
import type { CheckedPart } from '../part.ts';
import {
  type BytesSettings,
  type FoundInBytes,
  type RecordBytes,
  type Settled,
  bytesOfTable,
  recordBytes,
} from './recordBytes.ts';

/** Whole lines of a file. */
export interface Lines {
  readonly file: RecordFile;
  readonly bytes: Buffer;
  /** The lines of the file before them. */
  readonly linesBefore: number;
  /** The last of those that holds a record; undefined if there is none. */
  readonly after: LineBefore | undefined;
}

/** Makes parts of those lines of a table whose bytes are certainly valid; the other lines come as texts. */
export type PartsOfLines = (lines: Lines) => Iterable<RawRecord | Unreadable | PartOfLines>;

export interface PartOfLines extends CheckedPart {
  /** Its lines, some of which may be empty. */
  readonly bytes: Buffer;
}

/** A part of fewer lines takes longer than the same lines as texts. */
const fewLines = 16;
/** So many such parts are made of some bytes; the rest of the bytes comes as texts. */
const mostSmall = 4;
/** If less than this share of some bytes was valid, the next ones are probably like them, and come as texts. */
const leastValid = 1 / 4;
const mostSkipped = 7;

/** How lines of a table become parts; undefined if all of them have to come as texts. */
export function partsOfLines(
  type: RecordType,
  settings: BytesSettings,
  settled: Settled,
  watch?: RecordWatch,
): PartsOfLines | undefined {
  const record =
    watch === undefined ? bytesOfTable(type, settings)('line') : recordBytes(type, 'line', settings, watch);
  if (record === undefined) return undefined;
  const { found, keep } = record;
  const check: ByteCheck = (bytes, at) => record.check(bytes, at, settled);
  let skipped = 0;
  return function* parts(lines) {
    const { file, bytes, linesBefore } = lines;
    if (skipped > 0 || !isUtf8(bytes)) {
      yield* linesOf(file, [bytes], mostBytes, { before: linesBefore, left: skipped > 0 });
      skipped = Math.max(0, skipped - 1);
      return;
    }
    const valid = yield* inParts(lines, type, { check, keep, found });
    if (valid < bytes.length * leastValid) skipped = mostSkipped;
  };
}

/** Checks the bytes of lines. */
interface LineCheck extends Pick<RecordBytes, 'keep'> {
  readonly check: ByteCheck;
  readonly found: FoundInBytes;
}

/** @returns how many of the bytes are valid */
function* inParts(
  lines: Lines,
  type: RecordType,
  record: LineCheck,
): Generator<RawRecord | Unreadable | PartOfLines, number> {
  const { file, bytes } = lines;
  let { after, linesBefore } = lines;
  let valid = 0;
  let small = 0;
  for (let at = 0; at < bytes.length;) {
    const { noted, end, count, last } = validLines({ ...lines, after }, at, record);
    if (noted.ids.length > 0) yield partOf({ file, bytes: bytes.subarray(at, end), linesBefore, after }, noted, last);
    linesBefore += count;
    valid += end - at;
    if (count < fewLines) small++;
    const isWorthIt = small < mostSmall;
    const others = bytes.subarray(end, isWorthIt ? endOfOthers(bytes, end, record) : bytes.length);
    yield* linesOf(file, [others], mostBytes, { before: linesBefore, left: isWorthIt });
    linesBefore += newlinesIn(others);
    // a line without an identifier leaves the order as it is
    after = lineIn(lastLineIn(others), file, [type]) ?? (last === undefined ? undefined : { file, id: last });
    at = end + others.length;
  }
  return valid;
}

function partOf(
  { file, bytes, linesBefore, after }: Lines,
  noted: Noted,
  last: string | number | undefined,
): PartOfLines {
  return {
    file,
    bytes,
    ids: noted.ids,
    ascending: noted.ascending(),
    references: noted.outward(),
    linesBefore,
    after: after?.id,
    last,
    records: () => linesOf(file, [bytes], mostBytes, { before: linesBefore }),
  };
}

/** Lines that are valid. */
interface ValidLines {
  readonly noted: Noted;
  /** The offset behind them. */
  readonly end: number;
  readonly count: number;
  /** The last identifier up to there. */
  readonly last: string | number | undefined;
}

/** The lines from an offset on that are valid. */
function validLines({ bytes, after }: Lines, start: number, { check, keep, found }: LineCheck): ValidLines {
  const noted = noting();
  let last = after?.id;
  let count = 0;
  let at = start;
  for (; at < bytes.length; at++, count++) {
    if (bytes[at] === newline) continue;
    const end = check(bytes, at);
    if (!isEndOfLine(bytes, end) || end - at > mostBytes) break;
    if (last !== undefined && compareIds(last, found.id) > 0) break;
    keep();
    last = found.id;
    noted.declare(last);
    for (const reference of found.references) noted.refer(count + 1, reference);
    at = end;
  }
  return { noted, end: Math.min(at, bytes.length), count, last };
}

function isEndOfLine(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === newline || at === bytes.length;
}

/** The offset behind the line at another offset, and behind the next ones that are not valid either. */
function endOfOthers(bytes: Buffer, start: number, { check }: LineCheck): number {
  let at = start;
  while (at < bytes.length) {
    const end = bytes.indexOf(newline, at);
    at = end < 0 ? bytes.length : end + 1;
    if (isEndOfLine(bytes, check(bytes, at))) break;
  }
  return at;
}
