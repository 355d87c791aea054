// Runs the commands on one project after another, in a process that its parent can end.
import process from 'node:process';
import { type Violation, brokenLaws, differsOnCommandLine } from './laws.ts';

/** A request of the parent: the laws for the project in a folder. */
export interface Task {
  readonly folder: string;
  readonly args: readonly string[];
  readonly seed: number;
  /** Whether to try the command line as well. */
  readonly commandLine: boolean;
}

/** An answer: the step that begins, or the end, with the peak memory so far in MiB. */
export type Message =
  | { readonly step: string }
  | { readonly command: string; readonly status: number }
  | { readonly violations: readonly Violation[]; readonly peak: number };

const send = (message: Message): void => void process.send?.(message);

async function judge({ folder, args, seed, commandLine }: Task): Promise<Message> {
  const begins = (step: string): void => send({ step });
  const ended = (command: string, status: number): void => send({ command, status });
  const violations: Violation[] = [];
  try {
    if (commandLine) {
      begins('command line');
      violations.push(...(await differsOnCommandLine(folder, args)));
    }
    violations.push(...(await brokenLaws(folder, args, seed, { begins, ended })));
  } catch (error) {
    const seen = error instanceof Error ? (error.stack ?? error.message) : String(error);
    violations.push({ law: 'nothing is thrown beside the commands', seen });
  }
  return { violations, peak: process.resourceUsage().maxRSS / 1024 };
}

process.on('message', (task: Task) => void judge(task).then(send));
send({ step: 'start' });
