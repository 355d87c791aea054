import { createHash, randomBytes } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { type FileSystem, errorCode } from './fileSystem.ts';

/**
 * Whether the run that made a temporary entry is still running. `unknown` if this machine, or this container, cannot
 * tell.
 */
export type Life = 'alive' | 'dead' | 'unknown';

/**
 * A name for a temporary entry that says who made it: machine, process, start of the process, and a random part. A
 * process number alone is not enough: numbers are reused, and containers that share a folder each count their own.
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

/**
 * If nobody can tell whether a run is still running, its entries are kept until nothing in them has changed for this
 * long.
 */
const longestSilence = 24 * 60 * 60 * 1000;

/** How long a claim from another machine counts: a running process renews its claim. */
const longestUnrenewed = 2 * 60 * 1000;

/** How often a run renews its claim, in milliseconds. */
export const renewalPause = longestUnrenewed / 6;

/**
 * Whether a temporary entry in a folder was left behind by a run that has ended.
 * @param now the time of the folder's file system, which can differ from that of this machine
 */
export function isAbandoned(fs: FileSystem, folder: string, name: string, now: number): boolean {
  const life = lifeOf(fs, name);
  if (life !== 'unknown') return life === 'dead';
  const silence = temporaryKind(name) === 'claim' ? longestUnrenewed : longestSilence;
  try {
    // a time in the future does not show that it is in use: an archive can hold any time
    return Math.abs(now - lastChange(fs, path.join(folder, name))) > silence;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    // it was removed during this check
    return false;
  }
}

/** When a folder, or anything in it, last changed. */
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

/** When a process started, in ticks since the machine did, and whether it is a zombie; Linux only. */
function startOf(fs: FileSystem, pid: number): { readonly start: string; readonly ended: boolean } | undefined {
  const stat = textOf(fs, `/proc/${pid}/stat`);
  // the second field is the program's name in parentheses, which can contain spaces and parentheses
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const start = fields?.[19];
  return start === undefined || !/^\d+$/.test(start) ? undefined : { start, ended: /^[ZX]$/.test(fields?.[0] ?? '') };
}

/**
 * Equal for all processes that see each other's numbers, and only for those: host, start of its system, process
 * namespace.
 */
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
