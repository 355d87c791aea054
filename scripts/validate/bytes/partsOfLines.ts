import { mostBytes } from '../../base/limits.ts';
import { lastLineIn, newline, newlinesIn } from '../../base/newlines.ts';
import { compareIds } from '../../base/text.ts';
import { isUtf8 } from '../../read/decode.ts';
import { type RawRecord, type RecordFile, type Unreadable, linesOf } from '../../read/records.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import type { LineBefore } from '../context.ts';
import { type Noted, lineIn, noting } from '../outward.ts';
import type { CheckedPart } from '../part.ts';
import type { ByteCheck } from './byteChecks.ts';
import { type BytesSettings, type FoundInBytes, type Settled, bytesOfTable } from './recordBytes.ts';

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
export type PartsOfLines = (lines: Lines) => Iterable<RawRecord | Unreadable | CheckedPart>;

/** How lines of a table become parts; undefined if all of them have to come as texts. */
export function partsOfLines(type: RecordType, settings: BytesSettings, settled: Settled): PartsOfLines | undefined {
  const record = bytesOfTable(type, settings)('line');
  if (record === undefined) return undefined;
  const check: ByteCheck = (bytes, at) => record.check(bytes, at, settled);
  return (lines) => inParts(lines, type, { check, found: record.found });
}

/** Checks the bytes of lines. */
interface LineCheck {
  readonly check: ByteCheck;
  readonly found: FoundInBytes;
}

function* inParts(lines: Lines, type: RecordType, record: LineCheck): Generator<RawRecord | Unreadable | CheckedPart> {
  const { file, bytes, linesBefore } = lines;
  const textsIn = (some: Uint8Array, before: number): Iterable<RawRecord | Unreadable> =>
    linesOf(file, [some], mostBytes, { before });
  if (!isUtf8(bytes)) {
    yield* textsIn(bytes, linesBefore);
    return;
  }
  let { after } = lines;
  let before = linesBefore;
  for (let at = 0; at < bytes.length;) {
    const { noted, end, count, last } = validLines({ ...lines, after }, at, record);
    const valid = bytes.subarray(at, end);
    const linesOfPart = before;
    if (noted.ids.length > 0)
      yield {
        file,
        ids: noted.ids,
        ascending: noted.ascending(),
        references: noted.outward(),
        linesBefore: linesOfPart,
        after: after?.id,
        last,
        records: () => textsIn(valid, linesOfPart),
      };
    const others = bytes.subarray(end, endOfOthers(bytes, end, record));
    before += count;
    yield* textsIn(others, before);
    before += newlinesIn(others);
    // a line without an identifier leaves the order as it is
    after = lineIn(lastLineIn(others), file, [type]) ?? (last === undefined ? undefined : { file, id: last });
    at = end + others.length;
  }
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
function validLines({ bytes, after }: Lines, start: number, { check, found }: LineCheck): ValidLines {
  const noted = noting();
  let last = after?.id;
  let count = 0;
  let at = start;
  for (; at < bytes.length; at++, count++) {
    if (bytes[at] === newline) continue;
    const end = check(bytes, at);
    if (!isEndOfLine(bytes, end) || end - at > mostBytes) break;
    if (last !== undefined && compareIds(last, found.id) > 0) break;
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
