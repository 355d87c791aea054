import path from 'node:path';
import { Failure } from '../base/problem.ts';
import { type FileSystem, errorCode } from './fileSystem.ts';
import { listenForSignals, onInterrupt } from './interrupt.ts';
import { isAbandoned, renewalPause, temporaryKind, temporaryName } from './owner.ts';
import { trackedFiles } from './tracked.ts';

/** A command's turn to write below a folder. It can be ended once. */
export interface Turn {
  readonly end: () => void;
}

/** How long a command waits for another one, and the longest pause before it checks again. Milliseconds. */
const patience = 10_000;
const longestPause = 80;

/**
 * Ensures that only one command at a time writes below a folder, and removes leftovers of commands that were killed.
 * Each makes a claim file there, then looks for those of others: if two start at once, at least one sees the other.
 * @throws Failure if another command is still writing after `wait` milliseconds
 */
export function takeTurn(fs: FileSystem, folder: string, wait = patience): Turn {
  const deadline = Date.now() + wait;
  const isInGit = gitKnows(folder);
  for (;;) {
    // a waiting command has made nothing yet, so that a signal can end the process at once. Only a claim shows the
    // time of the file system: until then the clock of this machine has to do
    const now = Date.now();
    const other = claimsIn(fs, folder).find((name) => !isAbandoned(fs, folder, name, now) && !isInGit(name));
    const turn = other === undefined ? turnIn(fs, folder, isInGit) : other;
    if (typeof turn !== 'string') return turn;
    if (Date.now() >= deadline)
      throw new Failure(
        `${folder}: another command is writing here; wait until it ends. If none is running, remove ` +
          path.join(folder, turn),
      );
    // a random pause, so that two commands that saw each other do not meet again
    pause(1 + Math.random() * longestPause);
  }
}

/**
 * Finds out which files of a folder git tracks, asking once about each. No command adds its claim to git: a tracked
 * claim came with a commit, and would stop every command.
 */
function gitKnows(folder: string): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const tracked = trackedFiles(folder, [name]).has(path.join(folder, name));
    known.set(name, tracked);
    return tracked;
  };
}

/** A turn, or the name of someone else's claim. */
function turnIn(fs: FileSystem, folder: string, isInGit: (name: string) => boolean): Turn | string {
  listenForSignals();
  const turn = claim(fs, folder, isInGit);
  const [other] = turn.others;
  if (other === undefined) return turn;
  turn.end();
  return other;
}

function claimsIn(fs: FileSystem, folder: string): readonly string[] {
  return fs
    .list(folder)
    .flatMap(({ name, kind }) => (kind === 'file' && temporaryKind(name) === 'claim' ? [name] : []));
}

function claim(
  fs: FileSystem,
  folder: string,
  isInGit: (name: string) => boolean,
): Turn & { readonly others: readonly string[] } {
  const own = temporaryName(fs, 'claim');
  const at = path.join(folder, own);
  const forget = onInterrupt(() => fs.remove(at));
  // on other machines a claim counts as long as it keeps changing
  const renewal = setInterval(() => renew(fs, at), renewalPause).unref();
  const end = (): void => {
    clearInterval(renewal);
    fs.remove(at);
    forget();
  };
  try {
    fs.create(at, '');
    const now = fs.modified(at);
    const claims = claimsIn(fs, folder).filter((name) => name !== own && !isInGit(name));
    const dead = claims.filter((name) => isAbandoned(fs, folder, name, now));
    if (dead.length > 0) removeAbandoned(fs, folder, now);
    return { end, others: claims.filter((name) => !dead.includes(name)) };
  } catch (error) {
    end();
    throw error;
  }
}

/** If the disk is full, or the folder has gone, the command itself will report it. */
function renew(fs: FileSystem, at: string): void {
  try {
    fs.append(at, '.');
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  }
}

const leftKinds: ReadonlySet<string> = new Set(['claim', 'writing']);

/** Claims and half-written files of dead commands, anywhere below a folder. What cannot be removed stays. */
function removeAbandoned(fs: FileSystem, folder: string, now: number): void {
  for (const { name, kind } of fs.list(folder)) {
    const at = path.join(folder, name);
    if (kind === 'folder') removeAbandoned(fs, at, now);
    else if (leftKinds.has(temporaryKind(name) ?? '') && isAbandoned(fs, folder, name, now)) removeIfAble(fs, at);
  }
}

function removeIfAble(fs: FileSystem, at: string): void {
  try {
    fs.remove(at);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  }
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
