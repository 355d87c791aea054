import path from 'node:path';
import { Failure } from '../base/problem.ts';
import { type FileSystem, errorCode } from './fileSystem.ts';
import { listenForSignals, onInterrupt } from './interrupt.ts';
import { isAbandoned, renewalPause, temporaryKind, temporaryName } from './owner.ts';
import { trackedFiles } from './tracked.ts';

/** A command's turn at writing below a folder. It ends once. */
export interface Turn {
  readonly end: () => void;
}

/** How long a command waits for another one, and how long it pauses at most before it looks again. Milliseconds. */
const patience = 10_000;
const longestPause = 80;

/**
 * Lets one command at a time write below a folder, and removes what commands that were killed have left there.
 * Each makes a file of its own there, then looks for those of others: of two that start at once, at least one sees
 * the other.
 * @throws Failure if another command is still writing after `wait` milliseconds
 */
export function takeTurn(fs: FileSystem, folder: string, wait = patience): Turn {
  const deadline = Date.now() + wait;
  const isInGit = gitKnows(folder);
  for (;;) {
    // who waits has made nothing yet: a signal that is not listened for ends the process at once. Only what is made
    // tells the time of the file system: until then that of this machine has to do
    const now = Date.now();
    const other = claimsIn(fs, folder).find((name) => !isAbandoned(fs, folder, name, now) && !isInGit(name));
    const turn = other === undefined ? turnIn(fs, folder, isInGit) : other;
    if (typeof turn !== 'string') return turn;
    if (Date.now() >= deadline)
      throw new Failure(
        `${folder}: another command is writing here; wait until it has ended. If none is running, remove ${path.join(folder, turn)}`,
      );
    // of random length: two that saw each other must not meet again
    pause(1 + Math.random() * longestPause);
  }
}

/**
 * Says which files of a folder git tracks, and asks once about each. No command adds its claim to git: what is there
 * came with a commit, and would stop every command.
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

/** A turn, or the name of another claim. */
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
  // elsewhere it counts as long as it changes now and then
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

/** On a full disk, or where the folder has gone, the command itself will say so. */
function renew(fs: FileSystem, at: string): void {
  try {
    fs.append(at, '.');
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  }
}

const leftKinds: ReadonlySet<string> = new Set(['claim', 'writing']);

/** Claims and half-written files of dead commands, wherever they are below a folder. What cannot be removed stays. */
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
