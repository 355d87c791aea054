import { MessageChannel, Worker, receiveMessageOnPort } from 'node:worker_threads';

/** A batch of files, read by the worker: their bytes behind each other, and the size of each, negative where it could not be read like the others. */
interface ReadBatch {
  readonly bytes: Uint8Array;
  readonly sizes: readonly number[];
}

const batchBytes = 1 << 20;
const batchesAhead = 8;

/**
 * Reads files in order, a second thread ahead of this one: opening and reading many small files takes as long as checking them.
 * Gives the bytes of each, valid until the next is asked for; undefined for one that is large or cannot be read, which the caller reads by itself, and so learns why.
 */
export function* readAhead(paths: readonly string[], limit: number): Generator<Uint8Array | undefined> {
  const { port1: port, port2 } = new MessageChannel();
  // batches sent, batches taken
  const counters = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(new URL('readAheadWorker.mjs', import.meta.url), {
    workerData: { port: port2, paths, limit, counters, ahead: batchesAhead, batchBytes },
    transferList: [port2],
    execArgv: [],
  });
  worker.unref();
  try {
    for (let given = 0; given < paths.length;) {
      const { bytes, sizes } = nextBatch(port, counters);
      let start = 0;
      for (const size of sizes) {
        yield size < 0 ? undefined : bytes.subarray(start, start + size);
        if (size > 0) start += size;
        given++;
      }
    }
  } finally {
    port.close();
    void worker.terminate();
  }
}

function nextBatch(port: Parameters<typeof receiveMessageOnPort>[0], counters: Int32Array): ReadBatch {
  for (;;) {
    const sent = Atomics.load(counters, 0);
    const received: { readonly message: ReadBatch } | undefined = receiveMessageOnPort(port);
    if (received !== undefined) {
      Atomics.add(counters, 1, 1);
      Atomics.notify(counters, 1);
      return received.message;
    }
    Atomics.wait(counters, 0, sent);
  }
}
