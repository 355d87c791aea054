import { book, bookFile } from './example.ts';
import { type Explain, type KeywordRule, shown } from './failedKeyword.ts';
import type { RuleDefinition } from './rule.ts';

const breaches: Readonly<Record<string, string>> = {
  minimum: 'less than the minimum of',
  maximum: 'more than the maximum of',
  exclusiveMinimum: 'but must be more than',
  exclusiveMaximum: 'but must be less than',
  multipleOf: 'not a multiple of',
};

const explain: Explain = ({ keyword: failed, pointer, value, name, params }) => {
  const limit = String(params['limit'] ?? params['multipleOf']);
  return { message: `${name} is ${shown(value)}, ${breaches[failed] ?? 'out of the range of'} ${limit}`, pointer };
};

export const rule = {
  name: 'range',
  phase: 'record',
  severity: 'error',
  description: 'A number is between the least and the greatest that its schema allows, and of the right step.',
  bad: { files: { [bookFile]: book({ full_price: -3 }) }, at: `${bookFile}:4:17` },
  good: { [bookFile]: book({ full_price: 3 }) },
  keywords: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  explain,
} as const satisfies RuleDefinition & KeywordRule;
