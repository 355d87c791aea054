import type { Fault, Rule, Severity } from '../../base/problem.ts';
import type { JsonObject } from '../../json/json.ts';

/**
 * When a rule is checked: when its file is read, on its text, on one record, on all records, in the database of all
 * records, on a release.
 */
export type Phase = 'file' | 'text' | 'record' | 'project' | 'database' | 'release';

/** Files by path that are added to the example project, or replace its files. A record is an object. */
export type ExampleFiles = Readonly<Record<string, string | JsonObject>>;

/** Files that break a rule, and the place of the problem: `file:line:column`. */
export interface BadExample {
  readonly files: ExampleFiles;
  readonly at: string;
}

/** A rule: what it means, an example of both kinds, and its check, if it has its own. */
export interface RuleDefinition {
  readonly name: Rule;
  readonly phase: Phase;
  /** How bad its faults are, except those that have a severity of their own. */
  readonly severity: Severity;
  /** What is checked, and why. */
  readonly description: string;
  readonly bad: BadExample;
  readonly good: ExampleFiles;
  /** The JSON Schema keywords that check it, if there are any. */
  readonly keywords?: readonly string[];
  /** Each phase passes different arguments to its rules; see `validate/run.ts`. */
  readonly check?: (...seen: never[]) => readonly Fault[];
}
