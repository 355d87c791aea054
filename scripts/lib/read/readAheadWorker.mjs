// Reads files ahead of the main thread, in batches. Plain JavaScript, so that the thread starts without a loader of TypeScript.
import fs from 'node:fs';
import { workerData } from 'node:worker_threads';

const { port, paths, limit, counters, ahead, batchBytes } = workerData;
const failed = -1;
const tooLarge = -2;

let buffer = new Uint8Array(batchBytes);
let sizes = [];
let used = 0;

function send() {
  port.postMessage({ bytes: buffer, sizes }, [buffer.buffer]);
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
  buffer = new Uint8Array(batchBytes);
  sizes = [];
  used = 0;
}

/** Reads one file behind what is in the buffer; gives its size, or that it does not fit, or is larger than the limit. */
function readInto(path) {
  const fd = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  try {
    let length = 0;
    for (;;) {
      const room = buffer.length - used - length;
      if (room === 0) return undefined;
      const got = fs.readSync(fd, buffer, used + length, room, null);
      length += got;
      if (got < room) return length > limit ? tooLarge : length;
    }
  } finally {
    fs.closeSync(fd);
  }
}

for (const path of paths) {
  try {
    let size = readInto(path);
    if (size === undefined && used > 0) {
      send();
      size = readInto(path);
    }
    // larger than a whole batch: left to the main thread, which knows the limit
    sizes.push(size ?? failed);
    if (size > 0) used += size;
  } catch {
    sizes.push(failed);
  }
}
send();
