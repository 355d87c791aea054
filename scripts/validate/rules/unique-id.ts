import type { Fault } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import { below } from '../../json/json.ts';
import type { SeenRecord } from '../context.ts';
import { type Declared, inForms, sameText } from '../declaredIds.ts';
import type { RuleDefinition } from './rule.ts';

/** `twin` is the record that has the id already. */
function check({ raw, type, run }: SeenRecord, id: string, twin: Declared | undefined): readonly Fault[] {
  if (type.key === undefined || twin === undefined) return [];
  const where = twin.file === raw.file ? 'earlier in this file' : `in ${twin.file.shown}`;
  return [
    {
      rule: 'unique-id',
      message:
        twin.id === id
          ? `the id ${quoted(id)} stands ${where} too`
          : sameText(twin.id, id)
            ? `the id ${quoted(id)} is the same text as one ${where} in another Unicode form: ${inForms(id, twin.id)}`
            : `the id ${quoted(id)} differs only in case from ${quoted(twin.id)} ${where}`,
      pointer: below('', type.key),
      hint:
        run.options.layout === 'any'
          ? `if ${quoted(type.key)} identifies no record, say that the table has no key: --key ${type.name}=`
          : 'an id is used once in a table; upper and lower case do not tell two apart',
    },
  ];
}

export const rule = {
  name: 'unique-id',
  phase: 'project',
  severity: 'error',
  description:
    'No two records of a table have one id, nor ids that differ only in case or in the Unicode form of their ' +
    'letters: some file systems and programs take those for one.',
  bad: {
    files: { 'raw/authors/others.ndjson': '{"id":"eva","name":"Eva"}\n{"id":"eva","name":"Eva B."}\n' },
    at: 'raw/authors/others.ndjson:2:7',
  },
  good: { 'raw/authors/others.ndjson': '{"id":"eva","name":"Eva"}\n{"id":"eva-b","name":"Eva B."}\n' },
  check,
} as const satisfies RuleDefinition;
