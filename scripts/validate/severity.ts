import type { Fault, Severity } from '../base/problem.ts';
import { rules } from './rules/index.ts';

const byRule = new Map(rules.map(({ name, severity }) => [name, severity]));

/** How bad a fault is: what it says itself, else what its rule says. */
export function severityOf({ rule, severity }: Pick<Fault, 'rule' | 'severity'>): Severity {
  return severity ?? byRule.get(rule) ?? 'error';
}
