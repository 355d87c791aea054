import type { Problem } from '../base/problem.ts';

/** What a caller of a verb can listen to, and how it stops one. */
export interface Events {
  readonly onProblem?: (problem: Problem) => void;
  /** `share` is how much of the stage is done, from 0 to 1. */
  readonly onProgress?: (progress: {
    readonly stage: string;
    readonly records: number;
    readonly share: number;
  }) => void;
  readonly signal?: AbortSignal;
}
