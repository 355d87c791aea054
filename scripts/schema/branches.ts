import { isObject } from '../json/json.ts';
import { type Expression, combine, indices } from './facts.ts';
import { encodeFragment } from './location.ts';
import { codeList, isReferenceOnly } from './ownFacts.ts';
import type { Located, SchemaSet } from './schemaSet.ts';

/** An alternative that is not resolved yet: by itself, and with what the schema around it says. */
export interface OpenBranch {
  readonly own: Expression;
  readonly whole: Expression;
  /** Whether no other alternative may be met too. */
  readonly exclusive: boolean;
}

/** The alternatives of an expression; none if it has several lists of them. A list of codes is none. */
export function branchesOf(schemas: SchemaSet, expression: Expression): readonly OpenBranch[] {
  if (expression.kind === 'maybe') return branchesOf(schemas, expression.of);
  if (expression.kind === 'schema') return schemaBranches(schemas, expression.at, new Set());
  if (expression.kind !== 'all') return [];
  const found = expression.parts.map((part) => branchesOf(schemas, part));
  const [only, other] = found.flatMap((branches, i) => (branches.length > 0 ? [i] : []));
  if (only === undefined || other !== undefined) return [];
  const others = expression.parts.toSpliced(only, 1);
  return (found[only] ?? []).map((each) => ({ ...each, whole: combine('all', [...others, each.whole]) }));
}

/** @param passed locations of references that led here */
function schemaBranches(schemas: SchemaSet, at: Located, passed: ReadonlySet<string>): readonly OpenBranch[] {
  const { schema, location } = at;
  if (!isObject(schema) || passed.has(location)) return [];
  const lists = (['oneOf', 'anyOf'] as const).filter(
    (each) => indices(schema[each]).length > 1 && codeList(schema[each]) === undefined,
  );
  const [key, other] = lists;
  const reference = schema['$ref'];
  if (key === undefined && typeof reference === 'string' && isReferenceOnly(schema))
    return schemaBranches(schemas, schemas.at(reference), new Set([...passed, location]));
  if (key === undefined || other !== undefined) return [];
  return indices(schema[key]).map((index) => ({
    own: { kind: 'schema', at: schemas.at(`${location}${encodeFragment(`/${key}/${index}`)}`) },
    whole: { kind: 'branch', at, choice: { key, index } },
    exclusive: key === 'oneOf',
  }));
}
