// A thread that searches files for words, and reports which files contain them.
import fs from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { SearchTask } from './search.ts';

const task: SearchTask = workerData;
let buffer = Buffer.allocUnsafe(1 << 18);

/** Whether a file contains the words, or cannot be read: then the code that reads it gets the error. */
function mayHold(path: string, words: Buffer): boolean {
  try {
    return bytesOf(path).includes(words);
  } catch {
    return true;
  }
}

/** The bytes of a file, valid until the next one is read. */
function bytesOf(path: string): Buffer {
  const fd = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  try {
    let length = 0;
    for (;;) {
      if (length === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafe(length)]);
      const room = buffer.length - length;
      const got = fs.readSync(fd, buffer, length, room, null);
      length += got;
      if (got < room) return buffer.subarray(0, length);
    }
  } finally {
    fs.closeSync(fd);
  }
}

const words = Buffer.from(task.words);
parentPort?.postMessage(
  task.paths.split('\0').flatMap((path, i) => (mayHold(path, words) ? [i] : [])),
  [],
);
