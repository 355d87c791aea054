import { EventEmitter, once } from 'node:events';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { threadScript } from '../base/package.ts';
import type { Batch, Row, Table } from '../compile/model.ts';
import { breather } from '../disk/breathe.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { type PrintedBatch, isPrinted, ownBytes, printBatch } from './printedRows.ts';
import { type CsvPart, type Written, csvWriter } from './tables.ts';

/** The input of the thread that writes rows. */
export interface RowTask {
  readonly staging: string;
  readonly tables: readonly Table[];
}

export type ToThread = { readonly kind: 'batch'; readonly batch: PrintedBatch } | { readonly kind: 'end' };

export type FromThread =
  | { readonly kind: 'taken' }
  | { readonly kind: 'part'; readonly part: CsvPart }
  | { readonly kind: 'csv'; readonly written: ReadonlyMap<string, Written> }
  | { readonly kind: 'failed'; readonly message: string; readonly more: object };

/** A `CsvWriter` that may work in parallel with the caller. */
interface Writer {
  readonly take: (batch: PrintedBatch) => Promise<void>;
  readonly end: () => Promise<ReadonlyMap<string, Written>>;
  /** Ends unfinished work; must always be called. */
  readonly stop: () => Promise<void>;
}

/** Called with rows while others are still to come. */
export interface RowListeners {
  /** Receives the rows of each table before they are written, but those in print. */
  readonly seen: (table: string, rows: readonly Row[]) => void;
  /** See `csvWriter`. */
  readonly onPart: (part: CsvPart) => void;
}

/** Up to this many cells, this thread writes the rows: starting another one takes 0.1 s. */
const mostCellsHere = 100_000;

/**
 * Writes all rows of a release into its staging folder: if there are many, a second thread writes while this one reads,
 * checks and compiles the next. The bytes are the same.
 * @throws anything that writing throws, in either thread
 */
export async function writeRows(
  files: FileSystem,
  staging: string,
  tables: readonly Table[],
  batches: Iterable<Batch | PrintedBatch>,
  { seen, onPart }: RowListeners,
): Promise<ReadonlyMap<string, Written>> {
  const breathe = breather();
  const held: PrintedBatch[] = [];
  const widths = new Map(tables.map(({ name, columns }) => [name, columns.length]));
  let cells = 0;
  let writer: Writer | undefined;
  try {
    for (const batch of batches) {
      await breathe();
      if (!isPrinted(batch)) seen(batch.table, batch.rows);
      const printed = isPrinted(batch) ? batch : printBatch(batch);
      // only to let the event loop run
      if (printed.rows === 0) continue;
      held.push(printed);
      cells += printed.rows * (widths.get(batch.table) ?? 0);
      if (cells <= mostCellsHere) continue;
      writer ??= inThread({ staging, tables }, onPart) ?? inThisThread(files, staging, tables, onPart);
      for (const each of held.splice(0)) await writer.take(each);
    }
    writer ??= inThisThread(files, staging, tables, onPart);
    for (const each of held) await writer.take(each);
    return await writer.end();
  } finally {
    await writer?.stop();
  }
}

function inThisThread(
  files: FileSystem,
  staging: string,
  tables: readonly Table[],
  onPart: RowListeners['onPart'],
): Writer {
  const writer = csvWriter(files, path.join(staging, 'csv'), tables, onPart);
  return {
    take: async (batch) => writer.take(batch),
    end: async () => writer.end(),
    stop: async () => {},
  };
}

/** Batches on their way to the thread: all of them are in memory. */
const mostOnTheWay = 8;

/** Undefined if this process cannot run a thread from its sources. */
function inThread(task: RowTask, onPart: (part: CsvPart) => void): Writer | undefined {
  const script = threadScript('write/rowWorker.ts');
  if (script === undefined) return undefined;
  const worker = new Worker(script, { workerData: task, execArgv: [] });
  const post = (message: ToThread, own: readonly ArrayBuffer[] = []): void => worker.postMessage(message, [...own]);
  const events = new EventEmitter();
  let onTheWay = 0;
  let written: ReadonlyMap<string, Written> | undefined;
  let failure: Error | undefined;
  const until = async <T>(known: () => T | undefined): Promise<T> => {
    for (;;) {
      const value = known();
      if (value !== undefined) return value;
      if (failure !== undefined) throw failure;
      await once(events, 'change');
    }
  };
  const fail = (error: Error): void => {
    failure ??= error;
    events.emit('change');
  };
  worker.on('message', (message: FromThread) => {
    if (message.kind === 'taken') onTheWay--;
    else if (message.kind === 'part') onPart(message.part);
    else if (message.kind === 'csv') ({ written } = message);
    else failure = Object.assign(new Error(message.message), message.more);
    events.emit('change');
  });
  worker.on('error', (error: Error) => fail(error));
  worker.on('exit', () => fail(new Error('the thread that writes rows ended early')));
  return {
    async take(batch) {
      post({ kind: 'batch', batch }, ownBytes(batch));
      onTheWay++;
      await until(() => onTheWay < mostOnTheWay || undefined);
    },
    async end() {
      post({ kind: 'end' });
      return until(() => written);
    },
    stop: async () => void (await worker.terminate()),
  };
}
