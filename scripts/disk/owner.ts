import { createHash, randomBytes } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { type FileSystem, errorCode } from './fileSystem.ts';

/** Whether the run that made a temporary entry is still going on. `unknown` where this machine, or this container, cannot tell. */
export type Life = 'alive' | 'dead' | 'unknown';

/**
 * A name for a temporary entry that says who made it: machine, process, when the process started, and a random part.
 * A process number alone is no proof: numbers are given again, and containers that share a folder each count their own.
 */
export function temporaryName(fs: FileSystem, kind: string): string {
  const start = startOf(fs, process.pid)?.start ?? '0';
  return `.${kind}-${machine(fs)}-${process.pid}-${start}-${randomBytes(4).toString('hex')}`;
}

const temporary = /^\.(staging|next|latest|writing|claim)-([0-9a-f]{12})-(\d+)-(\d+)-[0-9a-f]{8}$/;

/** The kind of a temporary entry, `staging` or `writing` for instance; undefined for any other name. */
export function temporaryKind(name: string): string | undefined {
  return temporary.exec(name)?.[1];
}

/** Where nobody can tell whether a run is still going on, what it made is left alone until nothing in it has changed for so long. */
const longestSilence = 24 * 60 * 60 * 1000;

/** How long a claim counts that a run somewhere else has made: a living run renews its claim. */
const longestUnrenewed = 2 * 60 * 1000;

/** How often a run renews its claim, in milliseconds. */
export const renewalPause = longestUnrenewed / 6;

/**
 * Whether a run has left a temporary entry of a folder behind.
 * @param now the time by the clock of the folder's file system, which need not be that of this machine
 */
export function isAbandoned(fs: FileSystem, folder: string, name: string, now: number): boolean {
  const life = lifeOf(fs, name);
  if (life !== 'unknown') return life === 'dead';
  const silence = temporaryKind(name) === 'claim' ? longestUnrenewed : longestSilence;
  try {
    // a time to come is no sign of life: an archive can hold any
    return Math.abs(now - lastChange(fs, path.join(folder, name))) > silence;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    // it went away while it was looked at
    return false;
  }
}

/** When anything in a folder, or it itself, was last changed. */
function lastChange(fs: FileSystem, at: string): number {
  const below = isFolder(fs, at) ? fs.list(at).map(({ name }) => lastChange(fs, path.join(at, name))) : [];
  return Math.max(fs.modified(at), ...below);
}

function isFolder(fs: FileSystem, at: string): boolean {
  return fs.linkTarget(at) === undefined && fs.kind(at) === 'folder';
}

function lifeOf(fs: FileSystem, name: string): Life {
  const [, , where, pid, start] = temporary.exec(name) ?? [];
  if (where !== machine(fs)) return 'unknown';
  if (!exists(Number(pid))) return 'dead';
  const found = startOf(fs, Number(pid));
  if (found === undefined || start === '0') return 'alive';
  return found.start === start && !found.ended ? 'alive' : 'dead';
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

/** When a process started, in ticks since the machine did, and whether it has ended unnoticed by its parent; Linux only. */
function startOf(fs: FileSystem, pid: number): { readonly start: string; readonly ended: boolean } | undefined {
  const stat = textOf(fs, `/proc/${pid}/stat`);
  // the second field is the program's name in parentheses, which can hold both spaces and parentheses
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const start = fields?.[19];
  return start === undefined || !/^\d+$/.test(start) ? undefined : { start, ended: /^[ZX]$/.test(fields?.[0] ?? '') };
}

/** The same for all processes that see each other's numbers, and for no others: host, start of its system, name space of its processes. */
function machine(fs: FileSystem): string {
  const facts = [
    os.hostname(),
    os.platform(),
    textOf(fs, '/proc/sys/kernel/random/boot_id'),
    fs.linkTarget('/proc/self/ns/pid'),
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 12);
}

function textOf(fs: FileSystem, file: string): string | undefined {
  try {
    const bytes = fs.read(file, 1 << 16);
    return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8');
  } catch {
    return undefined;
  }
}
