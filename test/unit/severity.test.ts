import { expect, test } from 'vitest';
import type { Fault, Severity } from '../../scripts/base/problem.ts';
import { severityOf } from '../../scripts/validate/severity.ts';

test.each<[Pick<Fault, 'rule' | 'severity'>, Severity]>([
  [{ rule: 'duplicate' }, 'warning'],
  [{ rule: 'duplicate', severity: 'error' }, 'error'],
  [{ rule: 'reference' }, 'error'],
  [{ rule: 'reference', severity: 'warning' }, 'warning'],
])('the fault %j is reported as %s', (fault, reported) => {
  expect(severityOf(fault)).toBe(reported);
});
