import { mostSteps } from '../base/limits.ts';

/** A check that would follow more `$ref`s than its record can need. */
export class TooManySteps extends Error {}

let left = Number.POSITIVE_INFINITY;

/** Allows the check of one record, of this many UTF-16 units, its share of steps. */
export function allowSteps(units: number): void {
  left = mostSteps + 2 * units;
}

/**
 * Counts one `$ref` that is followed. Alternatives that refer to each other double the work at each level of a record:
 * a count ends that after the same work on each machine, which a clock would not. @throws TooManySteps
 */
export function lessSteps(): void {
  if (--left < 0) throw new TooManySteps();
}
