import { availableParallelism } from 'node:os';
import { mostBytes } from '../../base/limits.ts';
import { lastLineIn, newline, newlinesIn } from '../../base/newlines.ts';
import { threadScript } from '../../base/package.ts';
import { groupBy } from '../../base/text.ts';
import type { Compilation, CompiledPart } from '../../compile/compile.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import type { Project } from '../../project/openProject.ts';
import { storeOptions } from '../../project/storedOptions.ts';
import {
  type RawRecord,
  type RecordFile,
  type Unreadable,
  chunksOf,
  isLarge,
  isSplittable,
  linesOf,
  plainFile,
} from '../../read/records.ts';
import { targetsOf } from '../../schema/recordTypes.ts';
import { lineIn } from '../../validate/outward.ts';
import { type CheckedPart, isPart, standsAlone } from '../../validate/part.ts';
import type { References } from '../../validate/references.ts';
import type { PrintedBatch } from '../../write/printedRows.ts';
import { type PartsByBytes, partsByBytes } from './partsByBytes.ts';
import { type PartFindings, type PartTask, type PartsSetup, type Pool, startPool } from './pool.ts';

/** Lines of a file that another thread has checked, and compiled if that was asked for. */
export interface PartOfFile extends CheckedPart, CompiledPart<PrintedBatch> {
  /** Its records as NDJSON, valid until the next input is requested. */
  readonly lines: Uint8Array;
}

/** How records are read. */
export interface PartSettings {
  /** Called for each record that has been read. */
  readonly tick: (share: number) => void;
  /** The names of the tables, in order. */
  readonly order: readonly string[];
  /** Compiles the records too. */
  readonly compilation?: Compilation | undefined;
  /** What is known of the records that have been read. */
  readonly references: Pick<References, 'settledIds' | 'settled'>;
}

/** How work is divided. */
export interface Division {
  /** How many threads share the work, this one included. */
  readonly threads: number;
  /** Bytes of a part: some tenths of a second of work. */
  readonly partBytes: number;
  /** Whether a file is large enough. */
  readonly isLarge: (file: RecordFile) => boolean;
  /** Starts the other threads. */
  readonly start: (setup: PartsSetup) => Pool;
}

/** More threads cost memory, and one thread has to write what they find. */
const mostThreads = 4;

/** The division for this machine; undefined if it has a single core, or cannot run the script of a thread. */
function usualDivision(fs: FileSystem): Division | undefined {
  const script = threadScript('verbs/threads/partWorker.ts');
  const threads = Math.min(availableParallelism(), mostThreads);
  if (script === undefined || threads < 2) return undefined;
  return {
    threads,
    partBytes: 2 * 1024 * 1024,
    isLarge: (file) => isLarge(fs, file),
    start: (setup) => startPool(script, threads - 1, setup),
  };
}

/** From more ids of a table on, threads send references to them: each would need memory for all ids. */
const mostSettledIds = 50_000;

/** The first parts are small: this thread checks them until the others have started, and then passes on the next. */
const smallParts = 6;

/** Parts that have been read, for each thread. */
const partsAhead = 3;

/**
 * The texts of all records of a project. In the place of the lines of large files are parts, which other threads check
 * and compile; lines of a part with a fault come as texts.
 */
export function* recordsInParts(
  project: Project,
  { tick, order, compilation, references }: PartSettings,
  division = usualDivision(project.fs),
): Generator<RawRecord | Unreadable | PartOfFile> {
  const { fs, files, types, folder, options } = project;
  const alone = new Set(types.filter(standsAlone).map(({ name }) => name));
  const isInParts = (file: RecordFile): boolean =>
    alone.has(file.table) && isSplittable(file) && division?.isLarge(file) === true;
  if (division === undefined || !files.some(isInParts)) {
    yield* project.records(tick, order);
    return;
  }
  const pool = division.start({
    options: storeOptions(options),
    schemas: folder.digest,
    compiled: compilation !== undefined,
  });
  const targets = new Map(types.map((type) => [type.name, targetsOf(type).filter((name) => name !== type.name)]));
  const byTable = groupBy(files, (file) => file.table);
  const partsOf = partsByBytes(project.validation, references.settled, compilation);
  try {
    for (const table of order) {
      let others: RecordFile[] = [];
      for (const file of byTable.get(table) ?? []) {
        if (!isInParts(file)) {
          others.push(file);
          continue;
        }
        yield* project.records(tick, [table], others);
        others = [];
        for (const target of targets.get(table) ?? []) {
          const ids = references.settledIds(target, mostSettledIds);
          if (ids !== undefined) pool.know({ table: target, ids });
        }
        targets.delete(table);
        const inParts = checkingHere(project, partsOf(table));
        for (const input of partsOfFile(fs, file, { pool, division, inParts })) {
          const records = isPart(input) ? input.ids.length : 1;
          for (let i = 0; i < records; i++) tick(0);
          yield input;
        }
      }
      yield* project.records(tick, [table], others);
    }
  } finally {
    pool.end();
  }
}

/** A part that has been read; `begun` if another thread has it. */
interface Waiting {
  readonly task: PartTask;
  begun: boolean;
}

/** Who checks the parts of a file, and how. */
interface Hands {
  readonly pool: Pool;
  readonly division: Division;
  /** How this thread checks a part if it need not make values of all lines; else undefined. */
  readonly inParts:
    | ((task: PartTask, linesBefore: number) => Iterable<RawRecord | Unreadable | PartOfFile>)
    | undefined;
}

/** Checks parts in this thread. */
function checkingHere({ types }: Project, partsOf: PartsByBytes | undefined): Hands['inParts'] {
  if (partsOf === undefined) return undefined;
  return ({ file, bytes, before }, linesBefore) => {
    const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    return partsOf({ file, bytes: lines, linesBefore, after: lineIn(before, file, types) });
  };
}

function* partsOfFile(
  fs: FileSystem,
  file: RecordFile,
  { pool, division: { threads, partBytes }, inParts }: Hands,
): Generator<RawRecord | Unreadable | PartOfFile> {
  const plain = plainFile(file);
  const waiting: Waiting[] = [];
  const spare: SharedArrayBuffer[] = [];
  let number = 0;
  let lines = 0;
  let before: Uint8Array | undefined;
  // every so many parts is left to this thread; others get it if they have nothing else to do
  const isOwn = ({ task }: Waiting): boolean => task.number % threads === 0;
  const passOn = (): void => {
    const free = waiting.filter((part) => !part.begun);
    for (const part of [...free.filter((each) => !isOwn(each)), ...free.filter(isOwn).toReversed()])
      part.begun = pool.begin(part.task);
  };
  /** Gives the first part: its records, if no other thread has begun it. */
  function* finish(): Generator<RawRecord | Unreadable | PartOfFile> {
    const part = waiting.shift();
    if (part === undefined) return;
    passOn();
    const { begun, task } = part;
    const found = begun ? pool.wait(task.number) : undefined;
    if (found !== undefined) yield partOf(file, task, found, lines);
    else if (inParts === undefined) yield* linesOf(file, [task.bytes], mostBytes, { before: lines });
    else yield* inParts({ ...task, file }, lines);
    lines += found?.newlines ?? newlinesIn(task.bytes);
    if (task.bytes.buffer.byteLength === partBytes) spare.push(task.bytes.buffer);
  }
  for (const bytes of wholeLines(chunksOf(fs, file), partBytes, spare)) {
    waiting.push({ task: { number: number++, file: plain, bytes, before }, begun: false });
    const last = lastLineIn(bytes);
    // a copy, since the memory is used again
    if (last !== undefined) before = Uint8Array.from(last);
    if (waiting.length >= threads * partsAhead) yield* finish();
  }
  while (waiting.length > 0) yield* finish();
}

/** A part with what was found in it. */
function partOf(file: RecordFile, { bytes }: PartTask, found: PartFindings, linesBefore: number): PartOfFile {
  const { ids, ascending, references, after, last, batches, lines = bytes } = found;
  const records: PartOfFile['records'] = () => linesOf(file, [bytes], mostBytes, { before: linesBefore });
  // with a spread, each part would have a hidden class of its own
  return { file, ids, ascending, references, linesBefore, after, last, records, batches, lines };
}

/**
 * Bytes that end with whole lines; only the last ones may lack the newline. They are in spare memory, if there is any.
 * Of a line that is too large, enough is kept to show that it is.
 */
function* wholeLines(
  chunks: Iterable<Uint8Array>,
  partBytes: number,
  spare: SharedArrayBuffer[],
): Generator<Uint8Array<SharedArrayBuffer>> {
  let made = 0;
  const memoryFor = (length: number): Buffer<SharedArrayBuffer> => {
    const size = made++ < smallParts ? Math.ceil(partBytes / 8) : partBytes;
    if (length >= size) return Buffer.from(new SharedArrayBuffer(2 * length));
    if (size < partBytes) return Buffer.from(new SharedArrayBuffer(size));
    return Buffer.from(spare.pop() ?? new SharedArrayBuffer(partBytes));
  };
  let bytes = memoryFor(0);
  let used = 0;
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length;) {
      const taken = chunk.subarray(at, at + bytes.length - used);
      bytes.set(taken, used);
      used += taken.length;
      at += taken.length;
      if (used < bytes.length) continue;
      const end = bytes.lastIndexOf(newline) + 1;
      if (end === 0 && used > mostBytes) {
        used = mostBytes + 1;
        continue;
      }
      const next = memoryFor(used - end);
      next.set(bytes.subarray(end, used));
      if (end > 0) yield bytes.subarray(0, end);
      bytes = next;
      used -= end;
    }
  }
  if (used > 0) yield bytes.subarray(0, used);
}
