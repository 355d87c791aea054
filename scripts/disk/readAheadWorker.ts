// The thread that reads files ahead of the main one, in batches.
import { isUtf8 } from 'node:buffer';
import fs from 'node:fs';
import { workerData } from 'node:worker_threads';
import { membersAsPrinted } from '../json/form.ts';
import { type ReadAheadTask, type ReadBatch, leftOpen } from './readAhead.ts';

function readAll({ port, paths, counters, ahead, batchBytes }: ReadAheadTask): void {
  Atomics.store(counters, 2, 1);
  let bytes = new Uint8Array(batchBytes);
  let files: number[] = [];
  let used = 0;

  const send = (): void => {
    const numbers = Int32Array.from(files);
    const batch: ReadBatch = { bytes, files: numbers };
    port.postMessage(batch, [bytes.buffer, numbers.buffer]);
    Atomics.add(counters, 0, 1);
    Atomics.notify(counters, 0);
    // wait while the main thread is too far behind
    for (
      let taken = Atomics.load(counters, 1);
      Atomics.load(counters, 0) - taken >= ahead;
      taken = Atomics.load(counters, 1)
    ) {
      Atomics.wait(counters, 1, taken);
    }
    bytes = new Uint8Array(batchBytes);
    files = [];
    used = 0;
  };

  const sizeOf = (path: string): number => {
    try {
      let size = readInto(path, bytes.subarray(used));
      if (size === undefined && used > 0) {
        send();
        size = readInto(path, bytes);
      }
      // larger than a whole batch
      return size ?? leftOpen;
    } catch {
      // the main thread will meet the same, and tell it
      return leftOpen;
    }
  };

  for (const path of paths.split('\0')) {
    const size = sizeOf(path);
    const file = bytes.subarray(used, used + Math.max(size, 0));
    files.push(size, isUtf8(file) ? (membersAsPrinted(file, 'file') ?? leftOpen) : leftOpen);
    used += file.length;
  }
  send();
}

/** Reads one file; gives its size, undefined where it does not fit. */
function readInto(path: string, bytes: Uint8Array): number | undefined {
  const fd = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  try {
    let length = 0;
    for (;;) {
      const room = bytes.length - length;
      if (room === 0) return undefined;
      const got = fs.readSync(fd, bytes, length, room, null);
      length += got;
      if (got < room) return length;
    }
  } finally {
    fs.closeSync(fd);
  }
}

const task: ReadAheadTask = workerData;
readAll(task);
