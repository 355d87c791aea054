import { type MessagePort, MessageChannel, Worker, receiveMessageOnPort } from 'node:worker_threads';

/** What the thread that reads ahead should read. */
export interface ReadAheadTask {
  readonly port: MessagePort;
  /** The paths of the files, separated by NUL: one text is sent in a tenth of the time. */
  readonly paths: string;
  /** Whether it is a single file whose lines are read. */
  readonly lines: boolean;
  /** Batches sent, batches taken, and whether the thread has started. */
  readonly counters: Int32Array;
  /** How many batches may be sent before one is taken. */
  readonly ahead: number;
  readonly batchBytes: number;
}

/**
 * A batch of files, or of lines: their bytes in a row, and two numbers for each: its size, or that it is left to the
 * main thread; and what `membersAsPrinted` returned. An empty batch ends the lines.
 */
export interface ReadBatch {
  readonly bytes: Uint8Array;
  readonly files: Int32Array;
}

/** Stands for the size if a file is left to the main thread, and for the number of members if that is unknown. */
export const leftOpen = -1;

/** A text in UTF-8, among other bytes. They are valid until the next text is requested. */
export interface BytesOfText {
  readonly all: Buffer;
  readonly start: number;
  readonly end: number;
  /** What `membersAsPrinted` returned, if it was called. */
  readonly members?: number;
  /** Whether it is known that the check of the bytes does not accept it. */
  readonly left?: boolean;
}

/**
 * A file that was read: its text if it is UTF-8 and `membersAsPrinted` returned a number, else its bytes, valid until
 * the next file is requested.
 */
export type ReadFile = { readonly text: string; readonly utf8: BytesOfText } | { readonly bytes: Uint8Array };

const batchBytes = 1 << 18;
const batchesAhead = 16;

/**
 * Starts a thread that reads, before it is known what. `script` is that of the thread: JavaScript, or a source if Node
 * runs those directly, since a loader cannot start while this thread waits.
 */
export function startReader(script: string): Worker {
  const worker = new Worker(script, { execArgv: [] });
  worker.unref();
  // if the thread fails, the files are read without it
  worker.on('error', () => {});
  return worker;
}

/**
 * Reads files in order, with a second thread ahead of this one: opening and reading many small files takes as long as
 * checking them. It starts at once, before the first file is requested. Returns undefined for a file that is large or
 * cannot be read: the caller reads it, and so gets the error.
 */
export function readAhead(reader: Worker, paths: readonly string[]): Generator<ReadFile | undefined> {
  const { next, end } = pass(reader, paths.join('\0'), false);
  return filesOf(paths.length, next, end);
}

/**
 * Reads the lines of a file in order, with a second thread ahead of this one. It starts when the first line is
 * requested. It returns undefined and ends if the caller should read the rest itself.
 */
export function* linesAhead(script: string, file: string): Generator<ReadFile | undefined> {
  const { next, end } = pass(startReader(script), file, true);
  try {
    for (let batch = next(); batch?.files.length !== 0; batch = next()) {
      for (const line of batch === undefined ? [undefined] : inBatch(batch)) {
        yield line;
        if (line === undefined) return;
      }
    }
  } finally {
    end();
  }
}

interface Thread {
  /** The next batch; undefined if the thread has failed. */
  readonly next: () => ReadBatch | undefined;
  readonly end: () => void;
}

/** Passes a task to a thread. */
function pass(reader: Worker, paths: string, lines: boolean): Thread {
  const { port1, port2: port } = new MessageChannel();
  const counters = new Int32Array(new SharedArrayBuffer(12));
  const task: ReadAheadTask = { port, paths, lines, counters, ahead: batchesAhead, batchBytes };
  reader.postMessage(task, [port]);
  return {
    next: () => nextBatch(port1, counters),
    end() {
      port1.close();
      void reader.terminate();
    },
  };
}

function* filesOf(count: number, next: Thread['next'], end: Thread['end']): Generator<ReadFile | undefined> {
  try {
    for (let given = 0; given < count;) {
      const batch = next();
      // the other thread has failed: the caller reads the rest itself
      if (batch === undefined) return;
      yield* inBatch(batch);
      given += batch.files.length / 2;
    }
  } finally {
    end();
  }
}

function* inBatch({ bytes, files }: ReadBatch): Generator<ReadFile | undefined> {
  const buffer = Buffer.from(bytes.buffer);
  let start = 0;
  for (let i = 0; i < files.length; i += 2) {
    const size = files[i] ?? leftOpen;
    const known = files[i + 1] ?? leftOpen;
    const behind = start + Math.max(size, 0);
    if (size === leftOpen) yield undefined;
    else if (known === leftOpen) yield { bytes: bytes.subarray(start, behind) };
    else {
      const utf8 = { all: buffer, start, end: behind, members: known };
      yield { text: buffer.toString('utf8', start, behind), utf8 };
    }
    start = behind;
  }
}

/**
 * How long the thread may take to start, and for a batch, in milliseconds: a thread that cannot start or has died sends
 * nothing.
 */
const patience = { start: 5000, batch: 30_000 };

function nextBatch(port: MessagePort, counters: Int32Array): ReadBatch | undefined {
  for (;;) {
    const sent = Atomics.load(counters, 0);
    const received: { readonly message: ReadBatch } | undefined = receiveMessageOnPort(port);
    if (received !== undefined) {
      Atomics.add(counters, 1, 1);
      Atomics.notify(counters, 1);
      return received.message;
    }
    const started = Atomics.load(counters, 2) === 1;
    const waited = Atomics.wait(counters, 0, sent, started ? patience.batch : patience.start);
    // it may have started while this thread waited
    if (waited === 'timed-out' && (started || Atomics.load(counters, 2) === 0)) return undefined;
  }
}
