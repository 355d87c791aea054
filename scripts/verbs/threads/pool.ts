import { type MessagePort, MessageChannel, Worker, receiveMessageOnPort } from 'node:worker_threads';
import type { RecordFile } from '../../read/records.ts';
import type { CheckedPart } from '../../validate/part.ts';
import type { PrintedBatch } from '../../write/printedRows.ts';

/** How parts are checked. */
export interface PartsSetup {
  /** The output of `storeOptions`. */
  readonly options: string;
  /** The digest of the schemas that the main thread has read: with others, no part is checked. */
  readonly schemas: string;
  /** Whether records are compiled too. */
  readonly compiled: boolean;
}

/** How a thread works. */
export interface ThreadSetup extends PartsSetup {
  readonly port: MessagePort;
  /** How many answers all threads have sent, and how many threads have started. */
  readonly counters: Int32Array;
}

/** Lines of a file for one thread. */
export interface PartTask {
  readonly number: number;
  readonly file: RecordFile;
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  /** The last line before them that is not empty. */
  readonly before: Uint8Array | undefined;
}

/** The ids of a table that threads need not send references to. */
export interface SettledIds {
  readonly table: string;
  readonly ids: readonly string[];
}

/** What a thread found out about its lines. */
export interface PartAnswer {
  readonly number: number;
  /** Undefined if there is a fault, or something that only all records together can decide. */
  readonly found: PartFindings | undefined;
}

export interface PartFindings extends Pick<CheckedPart, 'ids' | 'ascending' | 'references' | 'after' | 'last'> {
  readonly newlines: number;
  /** The rows of the records, if they are compiled. */
  readonly batches: readonly PrintedBatch[];
  /** The records as NDJSON, if the lines themselves are not that. */
  readonly lines: Uint8Array<ArrayBuffer> | undefined;
}

/** Threads that check and compile parts of records. */
export interface Pool {
  /** Passes ids to all threads, for the tasks that follow. */
  readonly know: (ids: SettledIds) => void;
  /** Passes a task to a thread that has little to do; returns false if there is none. */
  readonly begin: (task: PartTask) => boolean;
  /** Waits for the answer to a task that was passed to a thread. */
  readonly wait: (number: number) => PartFindings | undefined;
  readonly end: () => void;
}

/** Tasks that a thread has at once: it begins one while the answer to another is on its way. */
const mostTasks = 2;

/** How long a thread may take for an answer, in milliseconds: one that has died sends none. */
const patience = 20_000;

/**
 * Starts threads. Their answers are waited for while this thread stands still: whoever reads records here is
 * synchronous.
 */
export function startPool(script: string, size: number, setup: PartsSetup): Pool {
  const counters = new Int32Array(new SharedArrayBuffer(8));
  const threads = Array.from({ length: size }, () => startThread(script, { ...setup, counters }));
  const answers = new Map<number, PartFindings | undefined>();
  const doers = new Map<number, Thread>();
  let failed = false;
  const collect = (): void => {
    for (const { port } of threads) {
      for (let got = receiveMessageOnPort(port); got !== undefined; got = receiveMessageOnPort(port)) {
        const { number, found }: PartAnswer = got.message;
        answers.set(number, found);
        const doer = doers.get(number);
        if (doer !== undefined) doer.busy--;
        doers.delete(number);
      }
    }
  };
  return {
    know(ids) {
      for (const { port } of threads) port.postMessage(ids, []);
    },
    begin(task) {
      collect();
      // until they have started, this thread would wait longer than it works
      if (failed || Atomics.load(counters, 1) < size) return false;
      const thread = threads.toSorted((a, b) => a.busy - b.busy)[0];
      if (thread === undefined || thread.busy >= mostTasks) return false;
      thread.busy++;
      doers.set(task.number, thread);
      thread.port.postMessage(task, []);
      return true;
    },
    wait(number) {
      while (!failed) {
        const sent = Atomics.load(counters, 0);
        collect();
        if (answers.has(number)) break;
        failed = Atomics.wait(counters, 0, sent, patience) === 'timed-out';
      }
      const found = answers.get(number);
      answers.delete(number);
      return found;
    },
    end() {
      for (const { port, worker } of threads) {
        port.close();
        void worker.terminate();
      }
    },
  };
}

interface Thread {
  readonly worker: Worker;
  readonly port: MessagePort;
  /** Tasks that it has not answered. */
  busy: number;
}

function startThread(script: string, setup: Omit<ThreadSetup, 'port'>): Thread {
  const { port1, port2: port } = new MessageChannel();
  const workerData: ThreadSetup = { ...setup, port };
  const worker = new Worker(script, { workerData, transferList: [port], execArgv: [] });
  worker.unref();
  port1.unref();
  // if a thread fails, the records are checked without it
  worker.on('error', () => {});
  return { worker, port: port1, busy: 0 };
}
