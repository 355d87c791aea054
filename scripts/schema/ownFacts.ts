import { type Json, type JsonObject, isArray, isObject } from '../json/json.ts';
import { type Bound, type Fewest, type Grounds, type Synonym, keyword, keywords } from './extensions.ts';
import { structural } from './keywords.ts';
import { propertyNames } from './propertyOrder.ts';
import type { JsonType, Code } from './shape.ts';
import { type Expression, type PropertyFacts, type Facts, allTypes, anyOf, indices, step } from './facts.ts';
import { maybe } from './combineFacts.ts';

/** What the keywords of one schema object say by themselves. */
export function ownFacts(
  schema: JsonObject,
  location: string,
  leadsBack: boolean,
  at: (pointer: string) => Expression,
): Facts {
  const codes = distinct(codeList(schema['oneOf']) ?? codeList(schema['anyOf']) ?? enumeration(schema));
  return {
    sure: true,
    types: typesOf(schema, codes),
    properties: namedProperties(schema, at),
    members: memberSchemas(schema, at),
    closed: ['additionalProperties', 'unevaluatedProperties'].some((key) => isClosing(schema[key])),
    items: itemSchema(schema, at),
    minItems: typeof schema['minItems'] === 'number' ? schema['minItems'] : 0,
    format: text(schema['format']),
    codes,
    title: text(schema['title']),
    description: text(schema['description']),
    unit: text(schema[keyword.unit]),
    constraints: constraintsOf(schema),
    references: texts(schema[keyword.references]),
    evidence: schema[keyword.evidence] === true,
    label: schema[keyword.label] === true,
    verbatim: schema[keyword.verbatim] === true,
    ownWords: schema[keyword.ownWords] === true,
    quoted: texts(schema[keyword.quoted]),
    fewest: fewestOf(schema[keyword.fewest]),
    synonyms: synonymsOf(schema[keyword.synonyms]),
    grounds: groundsOf(schema[keyword.grounds]),
    distinct: schema[keyword.distinct] === true,
    alike: isArray(schema[keyword.distinct]) ? texts(schema[keyword.distinct]) : [],
    spans: schema[keyword.spans] === true,
    document: schema[keyword.document] === true,
    authority: schema[keyword.authority] === true,
    uncoded: schema[keyword.uncoded] === true,
    issued: schema[keyword.issued] === true,
    language: schema[keyword.language] === true,
    review: schema[keyword.review] === true,
    withdrawal: schema[keyword.withdrawal] === true,
    atMost: texts(schema[keyword.atMost]),
    bounds: boundsOf(schema[keyword.atMost]),
    key: text(schema[keyword.key]),
    locations: isReferenceOnly(schema) ? [] : [location],
    cyclic: isReferenceOnly(schema) || !leadsBack ? [] : [location],
  };
}

/** Whether a schema for other members rules them out. */
function isClosing(others: Json | undefined): boolean {
  return others === false || (isObject(others) && Object.keys(others).length > 0);
}

/** Keywords next to a `$ref` that change the shape of instances; all others only describe or narrow its target. */
const shaping: ReadonlySet<string> = new Set([
  ...structural,
  'type',
  'enum',
  'const',
  'format',
  'required',
  'minItems',
  ...keywords.filter((name) => name !== keyword.unit),
]);

/** Whether a schema describes the shape of instances only by its `$ref`. */
export function isReferenceOnly(schema: JsonObject): boolean {
  return schema['$ref'] !== undefined && !Object.keys(schema).some((key) => shaping.has(key));
}

function constraintsOf(schema: JsonObject): Record<string, Json> {
  const found: Record<string, Json> = {};
  for (const key of ['pattern', 'minimum', 'maximum', 'minLength', 'maxLength']) {
    const value = schema[key];
    if (value !== undefined) found[key] = value;
  }
  return found;
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function texts(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return isArray(value) ? value.filter((v) => typeof v === 'string') : [];
}

function boundsOf(value: Json | undefined): readonly Bound[] {
  return Object.entries(isObject(value) ? value : {}).flatMap(([code, limits]) =>
    Object.entries(isObject(limits) ? limits : {}).flatMap(([of, limit]) =>
      typeof limit === 'string' ? [{ code, value: of, limit }] : [],
    ),
  );
}

function fewestOf(value: Json | undefined): readonly Fewest[] {
  return Object.entries(isObject(value) ? value : {}).flatMap(([code, lists]) =>
    Object.entries(isObject(lists) ? lists : {}).flatMap(([list, entries]) =>
      typeof entries === 'number' ? [{ code, list, entries }] : [],
    ),
  );
}

function synonymsOf(value: Json | undefined): readonly Synonym[] {
  return Object.entries(isObject(value) ? value : {}).flatMap(([words, meaning]) =>
    typeof meaning === 'string' ? [{ text: words, meaning }] : [],
  );
}

function groundsOf(value: Json | undefined): Grounds | undefined {
  if (!isObject(value)) return undefined;
  const { stated, resolved, inferred, reason } = value;
  if (typeof stated !== 'string' || typeof resolved !== 'string') return undefined;
  return { stated, resolved, inferred: text(inferred), reason: text(reason) };
}

function typesOf(schema: JsonObject, codes: readonly Code[] | undefined): ReadonlySet<JsonType> | undefined {
  const named = texts(schema['type']).filter((t) => allTypes.some((known) => known === t));
  if (named.length > 0) return new Set(allTypes.filter((t) => named.includes(t)));
  return codes === undefined ? undefined : new Set(codes.map(({ code }) => typeOf(code)));
}

/** The JSON Schema type of a value; a whole number is an `integer`. */
export function typeOf(value: Json): JsonType {
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value === 'string') return 'string';
  return typeof value === 'boolean' ? 'boolean' : 'object';
}

/** A `oneOf` or `anyOf` whose branches are only a `const` with documentation. */
export function codeList(branches: Json | undefined): readonly Code[] | undefined {
  if (!isArray(branches) || branches.length === 0) return undefined;
  const codes: Code[] = [];
  for (const branch of branches) {
    if (!isObject(branch) || branch['const'] === undefined) return undefined;
    const rest = Object.keys(branch).filter(
      (k) => !['const', 'title', 'description', 'deprecated', '$comment'].includes(k),
    );
    if (rest.length > 0) return undefined;
    codes.push({ code: branch['const'], description: text(branch['description']) ?? text(branch['title']) });
  }
  return codes;
}

/** Codes without repetitions, which JSON Schema allows in a list of values. */
export function distinct(codes: readonly Code[] | undefined): readonly Code[] | undefined {
  const first = new Map(codes?.toReversed().map((each) => [JSON.stringify(each.code), each]));
  return codes?.filter((each) => first.get(JSON.stringify(each.code)) === each);
}

function enumeration(schema: JsonObject): readonly Code[] | undefined {
  if (isArray(schema['enum'])) return schema['enum'].map((code) => ({ code, description: undefined }));
  // the description of one value is that of its code: the alternatives of a `oneOf` are told apart by such a value
  const code = schema['const'];
  return code === undefined ? undefined : [{ code, description: text(schema['description']) }];
}

function namedProperties(schema: JsonObject, at: (pointer: string) => Expression): Facts['properties'] {
  const required = new Set(texts(schema['required']));
  const found = new Map<string, PropertyFacts>();
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  for (const name of propertyNames(schema)) {
    if (properties[name] === false) continue;
    found.set(name, { shape: at(`/properties/${step(name)}`), required: required.has(name), weak: false });
  }
  const patterns = schema['patternProperties'];
  for (const pattern of isObject(patterns) ? Object.keys(patterns) : []) {
    const name = literalPattern(pattern);
    if (name !== undefined)
      found.set(name, { shape: at(`/patternProperties/${step(pattern)}`), required: required.has(name), weak: false });
  }
  for (const name of required) {
    if (!found.has(name)) found.set(name, { shape: { kind: 'all', parts: [] }, required: true, weak: false });
  }
  return found;
}

/** The one name that a pattern such as `^name$` matches. */
function literalPattern(pattern: string): string | undefined {
  return /^\^([\w-]+)\$$/.exec(pattern)?.[1];
}

function memberSchemas(schema: JsonObject, at: (pointer: string) => Expression): readonly Expression[] {
  const found: Expression[] = [];
  const patterns = schema['patternProperties'];
  for (const pattern of isObject(patterns) ? Object.keys(patterns) : []) {
    if (literalPattern(pattern) === undefined) found.push(at(`/patternProperties/${step(pattern)}`));
  }
  for (const key of ['additionalProperties', 'unevaluatedProperties']) {
    const value = schema[key];
    if (isObject(value) && Object.keys(value).length > 0) found.push(at(`/${key}`));
  }
  return found;
}

function itemSchema(schema: JsonObject, at: (pointer: string) => Expression): Expression | undefined {
  const found: Expression[] = [];
  for (const key of ['prefixItems', 'items', 'additionalItems']) {
    const value = schema[key];
    if (isArray(value)) found.push(...indices(value).map((i) => at(`/${key}/${i}`)));
    else if (isObject(value)) found.push(at(`/${key}`));
  }
  if (found.length === 0) return undefined;
  // what follows a tuple can be anything if the schema does not say
  const tuple = isArray(schema['prefixItems']) || isArray(schema['items']);
  const behind = isArray(schema['items']) ? schema['additionalItems'] : schema['items'];
  return tuple && !(behind === false || isObject(behind)) ? maybe(anyOf(found)) : anyOf(found);
}
