// Preloaded (`node --import`) into a measured process: when it ends, it writes its peak resident memory, in KiB, to
// file descriptor 3. Linux counts the memory of the parent at the start of the process too, so the figure is never
// lower than the benchmark's own memory, which is small.
import fs from 'node:fs';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

// worker threads preload this too, but the figure is for the process
if (isMainThread) process.on('exit', () => fs.writeSync(3, String(process.resourceUsage().maxRSS)));
