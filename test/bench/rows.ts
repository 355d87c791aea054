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
  return { measure, figure: seconds(measured), bound, met: median <= most, behind: '' };
}

const gibibyte = 1024 ** 3;

/** The highest peak memory of any run. */
export function memoryRow(measure: string, measured: Measured, mostGiB: number): Row {
  const { peakBytes, failure } = measured;
  const bound = `≤ ${mostGiB} GiB`;
  const behind = seconds(measured);
  if (failure !== undefined || peakBytes === undefined)
    return { measure, figure: failure ?? 'not known', bound, met: false, behind };
  const peak = peakBytes / gibibyte;
  return { measure, figure: `${peak.toFixed(2)} GiB`, bound, met: peak <= mostGiB, behind };
}

/** Seconds with as many digits as say something. */
function seconds({ median, failure }: Measured): string {
  return failure === undefined ? `${median.toFixed(median < 10 ? 2 : 1)} s` : 'no time';
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
