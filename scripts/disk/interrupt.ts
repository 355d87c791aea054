import process from 'node:process';

type Undo = () => void | Promise<void>;

const undos = new Set<Undo>();
const signals = ['SIGINT', 'SIGTERM'] as const;
let ownsProcess = false;
let isListening = false;

/** Says that this process is a command's. Only then are signals listened for: a library leaves them to its host. */
export function ownProcess(): void {
  ownsProcess = true;
}

/**
 * Runs `undo` when a signal ends the process that listens, or when it exits, unless the function that is returned
 * was called first.
 */
export function onInterrupt(undo: Undo): () => void {
  undos.add(undo);
  return () => void undos.delete(undo);
}

/**
 * From now on, where the process is a command's, SIGINT and SIGTERM undo what is under way. The process then dies by the same signal, so that a
 * shell, npm and make see 130 or 143.
 * A signal is heard when the event loop comes round: long synchronous work has to `breathe`. A second signal ends
 * the process at once.
 * It listens until the process ends: to stop earlier would drop a signal that has arrived but was not handled.
 */
export function listenForSignals(): void {
  if (isListening || !ownsProcess) return;
  isListening = true;
  for (const signal of signals) process.on(signal, onSignal);
  process.on('exit', () => {
    for (const undo of newestFirst()) void attempt(undo);
  });
}

function onSignal(signal: NodeJS.Signals): void {
  for (const each of signals) process.off(each, onSignal);
  void dieBy(signal);
}

async function dieBy(signal: NodeJS.Signals): Promise<void> {
  for (const undo of newestFirst()) await attempt(undo);
  undos.clear();
  process.kill(process.pid, signal);
}

function newestFirst(): readonly Undo[] {
  return [...undos].toReversed();
}

/** What cannot be undone is left to the next run, which removes what dead runs have left. */
async function attempt(undo: Undo): Promise<void> {
  try {
    await undo();
  } catch {
    // the process is ending
  }
}
