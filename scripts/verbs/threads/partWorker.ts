// A thread that checks and compiles lines of records, part by part.
import { workerData } from 'node:worker_threads';
import { ownBytes } from '../../write/printedRows.ts';
import { partChecker } from './checkPart.ts';
import type { PartAnswer, PartFindings, PartTask, SettledIds, ThreadSetup } from './pool.ts';

const { port, counters, ...setup }: ThreadSetup = workerData;
const { know, check } = partChecker(setup);

function send(answer: PartAnswer): void {
  const { found } = answer;
  port.postMessage(answer, found === undefined ? [] : bytesOf(found));
  Atomics.add(counters, 0, 1);
  Atomics.notify(counters, 0);
}

/** What is passed on without a copy. */
function bytesOf({ batches, references, lines }: PartFindings): ArrayBuffer[] {
  return [...batches.flatMap(ownBytes), references.spots.buffer, ...(lines === undefined ? [] : [lines.buffer])];
}

port.on('message', (task: PartTask | SettledIds) => {
  if ('ids' in task) {
    know(task);
    return;
  }
  const { number } = task;
  try {
    send({ number, found: check(task) });
  } catch {
    // the answer is too large, for example: the main thread waits for one
    send({ number, found: undefined });
  }
});
Atomics.add(counters, 1, 1);
