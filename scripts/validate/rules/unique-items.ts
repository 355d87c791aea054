import { below } from '../../json/json.ts';
import { book, bookFile } from './example.ts';
import type { Explain, KeywordRule } from './failedKeyword.ts';
import type { RuleDefinition } from './rule.ts';

const explain: Explain = ({ pointer, name, params }) => ({
  message: `elements ${String(params['j'])} and ${String(params['i'])} of ${name} are the same`,
  pointer: below(pointer, Number(params['i'])),
  hint: 'remove one of them',
});

export const rule = {
  name: 'unique-items',
  phase: 'record',
  severity: 'error',
  description:
    'A list has no element twice where its schema says `uniqueItems`. A second one would count twice in the child ' +
    'table of the list.',
  bad: { files: { [bookFile]: book({ subjects: ['ships', 'ships'] }) }, at: `${bookFile}:6:5` },
  good: { [bookFile]: book({ subjects: ['ships', 'ports'] }) },
  keywords: ['uniqueItems'],
  explain,
} as const satisfies RuleDefinition & KeywordRule;
