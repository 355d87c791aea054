import process from 'node:process';

type Undo = () => void | Promise<void>;

const undos = new Set<Undo>();
const signals = ['SIGINT', 'SIGTERM'] as const;
let ownsProcess = false;
let isListening = false;

/** Declares that this process runs a command. Only then are signals handled: a library leaves them to its host. */
export function ownProcess(): void {
  ownsProcess = true;
}

/**
 * Runs `undo` when a signal ends the process that handles signals, or when it exits, unless the returned function was
 * called first.
 */
export function onInterrupt(undo: Undo): () => void {
  undos.add(undo);
  return () => void undos.delete(undo);
}

/**
 * From now on, if the process runs a command, SIGINT and SIGTERM undo unfinished work. The process then dies by the
 * same signal, so that a shell, npm and make see 130 or 143.
 * A signal is handled when the event loop gets a turn: long synchronous work has to `breathe`. A second signal ends the
 * process at once.
 * It listens until the process ends: stopping earlier would drop a signal that has arrived but was not handled.
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

/** What cannot be undone is left to the next run, which removes leftovers of dead runs. */
async function attempt(undo: Undo): Promise<void> {
  try {
    await undo();
  } catch {
    // the process is ending
  }
}
