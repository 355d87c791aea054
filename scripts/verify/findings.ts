import type { FileSystem } from '../disk/fileSystem.ts';
import type { Rule } from '../base/problem.ts';

/** Reports a problem with a file of a release, by its path in it; for a CSV with the line. */
export type Add = (file: string, rule: Rule, message: string, line?: number) => void;

/** A release that is being checked, and where to report problems. */
export interface CheckedRelease {
  readonly fs: FileSystem;
  /** Absolute path of its folder. */
  readonly release: string;
  /** SHA-256 of each of its files, by path in the release. */
  readonly digests: ReadonlyMap<string, string>;
  readonly add: Add;
}
