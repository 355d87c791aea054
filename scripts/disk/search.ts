import fs from 'node:fs';
import { join } from 'node:path';
import { SHARE_ENV, Worker } from 'node:worker_threads';

/** The task of a thread: the words to find, and its share of the files in a folder and below. */
export interface SearchTask {
  readonly folder: string;
  readonly words: string;
  /** The number of this share, and of all shares. */
  readonly share: number;
  readonly shares: number;
}

/** What a thread reports: some of the files that it has found, or that it has searched its share. */
export type SearchReport = readonly string[] | 'done';

/** The number of threads. Each has to start and to list the folder: more would cost more than they gain. */
const threads = 2;

/**
 * The files in a folder and below that contain some words as UTF-8, by their paths there with `/`, some at a time as
 * they are found. Files that only their reader can judge are among them: links, and files that are compressed or cannot
 * be read. Other threads list the folder and search from now on, so that this one can go on. `script` is that of the
 * threads, as for `readAhead`. Throws if a thread fails.
 */
export function filesHolding(script: string, folder: string, words: string): AsyncGenerator<readonly string[]> {
  const found: (readonly string[])[] = [];
  const state: Search = { found, searching: threads, failure: undefined, wake: () => {} };
  for (let share = 0; share < threads; share++) startThread(script, { folder, words, share, shares: threads }, state);
  return reportsOf(state);
}

/** What the threads have reported so far. */
interface Search {
  readonly found: (readonly string[])[];
  /** Threads that are not done. */
  searching: number;
  failure: { readonly error: unknown } | undefined;
  /** Called after each report. */
  wake: () => void;
}

function startThread(script: string, task: SearchTask, state: Search): void {
  const worker = new Worker(script, { workerData: task, execArgv: [], env: SHARE_ENV });
  // a program that ends meanwhile does not wait for it
  worker.unref();
  const fail = (error: unknown): void => {
    state.failure ??= { error };
    state.wake();
  };
  let isDone = false;
  worker.on('message', (report: SearchReport) => {
    isDone = report === 'done';
    if (report === 'done') state.searching--;
    else state.found.push(report);
    state.wake();
  });
  worker.on('error', fail);
  worker.on('exit', () => {
    if (!isDone) fail(new Error('a thread that searched files ended too early'));
  });
}

async function* reportsOf(state: Search): AsyncGenerator<readonly string[]> {
  for (;;) {
    const files = state.found.shift();
    if (files !== undefined) yield files;
    else if (state.failure !== undefined) throw state.failure.error;
    else if (state.searching === 0) return;
    else await new Promise<void>((resolve) => (state.wake = resolve));
  }
}

/** Whether a folder and those below hold at least so many files. */
export function hasMany(folder: string, many: number): boolean {
  return countFiles(folder, many) >= many;
}

/** The number of files in a folder and below, up to a number. */
function countFiles(folder: string, most: number): number {
  const listed = fs.opendirSync(folder, { bufferSize: 1024 });
  try {
    let count = 0;
    for (let entry = listed.readSync(); entry !== null && count < most; entry = listed.readSync())
      count += entry.isDirectory() ? countFiles(join(folder, entry.name), most - count) : 1;
    return count;
  } finally {
    listed.closeSync();
  }
}
