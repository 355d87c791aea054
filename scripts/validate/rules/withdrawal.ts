import type { Fault } from '../../base/problem.ts';
import { list, quoted } from '../../base/text.ts';
import type { Withdrawal } from '../../schema/extensions.ts';
import type { Reference } from '../../schema/walk.ts';
import { book, bookFile } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/** A reference to a withdrawn record. */
function check(
  { tables, id, pointer }: Reference,
  withdrawalOf: (table: string, id: string) => Withdrawal | undefined,
): readonly Fault[] {
  for (const table of tables) {
    const found = withdrawalOf(table, id);
    if (found === undefined) continue;
    const instead =
      found.replacedBy === undefined || found.replacedBy === id
        ? 'remove the reference'
        : `refer to ${quoted(found.replacedBy)}`;
    const message = `${quoted(id)} was withdrawn on ${found.date}: ${quoted(found.reason)}`;
    return [{ rule: 'withdrawal', pointer, message, hint: instead }];
  }
  return [];
}

/** A replacement must lead to a record that is not withdrawn, even through several withdrawn ones. */
export function leadsNowhere(
  { id, pointer }: Reference,
  withdrawalOf: (id: string) => Withdrawal | undefined,
): readonly Fault[] {
  const passed = new Set<string>();
  for (let at = id, next = withdrawalOf(at); next !== undefined; next = withdrawalOf(at)) {
    if (next.replacedBy === at) {
      const message = `${quoted(at)} cannot replace itself`;
      return [{ rule: 'withdrawal', pointer, message, hint: 'name another record, or remove "replaced_by"' }];
    }
    if (passed.has(at)) {
      const message = `the replacements form a cycle: ${list([...passed].map((step) => quoted(step)))}`;
      return [
        { rule: 'withdrawal', pointer, message, hint: 'one of them must lead to a record that is not withdrawn' },
      ];
    }
    passed.add(at);
    const { replacedBy } = next;
    if (replacedBy === undefined) {
      const message = `the replacement ${quoted(at)} is withdrawn itself, without a replacement`;
      return [{ rule: 'withdrawal', pointer, message, hint: 'name a record that is not withdrawn, or none' }];
    }
    at = replacedBy;
  }
  return [];
}

export const rule = {
  name: 'withdrawal',
  phase: 'project',
  severity: 'error',
  description:
    'Nothing refers to a withdrawn record, a replacement leads to a record that is not withdrawn, and a published ' +
    'record stays in its file. Published ids never vanish: a record that is wrong as a whole stays, and its ' +
    'withdrawal says so.',
  bad: {
    files: {
      'raw/authors/eva.json': { id: 'eva', name: 'Eva', withdrawn: { date: '2026-03-01', reason: 'Is Ida.' } },
      [bookFile]: book({ author: 'eva' }),
    },
    at: `${bookFile}:4:13`,
  },
  good: {
    'raw/authors/eva.json': { id: 'eva', name: 'Eva', withdrawn: { date: '2026-03-01', reason: 'Is Ida.' } },
    [bookFile]: book({ author: 'ida' }),
  },
  check,
} as const satisfies RuleDefinition;
