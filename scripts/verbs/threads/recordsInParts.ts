import { availableParallelism } from 'node:os';
import { mostBytes } from '../../base/limits.ts';
import { threadScript } from '../../base/package.ts';
import { groupBy } from '../../base/text.ts';
import type { CompiledPart } from '../../compile/compile.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import type { Project } from '../../project/openProject.ts';
import { storeOptions } from '../../project/storedOptions.ts';
import {
  type RawRecord,
  type RecordFile,
  type Unreadable,
  isLarge,
  isSplittable,
  linesOf,
} from '../../read/records.ts';
import { type CheckedPart, type OutwardReference, standsAlone } from '../../validate/part.ts';
import type { PrintedBatch } from '../../write/printedRows.ts';
import { type PartTask, type Pool, startPool } from './pool.ts';

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
  /** Whether records are compiled too. */
  readonly compiled: boolean;
}

/** Threads: more cost memory, and what they find has to be written by one. */
const mostThreads = 4;

/** Bytes of a part: some tenths of a second of work. */
const partBytes = 2 * 1024 * 1024;

/** Parts that have been read, for each thread. */
const partsAhead = 3;

/**
 * The texts of all records of a project. In the place of the lines of large files are parts, which other threads check
 * and compile; lines with a fault come as texts.
 */
export function* recordsInParts(
  project: Project,
  { tick, order, compiled }: PartSettings,
): Generator<RawRecord | Unreadable | PartOfFile> {
  const { fs, files } = project;
  const script = threadScript('verbs/threads/partWorker.ts');
  const threads = Math.min(availableParallelism(), mostThreads);
  const alone = new Set(project.types.filter(standsAlone).map(({ name }) => name));
  const isInParts = (file: RecordFile): boolean => alone.has(file.table) && isSplittable(file) && isLarge(fs, file);
  if (script === undefined || threads < 2 || !files.some(isInParts)) {
    yield* project.records(tick, order);
    return;
  }
  const setup = { options: storeOptions(project.options), schemas: project.folder.digest, compiled };
  // this thread checks those parts that the others leave to it
  const pool = startPool(script, threads - 1, setup);
  const byTable = groupBy(files, (file) => file.table);
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
        for (const input of partsOfFile(fs, file, pool, threads)) {
          const records = 'ids' in input ? input.ids.length : 1;
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

let number = 0;

function* partsOfFile(
  fs: FileSystem,
  file: RecordFile,
  pool: Pool,
  threads: number,
): Generator<RawRecord | Unreadable | PartOfFile> {
  const { table, path, shown, name, stem, holds, notation, packed, select } = file;
  const plain: RecordFile = { table, path, shown, name, stem, holds, notation, packed, select };
  const waiting: Waiting[] = [];
  const spare: SharedArrayBuffer[] = [];
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
    const linesBefore = lines;
    const records = (): Iterable<RawRecord | Unreadable> =>
      linesOf(file, [task.bytes], mostBytes, { before: linesBefore });
    if (found === undefined) yield* records();
    else {
      const references = moved(found.references, linesBefore);
      yield { ...found, file, references, records, lines: found.lines ?? task.bytes };
    }
    lines += found?.newlines ?? newlinesIn(task.bytes);
    spare.push(task.bytes.buffer);
  }
  for (const bytes of wholeLines(fs.chunks(file.path), spare)) {
    waiting.push({ task: { number: number++, file: plain, bytes, before }, begun: false });
    before = lastLineIn(bytes) ?? before;
    if (waiting.length >= threads * partsAhead) yield* finish();
  }
  while (waiting.length > 0) yield* finish();
}

/** References with the lines of the file in place of those of the part. */
function moved(references: readonly OutwardReference[], linesBefore: number): readonly OutwardReference[] {
  return references.map((each) => ({
    ...each,
    spots: each.spots.map(([line, pointer]) => [line + linesBefore, pointer] as const),
  }));
}

const newline = 10;

/** Bytes that end with whole lines; only the last ones may lack the newline. They are in spare memory, if there is any. */
function* wholeLines(
  chunks: Iterable<Uint8Array>,
  spare: SharedArrayBuffer[],
): Generator<Uint8Array<SharedArrayBuffer>> {
  const memory = (length: number): Buffer<SharedArrayBuffer> => {
    const found = spare.findIndex(({ byteLength }) => byteLength === length);
    return Buffer.from(
      found < 0 ? new SharedArrayBuffer(length) : (spare.splice(found, 1)[0] ?? new SharedArrayBuffer(length)),
    );
  };
  let bytes = memory(partBytes);
  let used = 0;
  for (const chunk of chunks) {
    let rest = chunk;
    while (rest.length > 0) {
      const taken = rest.subarray(0, bytes.length - used);
      bytes.set(taken, used);
      used += taken.length;
      rest = rest.subarray(taken.length);
      if (used < bytes.length) continue;
      const end = bytes.lastIndexOf(newline) + 1;
      const next = memory(end === 0 ? 2 * bytes.length : partBytes);
      next.set(bytes.subarray(end, used));
      if (end > 0) yield bytes.subarray(0, end);
      bytes = next;
      used -= end;
    }
  }
  if (used > 0) yield bytes.subarray(0, used);
}

function newlinesIn(bytes: Uint8Array): number {
  let found = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) found++;
  return found;
}

/** A copy of the last line that is not empty. */
function lastLineIn(bytes: Uint8Array): Uint8Array | undefined {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === newline) end--;
  return end === 0 ? undefined : Uint8Array.from(bytes.subarray(bytes.lastIndexOf(newline, end - 1) + 1, end));
}
