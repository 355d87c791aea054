import { Worker } from 'node:worker_threads';

/** The task of a thread: the words to find, and the files. */
export interface SearchTask {
  /** The paths of the files, separated by NUL. */
  readonly paths: string;
  readonly words: string;
}

/** The number of threads: on a disk that is slow to find files, more than there are cores. */
const threads = 4;

/**
 * The files that contain some words as UTF-8. Other threads search them, so that this one can go on. `script` is that
 * of the threads, as for `readAhead`. Rejects if a thread fails.
 */
export async function filesHolding(script: string, paths: readonly string[], words: string): Promise<Set<string>> {
  const share = Math.max(1, Math.ceil(paths.length / threads));
  const shares = Array.from({ length: Math.ceil(paths.length / share) }, (_, i) =>
    paths.slice(i * share, (i + 1) * share),
  );
  const found = await Promise.all(shares.map((part) => searchIn(script, part, words)));
  return new Set(found.flat());
}

function searchIn(script: string, paths: readonly string[], words: string): Promise<readonly string[]> {
  const task: SearchTask = { paths: paths.join('\0'), words };
  const worker = new Worker(script, { workerData: task, execArgv: [] });
  return new Promise((resolve, reject) => {
    worker.on('message', (indices: readonly number[]) => resolve(indices.flatMap((i) => paths[i] ?? [])));
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('a thread that searched files ended too early')));
  });
}
