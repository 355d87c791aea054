import type { Fault } from '../../base/problem.ts';
import type { Findings } from '../../schema/walk.ts';
import { book, bookFile } from './example.ts';
import type { RuleDefinition } from './rule.ts';

function check({ found }: { readonly found: Findings }): readonly Fault[] {
  return found.protoKeys.map((pointer) => ({
    rule: 'key',
    message: 'the key "__proto__" is not allowed',
    pointer,
    atKey: true,
    hint: 'rename it',
  }));
}

export const rule = {
  name: 'key',
  phase: 'record',
  severity: 'error',
  description:
    'A key has a name that the schema allows (`propertyNames`). No key is `__proto__`, even if the schema ' +
    'allows it: JavaScript programs that copy such an object can lose or misread the value.',
  bad: {
    files: { [bookFile]: '{\n  "id": "ferry",\n  "title": "The Ferry",\n  "notes": {\n    "__proto__": 1\n  }\n}\n' },
    at: `${bookFile}:5:5`,
  },
  good: { [bookFile]: book({ notes: { proto: 1 } }) },
  check,
} as const satisfies RuleDefinition;
