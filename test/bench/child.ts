import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The project's folder. */
export const root = path.resolve(import.meta.dirname, '../..');

/** A program to start, with its arguments. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** The folder that it runs in, if not the project's: a corpus is not under the project's configuration. */
  readonly cwd?: string;
  /** Whether to measure the peak memory: of a Node process, or of a program that reports it on file descriptor 3. */
  readonly memory?: 'node' | 'told';
}

/** The result of a child process, measured from before its start until after its end. */
export interface Outcome {
  readonly seconds: number;
  /** Processor time of all its threads, in user and in system mode, in seconds. */
  readonly cpuSeconds: number;
  /** Highest resident memory in bytes, of a child that was asked for it and came to its end. */
  readonly peakBytes?: number;
  /** Why the figure is invalid: how it ended, and what it wrote on stderr. */
  readonly failure?: string;
}

/** The longest time for a child. */
const mostMinutes = 20;

const memoryModule = pathToFileURL(path.join(import.meta.dirname, 'peakMemory.mjs')).href;

/** Runs a command, and reports on file descriptor 4 how much processor time its children took, with a POSIX shell. */
const timed = '"$@"; status=$?; times >&4; exit $status';

/** Runs a command to its end; what it prints on stdout is dropped. */
export function runChild({ program, args, memory, cwd = root }: Command): Outcome {
  const started = performance.now();
  const all = memory === 'node' ? [program, '--import', memoryModule, ...args] : [program, ...args];
  const child = spawnSync('sh', ['-c', timed, 'sh', ...all], {
    cwd,
    env: { ...process.env, SOURCES: '' },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    timeout: mostMinutes * 60_000,
    killSignal: 'SIGKILL',
  });
  const seconds = (performance.now() - started) / 1000;
  if (child.error !== undefined || child.status !== 0)
    return { seconds, cpuSeconds: 0, failure: failureOf(child.status, child.error, child.stderr) };
  const times = { seconds, cpuSeconds: childrenTime(child.output[4] ?? '') };
  return memory === undefined ? times : { ...times, peakBytes: Number(child.output[3]) * 1024 };
}

/** The output of `times` for a shell's children, in its last line: `0m1.230s 0m0.040s`. */
function childrenTime(printed: string): number {
  const line = printed.trim().split('\n').at(-1) ?? '';
  return line
    .split(' ')
    .map((time) => /^(\d+)m([\d.]+)s$/.exec(time))
    .reduce((sum, parts) => sum + Number(parts?.[1]) * 60 + Number(parts?.[2]), 0);
}

function failureOf(status: number | null, error: Error | undefined, stderr: string | null): string {
  if (error !== undefined && 'code' in error && error.code === 'ETIMEDOUT') return `stopped after ${mostMinutes} min`;
  if (error !== undefined) return withoutFolders(error.message);
  const lines = (stderr ?? '').trim().split('\n');
  const said = lines.find((line) => /error|fatal/i.test(line)) ?? lines.at(-1) ?? '';
  return `${status === null ? 'was killed' : `exit ${status}`}: ${withoutFolders(said).slice(0, 200)}`;
}

/** A message without the folders of the machine on which it was made. */
function withoutFolders(message: string): string {
  return message.replaceAll(/(?:[a-z]+:\/\/)?(?:\/[\w.-]+)+\//gi, '…/');
}
