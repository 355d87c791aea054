import { count } from '../../base/text.ts';
import { isArray } from '../../json/json.ts';
import { bookFile } from './example.ts';
import { type Explain, type KeywordRule, emptyHint } from './failedKeyword.ts';
import type { RuleDefinition } from './rule.ts';

const units: Readonly<Record<string, string>> = {
  minLength: 'character',
  maxLength: 'character',
  minItems: 'element',
  minProperties: 'key',
  maxProperties: 'key',
  maxItems: 'element',
  // the schema knows no more elements of the list
  items: 'element',
  additionalItems: 'element',
  unevaluatedItems: 'element',
};

const explain: Explain = ({ keyword: failed, pointer, value, name, params, shape }) => {
  const limit = count(Number(params['limit']), units[failed] ?? 'element');
  if (value === '') return { message: `${name} is empty`, pointer, hint: emptyHint(shape, pointer) };
  const isShort = failed.startsWith('min');
  if (failed.endsWith('Length'))
    return { message: `${name} is ${isShort ? 'shorter' : 'longer'} than ${limit}`, pointer };
  return {
    message: `${name} has ${isShort ? 'fewer' : 'more'} than ${limit}`,
    pointer,
    hint: isShort && isArray(value) && value.length === 0 ? emptyHint(shape, pointer) : undefined,
  };
};

export const rule = {
  name: 'length',
  phase: 'record',
  severity: 'error',
  description:
    'A text has as many characters, a list as many elements and an object as many keys as its schema allows. An ' +
    'empty text or list usually means that nothing is known: then the field is left out.',
  bad: { files: { [bookFile]: { id: 'ferry', title: '' } }, at: `${bookFile}:3:12` },
  good: { [bookFile]: { id: 'ferry', title: 'The Ferry' } },
  keywords: Object.keys(units),
  explain,
} as const satisfies RuleDefinition & KeywordRule;
