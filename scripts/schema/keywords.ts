import { editDistance } from '../base/suggestions.ts';
import { keywords as ours } from './extensions.ts';

/** How further schemas are contained in the value of a keyword. */
type Holds = 'schema' | 'schemas' | 'map' | 'schema or schemas' | 'map of schema or names' | undefined;

/** Keywords whose schemas describe the structure of instances. */
export const structural: ReadonlySet<string> = new Set([
  'allOf',
  'anyOf',
  'oneOf',
  'if',
  'then',
  'else',
  'dependentSchemas',
  'dependencies',
  'properties',
  'patternProperties',
  'additionalProperties',
  'unevaluatedProperties',
  'items',
  'prefixItems',
  'additionalItems',
]);

/** JSON Schema 2020-12, 2019-09 and draft-07 in one list: each keyword, and how it contains schemas. */
const standard: Readonly<Record<string, Holds>> = {
  $id: undefined,
  $schema: undefined,
  $ref: undefined,
  $anchor: undefined,
  $dynamicRef: undefined,
  $dynamicAnchor: undefined,
  $recursiveRef: undefined,
  $recursiveAnchor: undefined,
  $vocabulary: undefined,
  $comment: undefined,
  $defs: 'map',
  definitions: 'map',
  allOf: 'schemas',
  anyOf: 'schemas',
  oneOf: 'schemas',
  not: 'schema',
  if: 'schema',
  then: 'schema',
  else: 'schema',
  dependentSchemas: 'map',
  dependencies: 'map of schema or names',
  prefixItems: 'schemas',
  items: 'schema or schemas',
  additionalItems: 'schema',
  contains: 'schema',
  properties: 'map',
  patternProperties: 'map',
  additionalProperties: 'schema',
  propertyNames: 'schema',
  unevaluatedItems: 'schema',
  unevaluatedProperties: 'schema',
  type: undefined,
  enum: undefined,
  const: undefined,
  multipleOf: undefined,
  maximum: undefined,
  exclusiveMaximum: undefined,
  minimum: undefined,
  exclusiveMinimum: undefined,
  maxLength: undefined,
  minLength: undefined,
  pattern: undefined,
  maxItems: undefined,
  minItems: undefined,
  uniqueItems: undefined,
  maxContains: undefined,
  minContains: undefined,
  maxProperties: undefined,
  minProperties: undefined,
  required: undefined,
  dependentRequired: undefined,
  title: undefined,
  description: undefined,
  default: undefined,
  deprecated: undefined,
  readOnly: undefined,
  writeOnly: undefined,
  examples: undefined,
  format: undefined,
  contentEncoding: undefined,
  contentMediaType: undefined,
  contentSchema: 'schema',
  discriminator: undefined,
};

/** Annotations of other tools that are close to a known keyword but not misspelled. */
const bystanders = new Set(['example', 'defaults', 'id']);

/** How the keyword contains schemas, or undefined if it contains none. */
export function holds(keyword: string): Holds {
  return Object.hasOwn(standard, keyword) ? standard[keyword] : undefined;
}

/**
 * The keyword that an unknown one is a misspelling of: at edit distance 1, or 2 from eight letters on. A misspelling
 * must not switch a check off.
 */
export function misspelt(keyword: string): string | undefined {
  if (Object.hasOwn(standard, keyword) || ours.includes(keyword) || bystanders.has(keyword)) return undefined;
  const most = keyword.length >= 8 ? 2 : 1;
  return [...Object.keys(standard), ...ours].find((known) => editDistance(keyword, known, most) <= most);
}

/** Whether it is an extension keyword that the toolkit does not know. */
export function unknownExtension(keyword: string): boolean {
  return keyword.startsWith('x-') && !ours.includes(keyword);
}

/** A schema directly inside another: its keyword, and the JSON Pointer from the outer one. */
export interface InnerSchema {
  readonly schema: unknown;
  readonly keyword: string;
  readonly pointer: string;
}

/** The schemas that are directly inside one. */
export function* innerSchemas(schema: Readonly<Record<string, unknown>>): Generator<InnerSchema> {
  for (const keyword of Object.keys(schema)) {
    const holding = holds(keyword);
    if (holding === undefined) continue;
    const value = schema[keyword];
    const below = `/${keyword}`;
    if (Array.isArray(value)) {
      if (holding === 'map') continue;
      for (const [i, inner] of value.entries()) yield { schema: inner, keyword, pointer: `${below}/${i}` };
    } else if (holding === 'map' || holding === 'map of schema or names') {
      for (const [name, inner] of isRecord(value) ? Object.entries(value) : [])
        yield { schema: inner, keyword, pointer: `${below}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}` };
    } else yield { schema: value, keyword, pointer: below };
  }
}

/** Every schema in a schema document, with the JSON Pointer of each. */
export function* subschemas(
  schema: unknown,
  pointer = '',
): Generator<{ readonly schema: Record<string, unknown>; readonly pointer: string }> {
  // generators that wait for each other take a step each for every value
  const open: { readonly schema: unknown; readonly pointer: string }[] = [{ schema, pointer }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { schema: own, pointer: here } = at;
    if (!isRecord(own)) continue;
    yield { schema: own, pointer: here };
    const inside = [...innerSchemas(own)].map((inner) => ({ schema: inner.schema, pointer: here + inner.pointer }));
    open.push(...inside.toReversed());
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
