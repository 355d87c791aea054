import { list } from '../../base/text.ts';
import { book, bookFile } from './example.ts';
import type { Explain, KeywordRule } from './failedKeyword.ts';
import type { RuleDefinition } from './rule.ts';

const explain: Explain = ({ keyword: failed, pointer, name, params }) => {
  if (failed === 'if') return { message: `${name} does not meet what an "if" in its schema requires`, pointer };
  const { passingSchemas, fitting } = params;
  const fits = Array.isArray(passingSchemas) ? 'more than one' : 'none';
  const message = `${name} fits ${fits} of the alternatives`;
  return { message, pointer, ...(Array.isArray(fitting) ? { hint: `it fits ${list(fitting.map(String))}` } : {}) };
};

export const rule = {
  name: 'alternatives',
  phase: 'record',
  severity: 'error',
  description:
    'A value fits one of the alternatives in its schema: at least one of `anyOf`, exactly one of `oneOf`. If it fits ' +
    'none, the message says under its own rule what is wrong with the alternative that was meant: the one with ' +
    'the same constants, else the nearest.',
  bad: { files: { [bookFile]: book({ size: {} }) }, at: `${bookFile}:4:11` },
  good: { [bookFile]: book({ size: { width: 12 } }) },
  keywords: ['oneOf', 'anyOf', 'if'],
  explain,
} as const satisfies RuleDefinition & KeywordRule;
