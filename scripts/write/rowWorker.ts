// The thread that writes rows while another one reads, checks and compiles them.
import path from 'node:path';
import process from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';
import { nodeFileSystem } from '../disk/fileSystem.ts';
import type { FromThread, RowTask, ToThread } from './writeRows.ts';
import { csvWriter } from './tables.ts';

const { staging, tables }: RowTask = workerData;
const writer = csvWriter(nodeFileSystem(), path.join(staging, 'csv'), tables, (part) => send({ kind: 'part', part }));

function send(message: FromThread): void {
  parentPort?.postMessage(message, []);
}

function onMessage(message: ToThread): void {
  if (message.kind === 'batch') {
    writer.take(message.batch);
    send({ kind: 'taken' });
    return;
  }
  send({ kind: 'csv', written: writer.end() });
}

parentPort?.on('message', (message: ToThread) => {
  try {
    onMessage(message);
  } catch (error) {
    send({ kind: 'failed', ...partsOf(error) });
    process.exit();
  }
});

/** What an error has besides its message, such as the code of a full disk, is not passed between threads by default. */
function partsOf(error: unknown): { readonly message: string; readonly more: object } {
  if (!(error instanceof Error)) return { message: String(error), more: {} };
  return { message: error.message, more: Object.fromEntries(Object.entries(error)) };
}
