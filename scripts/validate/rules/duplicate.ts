import type { Fault } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import { type Mark, type Marks, type Named, sameMark } from '../duplicates.ts';
import type { RuleDefinition } from './rule.ts';

/** The first earlier record that looks the same, and in what. Adds the marks of this record. */
function check(marks: readonly Mark[], own: Named, known: Marks): readonly Fault[] {
  const faults: Fault[] = [];
  for (const mark of marks) {
    const before = sameMark(mark, own, known);
    // one warning for each other record
    if (before !== undefined && !faults.some(({ message }) => message.includes(quoted(before.name))))
      faults.push({
        rule: 'duplicate',
        pointer: mark.pointer,
        message: `${mark.what} ${mark.isMany ? 'are' : 'is'} the same as in ${quoted(before.name)}`,
        hint: 'if both describe the same thing, keep one of them; if not, make one refer to the other',
      });
    known.set(mark.key, [...(known.get(mark.key) ?? []), { ...own, mark }]);
  }
  return faults;
}

export const rule = {
  name: 'duplicate',
  phase: 'project',
  severity: 'warning',
  description:
    'Two records do not describe the same thing: no text with `x-distinct` is in two records of a table, ignoring ' +
    'case and accents; no two documents have the same bytes; and no two records of a table with `x-distinct` cite ' +
    'the same words and agree in all the fields that it names. A record that refers to the other one is not a ' +
    'duplicate. `new` asks for `--anyway` before it writes a duplicate.',
  bad: { files: { 'raw/authors/ida-b.json': { id: 'ida-b', name: 'ida' } }, at: 'raw/authors/ida-b.json:3:11' },
  good: { 'raw/authors/ida-b.json': { id: 'ida-b', name: 'Ida B.' } },
  check,
} as const satisfies RuleDefinition;
