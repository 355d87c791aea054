// Preloaded (`node --import`) into a process that is measured: at its end it writes its peak resident memory, in KiB, to file descriptor 3.
// Linux counts the process that started it too, as it stood then: the figure is never lower than the benchmark's own memory, which is small.
import fs from 'node:fs';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

// a worker thread preloads this too, but memory is that of the whole process
if (isMainThread) process.on('exit', () => fs.writeSync(3, String(process.resourceUsage().maxRSS)));
