import { list, quoted } from '../../base/text.ts';
import { book, bookFile } from './example.ts';
import type { Explain, KeywordRule } from './failedKeyword.ts';
import type { RuleDefinition } from './rule.ts';

const explain: Explain = ({ pointer, name, wanted }) => {
  const names = namesRequired(wanted).map((each) => quoted(each));
  const what = names.length === 0 ? 'is of a form that is not allowed' : `must not have ${list(names, 'or')} here`;
  return { message: `${name} ${what}`, pointer };
};

/** The keys that a schema under `not` requires, and so forbids. */
export function namesRequired(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if ('required' in schema && Array.isArray(schema.required)) return schema.required.map(String);
  return 'anyOf' in schema && Array.isArray(schema.anyOf) ? schema.anyOf.flatMap(namesRequired) : [];
}

export const rule = {
  name: 'excluded',
  phase: 'record',
  severity: 'error',
  description:
    'A value is none of those that its schema excludes with `not`, and no field is present that another one rules ' +
    'out.',
  bad: { files: { [bookFile]: book({ lost: true, shelf: 'A3' }) }, at: `${bookFile}:5:3` },
  good: { [bookFile]: book({ lost: false, shelf: 'A3' }) },
  keywords: ['not', 'false schema'],
  explain,
} as const satisfies RuleDefinition & KeywordRule;
