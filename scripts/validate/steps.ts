import { mostSteps } from '../base/limits.ts';

/** A check that would follow more `$ref`s than its record can need. */
export class TooManySteps extends Error {}

let left = Number.POSITIVE_INFINITY;

/** Sets the number of steps for the check of one record of this many UTF-16 units. */
export function allowSteps(units: number): void {
  left = mostSteps + 2 * units;
}

/**
 * Counts one `$ref` that is followed. Alternatives that refer to each other double the work at each level of a record.
 * A count ends the check after the same work on every machine, unlike a clock. @throws TooManySteps
 */
export function lessSteps(): void {
  if (--left < 0) throw new TooManySteps();
}
