import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The project's folder: every child stands in it. */
export const root = path.resolve(import.meta.dirname, '../..');

/** A program to start, and how. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Whether the child is a Node process whose peak memory is asked for. */
  readonly memory?: boolean;
}

/** How a child process went: whole process, from before it is started until after it has ended. */
export interface Outcome {
  readonly seconds: number;
  /** Highest resident memory in bytes, of a Node child that was asked for it and came to its end. */
  readonly peakBytes?: number;
  /** Why the figure means nothing: how it ended, and what it said on stderr. */
  readonly failure?: string;
}

/** No child may take longer. */
const mostMinutes = 20;

const memoryModule = pathToFileURL(path.join(import.meta.dirname, 'peakMemory.mjs')).href;

/** Runs a command to its end; what it prints on stdout is dropped. */
export function runChild({ program, args, memory = false }: Command): Outcome {
  const started = performance.now();
  const child = spawnSync(program, memory ? ['--import', memoryModule, ...args] : args, {
    cwd: root,
    env: { ...process.env, SOURCES: '' },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    timeout: mostMinutes * 60_000,
    killSignal: 'SIGKILL',
  });
  const seconds = (performance.now() - started) / 1000;
  if (child.error !== undefined || child.status !== 0)
    return { seconds, failure: failureOf(child.status, child.error, child.stderr) };
  return memory ? { seconds, peakBytes: Number(child.output[3]) * 1024 } : { seconds };
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
