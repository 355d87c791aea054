// A thread that checks and compiles lines of records, part by part.
import { workerData } from 'node:worker_threads';
import { ownBytes } from '../../write/printedRows.ts';
import { partChecker } from './checkPart.ts';
import type { PartAnswer, PartTask, ThreadSetup } from './pool.ts';

const { port, counters, ...setup }: ThreadSetup = workerData;
const check = partChecker(setup);

port.on('message', (task: PartTask) => {
  const found = check(task);
  const answer: PartAnswer = { number: task.number, found };
  const lines = found?.lines === undefined ? [] : [found.lines.buffer];
  port.postMessage(answer, found === undefined ? [] : [...found.batches.flatMap(ownBytes), ...lines]);
  Atomics.add(counters, 0, 1);
  Atomics.notify(counters, 0);
});
Atomics.add(counters, 1, 1);
