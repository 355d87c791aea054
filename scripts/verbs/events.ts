import { breather } from '../disk/breathe.ts';
import type { Problem } from '../base/problem.ts';

/** The progress of a verb. */
export interface Progress {
  /** The current work, in one word: the name of the verb. */
  readonly stage: string;
  /** Records read so far. */
  readonly records: number;
  /** Share of the files that has been read, from 0 to 1. */
  readonly share: number;
}

/** What a verb reports while it runs, and how to cancel it. Each member is optional. */
export interface Events {
  /** A problem with the data, as soon as it is found; those with references come last. */
  readonly onProblem?: (problem: Problem) => void;
  /** A sentence about the run that is not a problem with the data. */
  readonly onWarning?: (message: string) => void;
  /** Called for each record that has been read. */
  readonly onProgress?: (progress: Progress) => void;
  /** Cancels the verb: it removes unfinished work and throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** How many problems a verb has found. */
export interface Tally {
  readonly errors: number;
  readonly warnings: number;
  /** No errors; in a strict project, no warnings either. */
  readonly passed: boolean;
}

/** Counts problems and passes them on. */
export function tallying(events: Events, strict: boolean): { report: (problem: Problem) => void; tally: () => Tally } {
  let errors = 0;
  let warnings = 0;
  return {
    report(problem) {
      if (problem.severity === 'error') errors++;
      else warnings++;
      events.onProblem?.(problem);
    },
    tally: () => ({ errors, warnings, passed: errors === 0 && (!strict || warnings === 0) }),
  };
}

/** Call the result for each record that has been read. @throws the signal's reason if the verb is cancelled */
export function ticker(stage: string, { onProgress, signal }: Events): (share: number) => void {
  let records = 0;
  return (share) => {
    signal?.throwIfAborted();
    records++;
    onProgress?.({ stage, records, share });
  };
}

/** The clock is checked once for this many records. A power of two. */
const every = 64;

/** Runs through records, and lets the event loop run now and then, so that a cancellation is noticed. */
export async function drain(records: Iterable<unknown>, { signal }: Events): Promise<void> {
  const breathe = breather();
  let passed = 0;
  for (const _ of records) {
    if (++passed % every !== 0) continue;
    await breathe();
    signal?.throwIfAborted();
  }
}
