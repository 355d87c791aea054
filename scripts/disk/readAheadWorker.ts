// The thread that reads files, or the lines of one, ahead of the main one, in batches.
import { isUtf8 } from 'node:buffer';
import fs from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { newline } from '../base/newlines.ts';
import type { Layout } from '../json/canonical.ts';
import { membersAsPrinted } from '../json/form.ts';
import { type ReadAheadTask, type ReadBatch, leftOpen } from './readAhead.ts';

/** The batch that is being filled. */
interface Filling {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly files: number[];
  used: number;
}

// it can start before the task is known
const task = await new Promise<ReadAheadTask>((resolve) => void parentPort?.once('message', resolve));

function emptyBatch(): Filling {
  return { bytes: new Uint8Array(task.batchBytes), files: [], used: 0 };
}

let batch = emptyBatch();

/** Sends the batch, and waits while the main thread is too far behind. */
function send(): void {
  const { port, counters, ahead } = task;
  const { bytes, files } = batch;
  const numbers = Int32Array.from(files);
  const sent: ReadBatch = { bytes, files: numbers };
  port.postMessage(sent, [bytes.buffer, numbers.buffer]);
  Atomics.add(counters, 0, 1);
  Atomics.notify(counters, 0);
  for (
    let taken = Atomics.load(counters, 1);
    Atomics.load(counters, 0) - taken >= ahead;
    taken = Atomics.load(counters, 1)
  ) {
    Atomics.wait(counters, 1, taken);
  }
  batch = emptyBatch();
}

/** Adds a text that is already in the buffer; `undefined` for one that is left to the main thread. */
function addText(size: number | undefined, layout: Layout): void {
  const text = batch.bytes.subarray(batch.used, batch.used + (size ?? 0));
  batch.files.push(size ?? leftOpen, isUtf8(text) ? (membersAsPrinted(text, layout) ?? leftOpen) : leftOpen);
  batch.used += text.length;
}

function readFiles(paths: readonly string[]): void {
  for (const path of paths) addText(sizeOf(path), 'file');
  send();
}

/** Reads a file into the batch, or into the next one; undefined if it is larger than a whole batch. */
function sizeOf(path: string): number | undefined {
  try {
    let size = readInto(path, batch.bytes.subarray(batch.used));
    if (size === undefined && batch.used > 0) {
      send();
      size = readInto(path, batch.bytes);
    }
    return size;
  } catch {
    // the main thread will get the same error, and report it
    return undefined;
  }
}

/** Reads one file; returns its size, undefined if it does not fit. */
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

/**
 * Reads the lines of a file. What cannot be read, and everything after a line larger than a batch, is left to the main
 * thread.
 */
function readLines(path: string): void {
  const whole = addLines(path);
  if (!whole) addText(undefined, 'line');
  if (batch.files.length > 0) send();
  if (whole) send();
}

/** @returns whether all lines were added */
function addLines(path: string): boolean {
  try {
    const fd = fs.openSync(path, 'r');
    try {
      return addLinesOf(fd);
    } finally {
      fs.closeSync(fd);
    }
  } catch {
    return false;
  }
}

function addLinesOf(fd: number): boolean {
  const chunk = Buffer.allocUnsafe(2 * task.batchBytes);
  let held = 0;
  for (;;) {
    const got = fs.readSync(fd, chunk, held, chunk.length - held, null);
    const filled = chunk.subarray(0, held + got);
    let start = 0;
    for (let end = filled.indexOf(newline); end >= 0; end = filled.indexOf(newline, start)) {
      if (!addLine(filled.subarray(start, end))) return false;
      start = end + 1;
    }
    held = filled.length - start;
    // the last line can lack its newline
    if (got === 0) return held === 0 || addLine(filled.subarray(start));
    if (held > task.batchBytes) return false;
    chunk.copyWithin(0, start, filled.length);
  }
}

function addLine(line: Uint8Array): boolean {
  if (line.length > task.batchBytes) return false;
  if (line.length > batch.bytes.length - batch.used) send();
  batch.bytes.set(line, batch.used);
  addText(line.length, 'line');
  return true;
}

Atomics.store(task.counters, 2, 1);
if (task.lines) readLines(task.paths);
else readFiles(task.paths.split('\0'));
