import type { Measured } from './measure.ts';

/** A line of the table: a figure, and the bound that it must keep. */
export interface Row {
  readonly measure: string;
  /** The figure as printed, or why there is none. */
  readonly figure: string;
  /** The bound as printed, undefined where the figure is only for comparison. */
  readonly bound: string | undefined;
  readonly met: boolean | undefined;
  /** The absolute figures behind a ratio. */
  readonly behind: string;
}

/** What a ratio must keep to. */
export interface Bound {
  readonly most?: number;
  readonly least?: number;
}

/** How many times longer `slow` takes than `quick`: a ratio of medians. */
export function ratioRow(measure: string, slow: Measured, quick: Measured, bound: Bound = {}): Row {
  const behind = `${seconds(slow)} against ${seconds(quick)}`;
  const failure = slow.failure ?? quick.failure;
  const printed = printBound(bound, '×');
  if (failure !== undefined) return { measure, figure: failure, bound: printed, met: failed(printed), behind };
  const ratio = slow.median / quick.median;
  return { measure, figure: `${ratio.toFixed(2)} ×`, bound: printed, met: keeps(ratio, bound), behind };
}

/** How long something took, where users were promised a time. */
export function secondsRow(measure: string, measured: Measured, most: number): Row {
  const { median, failure } = measured;
  const bound = `≤ ${most} s`;
  if (failure !== undefined) return { measure, figure: failure, bound, met: false, behind: 'no time' };
  const figure = `${median.toFixed(2)} s`;
  return { measure, figure, bound, met: median <= most, behind: seconds(measured) };
}

/** The highest peak memory of any run, in millions of bytes. */
export function memoryRow(measure: string, measured: Measured, most?: number): Row {
  const { peakBytes, failure } = measured;
  const bound = most === undefined ? undefined : `≤ ${most} MB`;
  const behind = seconds(measured);
  if (failure !== undefined || peakBytes === undefined)
    return { measure, figure: failure ?? 'not known', bound, met: failed(bound), behind };
  const met = most === undefined ? undefined : peakBytes <= most * 1e6;
  return { measure, figure: megabytes(peakBytes), bound, met, behind };
}

/** A ratio to several measures together, such as a task done in two steps. */
export function together(name: string, measures: readonly Measured[]): Measured {
  const sum = (of: (measured: Measured) => number): number => measures.reduce((total, each) => total + of(each), 0);
  const failure = measures.find((each) => each.failure !== undefined)?.failure;
  return {
    name,
    runs: Math.min(...measures.map((each) => each.runs)),
    fastest: sum((each) => each.fastest),
    median: sum((each) => each.median),
    slowest: sum((each) => each.slowest),
    cpuMedian: sum((each) => each.cpuMedian),
    ...(failure === undefined ? {} : { failure }),
  };
}

/** Something that could not be measured here. */
export function notRunRow(measure: string, why: string): Row {
  return { measure, figure: 'NOT RUN', bound: undefined, met: undefined, behind: why };
}

/** How many times larger something is. Sizes are in bytes. */
export function sizeRow(measure: string, large: number, small: number, bound: Bound = {}): Row {
  const ratio = large / small;
  const behind = `${megabytes(large)} against ${megabytes(small)}`;
  return { measure, figure: `${ratio.toFixed(2)} ×`, bound: printBound(bound, '×'), met: keeps(ratio, bound), behind };
}

/** Sizes of several things, in bytes, for comparison. */
export function sizesRow(measure: string, sizes: Readonly<Record<string, number>>): Row {
  const all = Object.entries(sizes).map(([name, bytes]) => `${name} ${megabytes(bytes)}`);
  const total = Object.values(sizes).reduce((sum, bytes) => sum + bytes, 0);
  return { measure, figure: megabytes(total), bound: undefined, met: undefined, behind: all.join(', ') };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

/** Seconds with as many digits as say something, and the processor time behind them. */
function seconds({ median, cpuMedian, failure }: Measured): string {
  if (failure !== undefined) return 'no time';
  return `${median.toFixed(median < 10 ? 2 : 1)} s (CPU ${cpuMedian.toFixed(cpuMedian < 10 ? 2 : 1)})`;
}

function printBound({ most, least }: Bound, unit: string): string | undefined {
  if (most !== undefined) return `≤ ${most} ${unit}`;
  return least === undefined ? undefined : `≥ ${least} ${unit}`;
}

function keeps(value: number, { most, least }: Bound): boolean | undefined {
  if (most !== undefined) return value <= most;
  return least === undefined ? undefined : value >= least;
}

/** A measure that failed has not kept its bound, if it had one. */
function failed(bound: string | undefined): false | undefined {
  return bound === undefined ? undefined : false;
}
