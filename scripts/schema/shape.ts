import { type Json, type JsonObject, isArray, isObject, pointerSteps } from '../json/json.ts';
import { lazy } from '../base/lazy.ts';
import { mostReferencesInARow, mostShapes } from '../base/limits.ts';
import { Failure } from '../base/problem.ts';
import { compareText } from '../base/text.ts';
import { type Cycles, cyclesOf } from './cycles.ts';
import { keyword, keywords } from './extensions.ts';
import { structural } from './keywords.ts';
import { encodeFragment } from './location.ts';
import { propertyNames } from './propertyOrder.ts';
import { type Located, placeIn, type SchemaSet } from './schemaSet.ts';

export type JsonType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'object' | 'array';

/** A value that a code list allows, with what the schema says of it. */
export interface Code {
  readonly code: Json;
  readonly description: string | undefined;
}

export interface Property {
  readonly name: string;
  /** Whether every conjunct that speaks of it requires it; a branch's demand does not count. */
  readonly required: boolean;
  readonly shape: Shape;
}

/**
 * What a schema says of the structure of its instances, with references followed and
 * combinations resolved: conjuncts (`$ref`, `allOf`, neighbours) intersect in type and unite in properties, alternatives (`oneOf`, `anyOf`)
 * unite in both, and conditionals (`if`/`then`/`else`, dependent schemas) only add what nothing else names.
 */
export interface Shape {
  /** `integer` is listed beside `number` only where both were named. */
  readonly types: ReadonlySet<JsonType>;
  /** Whether the schema names the types; otherwise they are guessed from its other keywords. */
  readonly typed: boolean;
  /** Whether every valid instance is of this shape; not so for what only a branch or a conditional says. */
  readonly sure: boolean;
  /** In the order of the schema. */
  readonly properties: ReadonlyMap<string, Property>;
  /** The shape of members that no property names; undefined where the schema says nothing of them. */
  readonly members: Shape | undefined;
  /** Whether members are refused that have neither a name nor a schema. */
  readonly closed: boolean;
  readonly items: Shape | undefined;
  /** For a value that can stand alone or in a list: the shape of a list's element and of the value alone in one. */
  readonly oneOrItem: Shape | undefined;
  readonly minItems: number;
  readonly format: string | undefined;
  readonly codes: readonly Code[] | undefined;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly unit: string | undefined;
  /** Other constraints as the schema states them, for metadata: pattern, minimum, maximum, minLength, maxLength. */
  readonly constraints: Readonly<Record<string, Json>>;
  readonly references: readonly string[];
  readonly evidence: boolean;
  readonly verbatim: boolean;
  readonly ownWords: boolean;
  readonly distinct: boolean;
  /** On a table: pointers of the values in which records that are one told twice agree. */
  readonly alike: readonly string[];
  readonly spans: boolean;
  readonly document: boolean;
  readonly uncoded: boolean;
  readonly review: boolean;
  readonly withdrawal: boolean;
  /** Pointers, absolute or relative, of values in the same record that this one must not exceed. */
  readonly atMost: readonly string[];
  readonly key: string | undefined;
  /** Locations of the schemas that made this shape. */
  readonly locations: readonly string[];
  /** The same for shapes that were made from the same schemas. */
  readonly identity: string;
  /** Those of the locations that lead back to themselves. */
  readonly cyclic: readonly string[];
}

/** A combination of schemas, not yet resolved. */
type Expression =
  | { readonly kind: 'schema'; readonly at: Located }
  | { readonly kind: 'all'; readonly parts: readonly Expression[] }
  | { readonly kind: 'any'; readonly parts: readonly Expression[] }
  /** A schema without what it says of arrays. */
  | { readonly kind: 'noArray'; readonly of: Expression }
  /** A schema that an instance may be under, or not. */
  | { readonly kind: 'maybe'; readonly of: Expression };

interface PropertyFacts {
  readonly shape: Expression;
  readonly required: boolean;
  /** Named under a test only: it counts where nothing else names the property, and never narrows. */
  readonly weak: boolean;
}

/** What one expression says; properties are still expressions, so that recursive schemas end. */
interface Facts extends Omit<Shape, 'types' | 'typed' | 'properties' | 'members' | 'items' | 'oneOrItem' | 'identity'> {
  /** Undefined where the schema names none. */
  readonly types: ReadonlySet<JsonType> | undefined;
  readonly properties: ReadonlyMap<string, PropertyFacts>;
  readonly members: readonly Expression[];
  readonly items: Expression | undefined;
}

const silent: Facts = {
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
  verbatim: false,
  ownWords: false,
  distinct: false,
  alike: [],
  spans: false,
  document: false,
  uncoded: false,
  review: false,
  withdrawal: false,
  atMost: [],
  key: undefined,
  locations: [],
  cyclic: [],
};

const allTypes: readonly JsonType[] = ['null', 'boolean', 'integer', 'number', 'string', 'object', 'array'];

/** The schemas being resolved, and what is resolved already: equal expressions give the same object. */
interface Resolver {
  readonly schemas: SchemaSet;
  readonly cycles: Cycles;
  readonly facts: Map<string, Facts>;
  readonly shapes: Map<string, Shape>;
}

const resolvers = new WeakMap<SchemaSet, Resolver>();

function resolverOf(schemas: SchemaSet): Resolver {
  const before = resolvers.get(schemas);
  if (before !== undefined) return before;
  const resolver = { schemas, cycles: cyclesOf(schemas), facts: new Map(), shapes: new Map() };
  resolvers.set(schemas, resolver);
  return resolver;
}

const nowhere: ReadonlySet<string> = new Set();

/**
 * The shape of the schema at a location. Shapes of properties and items are made when they are first asked for.
 * @throws Failure where the schemas combine without end
 */
export function shapeAt(schemas: SchemaSet, location: string): Shape {
  return shapeOf(resolverOf(schemas), { kind: 'schema', at: schemas.at(location) });
}

/** The shape of what a JSON Pointer leads to in an instance; undefined where the schema says nothing of it. */
export function shapeBelow(shape: Shape, pointer: string): Shape | undefined {
  let at: Shape | undefined = shape;
  for (const key of pointerSteps(pointer) ?? []) {
    const named: Shape | undefined = at?.properties.get(key)?.shape ?? at?.members;
    at = named ?? (/^\d+$/.test(key) ? at?.items : undefined);
  }
  return at;
}

function shapeOf(resolver: Resolver, expression: Expression): Shape {
  const key = memoKey(expression);
  const before = resolver.shapes.get(key);
  if (before !== undefined) return before;
  if (resolver.shapes.size >= mostShapes) {
    const file = resolver.schemas.files[0]?.shown ?? 'schema';
    throw new Failure(
      `${file}: the schemas combine to more than ${mostShapes} different shapes: ` +
        'use fewer alternatives in schemas that refer to each other',
    );
  }
  const shape = makeShape(resolver, expression);
  resolver.shapes.set(key, shape);
  return shape;
}

/** The same for expressions that give equal shapes. */
function memoKey(expression: Expression): string {
  if (expression.kind === 'schema') return expression.at.location;
  if (expression.kind === 'maybe' || expression.kind === 'noArray')
    return `${expression.kind}(${memoKey(expression.of)})`;
  return `${expression.kind}(${expression.parts.map(memoKey).join()})`;
}

function makeShape(resolver: Resolver, expression: Expression): Shape {
  const facts = factsOf(resolver, expression, nowhere);
  const properties = new Map<string, Property>();
  for (const [name, { shape, required }] of facts.properties) {
    const get = lazy(() => shapeOf(resolver, shape));
    properties.set(name, {
      name,
      required,
      get shape() {
        return get();
      },
    });
  }
  const { members, items } = facts;
  const getMembers = lazy(() => (members.length === 0 ? undefined : shapeOf(resolver, anyOf(members))));
  const getItems = lazy(() => (items === undefined ? undefined : shapeOf(resolver, items)));
  const getOneOrItem = lazy(() =>
    items === undefined ? undefined : shapeOf(resolver, combine('any', [{ kind: 'noArray', of: expression }, items])),
  );
  const types = facts.types ?? new Set(likelyTypes(facts));
  return {
    ...facts,
    // of the same schemas, the value alone has other types than the value or a list of it
    identity: `${facts.locations.toSorted(compareText).join(' ')} ${[...types].join()}`,
    types,
    typed: facts.types !== undefined,
    properties,
    get oneOrItem() {
      return getOneOrItem();
    },
    get members() {
      return getMembers();
    },
    get items() {
      return getItems();
    },
  };
}

/** Without `type`, the types that the other keywords speak of; anything where they speak of none. */
function likelyTypes(facts: Facts): readonly JsonType[] {
  if (facts.properties.size > 0 || facts.members.length > 0) return ['object'];
  if (facts.items !== undefined) return ['array'];
  if (facts.format !== undefined || facts.references.length > 0) return ['string'];
  return allTypes;
}

function factsOf(resolver: Resolver, expression: Expression, trail: ReadonlySet<string>): Facts {
  if (expression.kind === 'all') return expression.parts.map((p) => factsOf(resolver, p, trail)).reduce(both, silent);
  if (expression.kind === 'any') return expression.parts.map((p) => factsOf(resolver, p, trail)).reduce(either);
  if (expression.kind === 'maybe') return { ...factsOf(resolver, expression.of, trail), sure: false };
  if (expression.kind === 'noArray') return withoutArray(factsOf(resolver, expression.of, trail));
  const { at } = expression;
  if (!isObject(at.schema)) return silent;
  const key = factsKey(resolver, at.location, trail);
  const facts = resolver.facts.get(key) ?? factsAt(resolver, at.schema, at.location, trail);
  resolver.facts.set(key, facts);
  return facts;
}

/** Of the targets passed on the way, only those that can come up again count: else each way would be made anew. */
function factsKey({ cycles }: Resolver, location: string, trail: ReadonlySet<string>): string {
  const cycle = cycles.cycleOf(location);
  if (cycle === undefined || trail.size === 0) return location;
  const passed = [...trail].filter((target) => cycles.cycleOf(target) === cycle);
  return [location, ...passed.toSorted(compareText)].join(' ');
}

/** @param trail targets of `$ref` passed without a step into the instance */
function factsAt(resolver: Resolver, schema: JsonObject, location: string, trail: ReadonlySet<string>): Facts {
  // a $ref that comes back to itself without a step into the instance says nothing new
  if (trail.has(location)) return silent;
  if (trail.size >= mostReferencesInARow)
    throw new Failure(
      `${placeIn(resolver.schemas, location)}: more than ${mostReferencesInARow} schemas refer to each other in a row: ` +
        'let each $ref lead to the last of them',
    );
  const { schemas, cycles } = resolver;
  const inner = cycles.isTarget(location) ? new Set([...trail, location]) : trail;
  const at = (pointer: string): Expression => ({
    kind: 'schema',
    at: schemas.at(`${location}${encodeFragment(pointer)}`),
  });
  const parts: Facts[] = [ownFacts(schema, location, cycles.cycleOf(location) !== undefined, at)];
  const reference = schema['$ref'];
  if (typeof reference === 'string')
    parts.push(factsOf(resolver, { kind: 'schema', at: schemas.at(reference) }, inner));
  for (const i of indices(schema['allOf'])) parts.push(factsOf(resolver, at(`/allOf/${i}`), inner));
  for (const key of ['oneOf', 'anyOf']) {
    const branches = indices(schema[key]).map((i) => at(`/${key}/${i}`));
    if (branches.length > 0 && codeList(schema[key]) === undefined) {
      parts.push(withoutDemands(factsOf(resolver, anyOf(branches), inner)));
    }
  }
  return conditionals(schema).reduce(
    (facts, pointer) => adding(facts, factsOf(resolver, at(pointer), inner)),
    parts.reduce(both, silent),
  );
}

function anyOf(parts: readonly Expression[]): Expression {
  return combine('any', parts);
}

/** A combination without what it says twice: else the combinations of recursive schemas would grow without end. */
function combine(kind: 'all' | 'any', parts: readonly Expression[]): Expression {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  const unique = [...new Map(flat.map((part) => [keyOf(part), part])).values()];
  const [only] = unique;
  return unique.length === 1 && only !== undefined ? only : { kind, parts: unique };
}

function keyOf(expression: Expression): string {
  if (expression.kind === 'schema') return expression.at.location;
  if (expression.kind === 'maybe' || expression.kind === 'noArray')
    return `${expression.kind}(${keyOf(expression.of)})`;
  return `${expression.kind}(${expression.parts.map(keyOf).toSorted(compareText).join()})`;
}

function indices(value: Json | undefined): readonly number[] {
  return isArray(value) ? [...value.keys()] : [];
}

/** Pointers of the schemas that hold under a test only. */
function conditionals(schema: JsonObject): readonly string[] {
  const found = ['if', 'then', 'else'].filter((key) => isObject(schema[key])).map((key) => `/${key}`);
  for (const key of ['dependentSchemas', 'dependencies']) {
    const map = schema[key];
    if (!isObject(map)) continue;
    for (const name of Object.keys(map)) if (isObject(map[name])) found.push(`/${key}/${step(name)}`);
  }
  return found;
}

function step(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** What the keywords of one schema object say by themselves. */
function ownFacts(
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
    verbatim: schema[keyword.verbatim] === true,
    ownWords: schema[keyword.ownWords] === true,
    distinct: schema[keyword.distinct] === true,
    alike: isArray(schema[keyword.distinct]) ? texts(schema[keyword.distinct]) : [],
    spans: schema[keyword.spans] === true,
    document: schema[keyword.document] === true,
    uncoded: schema[keyword.uncoded] === true,
    review: schema[keyword.review] === true,
    withdrawal: schema[keyword.withdrawal] === true,
    atMost: texts(schema[keyword.atMost]),
    key: text(schema[keyword.key]),
    locations: isReferenceOnly(schema) ? [] : [location],
    cyclic: isReferenceOnly(schema) || !leadsBack ? [] : [location],
  };
}

/** Whether a schema for other members leaves none that it says nothing of. */
function isClosing(others: Json | undefined): boolean {
  return others === false || (isObject(others) && Object.keys(others).length > 0);
}

/** Keywords beside a `$ref` that change the shape of instances; all others only describe or narrow what it leads to. */
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

/** Whether a schema says nothing of the shape of instances but by its `$ref`. */
function isReferenceOnly(schema: JsonObject): boolean {
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

/** `oneOf` or `anyOf` whose branches are just a `const` with words about it. */
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

/** Codes without those that are listed before: JSON Schema lets a list of values repeat one. */
function distinct(codes: readonly Code[] | undefined): readonly Code[] | undefined {
  const first = new Map(codes?.toReversed().map((each) => [JSON.stringify(each.code), each]));
  return codes?.filter((each) => first.get(JSON.stringify(each.code)) === each);
}

function enumeration(schema: JsonObject): readonly Code[] | undefined {
  const values = isArray(schema['enum'])
    ? schema['enum']
    : schema['const'] === undefined
      ? undefined
      : [schema['const']];
  return values?.map((code) => ({ code, description: undefined }));
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
  // what stands behind a tuple can be anything where the schema does not say
  const tuple = isArray(schema['prefixItems']) || isArray(schema['items']);
  const behind = isArray(schema['items']) ? schema['additionalItems'] : schema['items'];
  return tuple && !(behind === false || isObject(behind)) ? maybe(anyOf(found)) : anyOf(found);
}

function maybe(of: Expression): Expression;
function maybe(of: Expression | undefined): Expression | undefined;
function maybe(of: Expression | undefined): Expression | undefined {
  return of === undefined || of.kind === 'maybe' ? of : { kind: 'maybe', of };
}

/** Two conjuncts: types intersect, properties unite, the first has the word on documentation. */
function both(a: Facts, b: Facts): Facts {
  const properties = new Map(a.properties);
  for (const [name, right] of b.properties) {
    const left = properties.get(name);
    properties.set(name, left === undefined ? right : bothProperties(left, right));
  }
  return {
    sure: a.sure && b.sure,
    types: intersect(a.types, b.types),
    properties,
    members: [...a.members, ...b.members],
    closed: a.closed || b.closed,
    items: a.items && b.items ? combine('all', [a.items, b.items]) : (a.items ?? b.items),
    minItems: Math.max(a.minItems, b.minItems),
    format: a.format ?? b.format,
    codes:
      a.codes && b.codes ? a.codes.filter((x) => b.codes?.some((y) => same(x.code, y.code))) : (a.codes ?? b.codes),
    title: a.title ?? b.title,
    description: a.description ?? b.description,
    unit: a.unit ?? b.unit,
    constraints: { ...b.constraints, ...a.constraints },
    references: a.references.length > 0 ? a.references : b.references,
    evidence: a.evidence || b.evidence,
    verbatim: a.verbatim || b.verbatim,
    ownWords: a.ownWords || b.ownWords,
    distinct: a.distinct || b.distinct,
    alike: [...new Set([...a.alike, ...b.alike])],
    spans: a.spans || b.spans,
    document: a.document || b.document,
    uncoded: a.uncoded || b.uncoded,
    review: a.review || b.review,
    withdrawal: a.withdrawal || b.withdrawal,
    atMost: [...new Set([...a.atMost, ...b.atMost])],
    key: a.key ?? b.key,
    locations: [...new Set([...a.locations, ...b.locations])],
    cyclic: [...new Set([...a.cyclic, ...b.cyclic])],
  };
}

/** Whether an expression says nothing of a value, as that of a property which a branch merely requires. */
function isSilent(expression: Expression): boolean {
  if (expression.kind === 'all') return expression.parts.every(isSilent);
  if (expression.kind === 'any') return expression.parts.some(isSilent);
  return expression.kind === 'maybe' && isSilent(expression.of);
}

function bothProperties(left: PropertyFacts, right: PropertyFacts): PropertyFacts {
  if (isSilent(right.shape) && !left.weak)
    return { ...left, required: left.required || (right.required && !right.weak) };
  const parts = [left.shape, right.shape];
  if (left.weak && right.weak) return { shape: combine('any', parts), required: false, weak: true };
  if (left.weak || right.weak) return left.weak ? right : left;
  return { shape: combine('all', parts), required: left.required || right.required, weak: false };
}

/** Two alternatives: types and properties unite, a format or code list holds only where both have it. */
function either(a: Facts, b: Facts): Facts {
  const properties = new Map(a.properties);
  for (const [name, right] of b.properties) {
    const left = properties.get(name);
    properties.set(name, {
      shape: left === undefined ? maybe(right.shape) : combine('any', [left.shape, right.shape]),
      required: left !== undefined && left.required && right.required,
      weak: right.weak && left?.weak !== false,
    });
  }
  for (const [name, left] of a.properties) {
    if (!b.properties.has(name)) properties.set(name, { ...left, shape: maybe(left.shape), required: false });
  }
  return {
    sure: a.sure && b.sure,
    types: a.types && b.types ? new Set(allTypes.filter((t) => a.types?.has(t) || b.types?.has(t))) : undefined,
    properties,
    members: [...a.members, ...b.members],
    closed: a.closed && b.closed,
    items: a.items && b.items ? combine('any', [a.items, b.items]) : maybe(a.items ?? b.items),
    minItems: Math.min(a.minItems, b.minItems),
    format: a.format === b.format ? a.format : undefined,
    codes: a.codes && b.codes ? unite(a.codes, b.codes) : undefined,
    title: undefined,
    description: undefined,
    unit: a.unit === b.unit ? a.unit : undefined,
    constraints: {},
    references: [...new Set([...a.references, ...b.references])],
    evidence: a.evidence || b.evidence,
    verbatim: a.verbatim || b.verbatim,
    ownWords: a.ownWords || b.ownWords,
    distinct: a.distinct || b.distinct,
    alike: [...new Set([...a.alike, ...b.alike])],
    spans: a.spans && b.spans,
    document: a.document && b.document,
    uncoded: a.uncoded && b.uncoded,
    review: a.review && b.review,
    withdrawal: a.withdrawal && b.withdrawal,
    // one alternative alone demands nothing of the others
    atMost: a.atMost.filter((limit) => b.atMost.includes(limit)),
    key: undefined,
    locations: [...new Set([...a.locations, ...b.locations])],
    cyclic: [...new Set([...a.cyclic, ...b.cyclic])],
  };
}

/** A branch never makes a property required of the whole. */
function withoutDemands(facts: Facts): Facts {
  const properties = new Map([...facts.properties].map(([name, p]) => [name, { ...p, required: false }]));
  return { ...facts, properties };
}

function withoutArray(facts: Facts): Facts {
  const types = facts.types === undefined ? undefined : new Set([...facts.types].filter((t) => t !== 'array'));
  return { ...facts, types, items: undefined };
}

/** What an `if` and the like add: properties, or types, where nothing else names any. They never narrow. */
function adding(facts: Facts, tested: Facts): Facts {
  const properties = new Map(facts.properties);
  for (const [name, p] of tested.properties) {
    const known = properties.get(name);
    if (known === undefined || known.weak) {
      const weak = { shape: maybe(p.shape), required: false, weak: true };
      properties.set(name, known === undefined ? weak : bothProperties(known, weak));
    }
  }
  return {
    ...facts,
    properties,
    items: facts.items ?? maybe(tested.items),
    locations: [...new Set([...facts.locations, ...tested.locations])],
    // what stands under a test can lead back, too
    cyclic: [...new Set([...facts.cyclic, ...tested.cyclic])],
  };
}

function intersect(
  a: ReadonlySet<JsonType> | undefined,
  b: ReadonlySet<JsonType> | undefined,
): ReadonlySet<JsonType> | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const has = (set: ReadonlySet<JsonType>, t: JsonType): boolean =>
    set.has(t) || (t === 'integer' && set.has('number'));
  return new Set(allTypes.filter((t) => has(a, t) && has(b, t)));
}

function unite(a: readonly Code[], b: readonly Code[]): readonly Code[] {
  return [...a, ...b.filter((y) => !a.some((x) => same(x.code, y.code)))];
}

function same(a: Json, b: Json): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
