import type { Rule } from '../../base/problem.ts';
import type { KeywordRule } from './failedKeyword.ts';
import type { RuleDefinition } from './rule.ts';
import { rule as type } from './type.ts';
import { rule as required } from './required.ts';
import { rule as unknownKey } from './unknown-key.ts';
import { rule as enumeration } from './enum.ts';
import { rule as pattern } from './pattern.ts';
import { rule as format } from './format.ts';
import { rule as length } from './length.ts';
import { rule as range } from './range.ts';
import { rule as uniqueItems } from './unique-items.ts';
import { rule as alternatives } from './alternatives.ts';
import { rule as excluded } from './excluded.ts';
import { rule as contains } from './contains.ts';

/** The rules that keywords of JSON Schema check. */
const keywordRules: readonly (RuleDefinition & KeywordRule)[] = [
  type,
  required,
  unknownKey,
  enumeration,
  pattern,
  format,
  length,
  range,
  uniqueItems,
  alternatives,
  excluded,
  contains,
];

const byKeyword: ReadonlyMap<string, RuleDefinition & KeywordRule> = new Map(
  keywordRules.flatMap((rule) => rule.keywords.map((keyword) => [keyword, rule] as const)),
);

/** The rule of a keyword of JSON Schema. A keyword that no rule names counts as a failed alternative. */
export function ruleOfKeyword(keyword: string): RuleDefinition & KeywordRule {
  return byKeyword.get(keyword) ?? alternatives;
}

/** The rules that a schema can break: those of its keywords, and those about what keywords cannot express. */
export const schemaRules: ReadonlySet<Rule> = new Set<Rule>([
  ...keywordRules.map(({ name }) => name),
  'key',
  'complexity',
  'schema-link',
]);
