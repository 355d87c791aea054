import { book, bookFile } from './example.ts';
import type { Explain, KeywordRule } from './failedKeyword.ts';
import type { RuleDefinition } from './rule.ts';

const explain: Explain = ({ keyword: failed, pointer, name, params }) => {
  if (failed === 'if') return { message: `${name} does not do what an "if" in its schema asks for`, pointer };
  const fits = Array.isArray(params['passingSchemas']) ? 'more than one' : 'none';
  return { message: `${name} fits ${fits} of the alternatives`, pointer };
};

export const rule = {
  name: 'alternatives',
  phase: 'record',
  severity: 'error',
  description:
    'A value fits one of the alternatives in its schema: at least one of `anyOf`, exactly one of `oneOf`. Where one ' +
    'alternative comes nearest, the message says what is wrong with that one instead, under its own rule.',
  bad: { files: { [bookFile]: book({ size: true }) }, at: `${bookFile}:4:11` },
  good: { [bookFile]: book({ size: { width: 12 } }) },
  keywords: ['oneOf', 'anyOf', 'if'],
  explain,
} as const satisfies RuleDefinition & KeywordRule;
