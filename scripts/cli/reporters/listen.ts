import type { Events } from '../../verbs/events.ts';
import type { ExitStatus, Terminal } from '../command.ts';
import { type Given, flags, switchFlag, textFlag } from '../flags.ts';
import { createProgress } from '../progress.ts';
import { type Format, type Report, createReport } from './problems.ts';

/** What a command does with the events of its verb. */
export interface Listener {
  /** To be passed to the verb. */
  readonly events: Events;
  readonly report: Report;
  /** Prints a line on standard error, unless the user wants problems only. */
  readonly say: (line: string) => void;
  /** Removes the progress line and prints the problems, after the verb has ended. */
  readonly end: () => void;
}

/** Collects problems and shows progress in the name of a command. */
export function listen(name: string, given: Given, terminal: Terminal): Listener {
  const quiet = switchFlag(given, flags.quiet);
  const report = createReport();
  const progress = createProgress(name, terminal, quiet);
  return {
    events: {
      onProblem: report.add,
      onWarning: (message) => terminal.err(`${name}: warning: ${message}\n`),
      onProgress: ({ share }) => progress.tick(share),
    },
    report,
    say(line) {
      if (!quiet) terminal.err(`${name}: ${line}\n`);
    },
    end() {
      progress.end();
      terminal.out(report.print(formatOf(given), terminal.coloured));
    },
  };
}

export function formatOf(given: Given): Format {
  const format = textFlag(given, flags.format);
  return format === 'json' || format === 'github' ? format : 'text';
}

export function statusOf({ passed }: { readonly passed: boolean }): ExitStatus {
  return passed ? 0 : 1;
}
