import type { Fault } from '../../base/problem.ts';
import { count } from '../../base/text.ts';
import { type Json, absolutePointer, isArray, resolvePointer } from '../../json/json.ts';
import type { FewestAt } from '../../schema/walk.ts';
import { book, bookFile } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/** Lists with fewer entries than a code leads one to expect. A missing list is not one of them. */
function check(record: Json, expected: readonly FewestAt[]): readonly Fault[] {
  return expected.flatMap(({ value, at, list, entries }): readonly Fault[] => {
    const pointer = absolutePointer(at, list) ?? '';
    const found = resolvePointer(record, pointer);
    if (!isArray(found) || found.length >= entries) return [];
    const code = JSON.stringify(value);
    const message = `${count(found.length, 'entry', 'entries')}, where ${code} at ${at} has at least ${entries}`;
    return [{ rule: 'fewest', pointer, message, hint: 'add what the source names, or choose another code' }];
  });
}

export const rule = {
  name: 'fewest',
  phase: 'record',
  severity: 'warning',
  description:
    'A list has as many entries as `x-fewest` of a code in the record says. It is a warning, since a source can name ' +
    'fewer.',
  bad: { files: { [bookFile]: book({ subjects: ['ferries'], form: 'anthology' }) }, at: `${bookFile}:4:15` },
  good: { [bookFile]: book({ subjects: ['ferries', 'ports'], form: 'anthology' }) },
  check,
} as const satisfies RuleDefinition;
