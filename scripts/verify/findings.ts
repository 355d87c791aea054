import type { Rule } from '../base/problem.ts';

/** Tells a problem with a file of a release, by its path in it; of a CSV with the line. */
export type Add = (file: string, rule: Rule, message: string, line?: number) => void;
