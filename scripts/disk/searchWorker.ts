// A thread that searches its share of the files in a folder for words, and reports which files contain them.
import fs from 'node:fs';
import { sep } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { SearchReport, SearchTask } from './search.ts';

const { folder: top, words, share, shares }: SearchTask = workerData;
const sought = Buffer.from(words);
const piece = Buffer.allocUnsafe(1 << 18);
let found: string[] = [];

/** Files that are reported together. */
const several = 100;

function report(message: SearchReport): void {
  parentPort?.postMessage(message, []);
}

function add(name: string): void {
  if (found.push(name) < several) return;
  report(found);
  found = [];
}

/** Searches a folder; `below` is its path from the top, with `/` at the end. */
function searchFolder(folder: string, below: string): void {
  // entry by entry: a list of all would take longer
  const listed = fs.opendirSync(folder, { bufferSize: 1024 });
  for (let entry = listed.readSync(); entry !== null; entry = listed.readSync()) {
    const { name } = entry;
    const path = folder + sep + name;
    if (name.startsWith('.')) continue;
    if (entry.isDirectory()) searchFolder(path, `${below}${name}/`);
    else if (shareOf(below + name) === share && (!entry.isFile() || mayHold(path))) add(below + name);
  }
  listed.closeSync();
}

/**
 * The share of a file, from its name alone: each thread lists the folder at its own time, and files that are created
 * meanwhile must not move others to a share that is already searched.
 */
function shareOf(name: string): number {
  let sum = 0;
  for (let i = 0; i < name.length; i++) sum += name.charCodeAt(i);
  return sum % shares;
}

/** Whether a file contains the words. One that is compressed or cannot be read is left to the code that reads it. */
function mayHold(path: string): boolean {
  try {
    const fd = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
    try {
      return holds(fd);
    } finally {
      fs.closeSync(fd);
    }
  } catch {
    return true;
  }
}

function holds(fd: number): boolean {
  let kept = 0;
  for (let isFirst = true; ; isFirst = false) {
    const room = piece.length - kept;
    const got = fs.readSync(fd, piece, kept, room, null);
    const bytes = piece.subarray(0, kept + got);
    if (bytes.includes(sought) || (isFirst && isPacked(bytes))) return true;
    if (got < room) return false;
    // words that continue in the next piece
    kept = Math.min(sought.length, bytes.length);
    piece.copyWithin(0, bytes.length - kept, bytes.length);
  }
}

/** Whether bytes are the first of a file of gzip. */
function isPacked(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

searchFolder(top, '');
report(found);
report('done');
