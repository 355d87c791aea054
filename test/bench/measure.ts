import { type Command, type Outcome, runChild } from './child.ts';

/** Something to time: commands that run one after the other. */
export interface Measure {
  readonly name: string;
  readonly commands: readonly Command[];
  /** Called after each run, outside the measured time. */
  readonly tidy?: () => void;
}

/** The results of the runs of a measure. */
export interface Measured {
  readonly name: string;
  readonly runs: number;
  readonly fastest: number;
  /** Median of the runs, in seconds. */
  readonly median: number;
  readonly slowest: number;
  /** Median of the processor time, in seconds. */
  readonly cpuMedian: number;
  /** Highest peak memory of any run, in bytes. */
  readonly peakBytes?: number;
  /** Set if a run failed: then the times mean nothing. */
  readonly failure?: string;
}

/**
 * Runs every measure once in each round, so that a slow phase of the machine affects all of them. A measure that has
 * failed is not run again.
 * @param report called after each run
 */
export function measureInRounds(
  measures: readonly Measure[],
  rounds: number,
  report: (line: string) => void,
): readonly Measured[] {
  const outcomes = new Map(measures.map((measure): [Measure, Outcome[]] => [measure, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const [measure, known] of outcomes) {
      if (known.some((outcome) => outcome.failure !== undefined)) continue;
      const outcome = runMeasure(measure);
      known.push(outcome);
      report(
        `${round}/${rounds} ${measure.name}: ${outcome.failure ?? `${outcome.seconds.toFixed(2)} s, CPU ${outcome.cpuSeconds.toFixed(2)} s`}`,
      );
    }
  }
  return [...outcomes].map(([measure, known]) => summarize(measure.name, known));
}

function runMeasure({ commands, tidy }: Measure): Outcome {
  const outcomes = commands.map((command) => runChild(command));
  tidy?.();
  const seconds = outcomes.reduce((sum, outcome) => sum + outcome.seconds, 0);
  const cpuSeconds = outcomes.reduce((sum, outcome) => sum + outcome.cpuSeconds, 0);
  return { seconds, cpuSeconds, ...peakOf(outcomes), ...failureOf(outcomes) };
}

function summarize(name: string, outcomes: readonly Outcome[]): Measured {
  const seconds = outcomes.map((outcome) => outcome.seconds).toSorted((a, b) => a - b);
  return {
    name,
    runs: outcomes.length,
    fastest: seconds[0] ?? Number.NaN,
    median: median(seconds),
    slowest: seconds.at(-1) ?? Number.NaN,
    cpuMedian: median(outcomes.map((outcome) => outcome.cpuSeconds).toSorted((a, b) => a - b)),
    ...peakOf(outcomes),
    ...failureOf(outcomes),
  };
}

function peakOf(outcomes: readonly Outcome[]): { readonly peakBytes?: number } {
  const peaks = outcomes.flatMap(({ peakBytes }) => (peakBytes === undefined ? [] : [peakBytes]));
  return peaks.length === 0 ? {} : { peakBytes: Math.max(...peaks) };
}

function failureOf(outcomes: readonly Outcome[]): { readonly failure?: string } {
  const failure = outcomes.find((outcome) => outcome.failure !== undefined)?.failure;
  return failure === undefined ? {} : { failure };
}

/** The middle of sorted numbers; the mean of the two in the middle if their count is even. */
function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
}
