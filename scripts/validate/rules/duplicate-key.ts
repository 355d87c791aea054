import type { Fault } from '../../base/problem.ts';
import type { PlacedJson } from '../../json/positions.ts';
import { quoted } from '../../base/text.ts';
import { bookFile } from './example.ts';
import type { RuleDefinition } from './rule.ts';

function check({ duplicates }: Pick<PlacedJson, 'duplicates'>): readonly Fault[] {
  return duplicates.map(({ pointer, key, offset }) => ({
    rule: 'duplicate-key',
    message: `the key ${quoted(key)} is used twice in this object`,
    pointer,
    offset,
    hint: 'keep one of them',
  }));
}

export const rule = {
  name: 'duplicate-key',
  phase: 'text',
  severity: 'error',
  description:
    'An object has each key once. JSON does not define which value counts when a key is repeated, and readers ' +
    'differ.',
  bad: {
    files: { [bookFile]: '{\n  "id": "ferry",\n  "title": "The Ferry",\n  "title": "A Ferry"\n}\n' },
    at: `${bookFile}:4:3`,
  },
  good: { [bookFile]: '{\n  "id": "ferry",\n  "title": "The Ferry"\n}\n' },
  check,
} as const satisfies RuleDefinition;
