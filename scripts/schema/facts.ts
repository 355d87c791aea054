import { type Json, isArray } from '../json/json.ts';
import { compareText } from '../base/text.ts';
import type { Located } from './schemaSet.ts';
import type { JsonType, Shape } from './shape.ts';

/** A combination of schemas, not yet resolved. */
export type Expression =
  | { readonly kind: 'schema'; readonly at: Located }
  | { readonly kind: 'all'; readonly parts: readonly Expression[] }
  | { readonly kind: 'any'; readonly parts: readonly Expression[] }
  /** A schema of whose alternatives one is met. */
  | { readonly kind: 'branch'; readonly at: Located; readonly choice: BranchChoice }
  /** A schema without its statements about arrays. */
  | { readonly kind: 'noArray'; readonly of: Expression }
  /** A schema that an instance may or may not have to meet. */
  | { readonly kind: 'maybe'; readonly of: Expression };

/** One of the alternatives of a schema. */
export interface BranchChoice {
  readonly key: 'oneOf' | 'anyOf';
  readonly index: number;
}

export interface PropertyFacts {
  readonly shape: Expression;
  readonly required: boolean;
  /** Named only under a test: it counts if nothing else names the property, and never narrows. */
  readonly weak: boolean;
}

/** What one expression says; properties stay expressions, so that recursive schemas end. */
export interface Facts extends Omit<
  Shape,
  'types' | 'typed' | 'properties' | 'members' | 'items' | 'oneOrItem' | 'identity' | 'branches'
> {
  /** Undefined if the schema names none. */
  readonly types: ReadonlySet<JsonType> | undefined;
  readonly properties: ReadonlyMap<string, PropertyFacts>;
  readonly members: readonly Expression[];
  readonly items: Expression | undefined;
}

export const silent: Facts = {
  sure: true,
  types: undefined,
  properties: new Map(),
  members: [],
  closed: false,
  items: undefined,
  minItems: 0,
  format: undefined,
  codes: undefined,
  title: undefined,
  description: undefined,
  unit: undefined,
  constraints: {},
  references: [],
  evidence: false,
  label: false,
  verbatim: false,
  ownWords: false,
  quoted: [],
  fewest: [],
  synonyms: [],
  grounds: undefined,
  distinct: false,
  alike: [],
  spans: false,
  document: false,
  uncoded: false,
  authority: false,
  issued: false,
  language: false,
  review: false,
  withdrawal: false,
  atMost: [],
  bounds: [],
  key: undefined,
  locations: [],
  cyclic: [],
};

export const allTypes: readonly JsonType[] = ['null', 'boolean', 'integer', 'number', 'string', 'object', 'array'];

export function anyOf(parts: readonly Expression[]): Expression {
  return combine('any', parts);
}

/** A combination without repetitions: otherwise the combinations of recursive schemas would grow without end. */
export function combine(kind: 'all' | 'any', parts: readonly Expression[]): Expression {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  const unique = [...new Map(flat.map((part) => [keyOf(part), part])).values()];
  const [only] = unique;
  return unique.length === 1 && only !== undefined ? only : { kind, parts: unique };
}

function keyOf(expression: Expression): string {
  if (expression.kind === 'schema') return expression.at.location;
  if (expression.kind === 'branch') return branchKey(expression);
  if (expression.kind === 'maybe' || expression.kind === 'noArray')
    return `${expression.kind}(${keyOf(expression.of)})`;
  return `${expression.kind}(${expression.parts.map(keyOf).toSorted(compareText).join()})`;
}

export function indices(value: Json | undefined): readonly number[] {
  return isArray(value) ? [...value.keys()] : [];
}

export function step(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The same for equal branches of a schema. */
export function branchKey({ at, choice }: Extract<Expression, { readonly kind: 'branch' }>): string {
  return `branch(${at.location} ${choice.key} ${choice.index})`;
}
