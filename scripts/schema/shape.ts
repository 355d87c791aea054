import { type Json, type JsonObject, isObject, pointerSteps } from '../json/json.ts';
import { lazy } from '../base/lazy.ts';
import { mostReferencesInARow, mostShapes } from '../base/limits.ts';
import { Failure } from '../base/problem.ts';
import { compareText } from '../base/text.ts';
import { type OpenBranch, branchesOf } from './branches.ts';
import { type Cycles, cyclesOf } from './cycles.ts';
import type { Bound, Fewest, Grounds, Synonym } from './extensions.ts';
import { unicodeWherePossible } from '../pattern/matcher.ts';
import { encodeFragment } from './location.ts';
import { placeIn, type SchemaSet } from './schemaSet.ts';
import {
  type BranchChoice,
  type Expression,
  type Facts,
  silent,
  allTypes,
  anyOf,
  branchKey,
  combine,
  indices,
  step,
} from './facts.ts';
import { ownFacts, codeList } from './ownFacts.ts';
import { both, either, withoutDemands, withoutArray, adding } from './combineFacts.ts';

export type JsonType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'object' | 'array';

/** A value that a code list allows, with its description in the schema. */
export interface Code {
  readonly code: Json;
  readonly description: string | undefined;
}

/** One of the alternatives of a schema: what it says of the whole value if it is met. */
export interface Branch {
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly shape: Shape;
  /** Whether no other alternative may be met too. */
  readonly exclusive: boolean;
}

export interface Property {
  readonly name: string;
  /** Whether every conjunct that mentions it requires it; the demand of a branch does not count. */
  readonly required: boolean;
  readonly shape: Shape;
}

/**
 * What a schema says about the structure of its instances, with references followed and combinations resolved:
 * conjuncts (`$ref`, `allOf`, keywords next to them) intersect in type and unite in properties, alternatives (`oneOf`,
 * `anyOf`) unite in both, and conditionals (`if`/`then`/`else`, dependent schemas) only add what nothing else names.
 */
export interface Shape {
  /** `integer` is listed next to `number` only if both were named. */
  readonly types: ReadonlySet<JsonType>;
  /** Whether the schema names the types; otherwise they are guessed from its other keywords. */
  readonly typed: boolean;
  /** Whether every valid instance has this shape; false if only a branch or a conditional says so. */
  readonly sure: boolean;
  /** In the order of the schema. */
  readonly properties: ReadonlyMap<string, Property>;
  /** The shape of members that no property names; undefined if the schema does not describe them. */
  readonly members: Shape | undefined;
  /** Whether members without a name and schema are rejected. */
  readonly closed: boolean;
  readonly items: Shape | undefined;
  /** For a value that can be alone or in a list: the combined shape of a list's element and of the value alone. */
  readonly oneOrItem: Shape | undefined;
  /** The alternatives of a `oneOf` or `anyOf`; none if there are several such lists, or one of codes. */
  readonly branches: readonly Branch[];
  readonly minItems: number;
  readonly format: string | undefined;
  readonly codes: readonly Code[] | undefined;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly unit: string | undefined;
  /** Other constraints as in the schema, for metadata: pattern, minimum, maximum, minLength, maxLength. */
  readonly constraints: Readonly<Record<string, Json>>;
  readonly references: readonly string[];
  readonly evidence: boolean;
  readonly label: boolean;
  readonly verbatim: boolean;
  readonly ownWords: boolean;
  /** Codes whose words are in quotation marks in the source. */
  readonly quoted: readonly string[];
  readonly fewest: readonly Fewest[];
  readonly synonyms: readonly Synonym[];
  readonly grounds: Grounds | undefined;
  readonly distinct: boolean;
  /** On a table: pointers of the values in which duplicate records agree. */
  readonly alike: readonly string[];
  readonly spans: boolean;
  readonly document: boolean;
  readonly uncoded: boolean;
  readonly issued: boolean;
  readonly language: boolean;
  readonly review: boolean;
  readonly withdrawal: boolean;
  /** Pointers, absolute or relative, of values in the same record that this one must not exceed. */
  readonly atMost: readonly string[];
  /** On codes: what else in the record must not exceed what. */
  readonly bounds: readonly Bound[];
  readonly key: string | undefined;
  /** On a table: whether it only holds what records of other tables mention. */
  readonly authority: boolean;
  /** Locations of the schemas that made this shape. */
  readonly locations: readonly string[];
  /** The same for shapes that were made from the same schemas. */
  readonly identity: string;
  /** The locations that refer back to themselves. */
  readonly cyclic: readonly string[];
}

/** The schemas being resolved, and the results so far: equal expressions give the same object. */
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
 * The shape of the schema at a location. Shapes of properties and items are made when they are first needed.
 * @throws Failure if the schemas combine without end
 */
export function shapeAt(schemas: SchemaSet, location: string): Shape {
  return shapeOf(resolverOf(schemas), { kind: 'schema', at: schemas.at(location) });
}

/** The shape of the value at a JSON Pointer in an instance; undefined if the schema does not describe it. */
export function shapeBelow(shape: Shape, pointer: string): Shape | undefined {
  let at: Shape | undefined = shape;
  for (const key of pointerSteps(pointer) ?? []) {
    const named: Shape | undefined = at?.properties.get(key)?.shape ?? at?.members;
    at = named ?? (/^\d+$/.test(key) ? at?.items : undefined);
  }
  return at;
}

/** Whether the pattern of a text permits an example. */
export function permitsText({ constraints: { pattern } }: Shape, example: string): boolean {
  return typeof pattern !== 'string' || new RegExp(pattern, unicodeWherePossible(pattern)).test(example);
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
  if (expression.kind === 'branch') return branchKey(expression);
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
  const getBranches = lazy(() => branchesOf(resolver.schemas, expression).map((each) => branchOf(resolver, each)));
  const types = facts.types ?? new Set(likelyTypes(facts));
  return {
    ...facts,
    // even from the same schemas, the value alone has other types than the value or a list of it
    identity: `${facts.locations.toSorted(compareText).join(' ')} ${[...types].join()}`,
    types,
    typed: facts.types !== undefined,
    properties,
    get oneOrItem() {
      return getOneOrItem();
    },
    get branches() {
      return getBranches();
    },
    get members() {
      return getMembers();
    },
    get items() {
      return getItems();
    },
  };
}

function branchOf(resolver: Resolver, { own, whole, exclusive }: OpenBranch): Branch {
  const { title, description } = shapeOf(resolver, own);
  const getShape = lazy(() => shapeOf(resolver, whole));
  return {
    title,
    description,
    exclusive,
    get shape() {
      return getShape();
    },
  };
}

/** Without `type`, the types that the other keywords apply to; all types if there are no such keywords. */
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
  if (expression.kind === 'branch')
    return isObject(expression.at.schema)
      ? factsAt(resolver, { ...expression.at, schema: expression.at.schema }, trail, expression.choice)
      : silent;
  const { at } = expression;
  if (!isObject(at.schema)) return silent;
  const key = factsKey(resolver, at.location, trail);
  const facts = resolver.facts.get(key) ?? factsAt(resolver, { ...at, schema: at.schema }, trail);
  resolver.facts.set(key, facts);
  return facts;
}

/**
 * Of the targets passed on the way, only those that can come up again count: otherwise each path would be resolved
 * again.
 */
function factsKey({ cycles }: Resolver, location: string, trail: ReadonlySet<string>): string {
  const cycle = cycles.cycleOf(location);
  if (cycle === undefined || trail.size === 0) return location;
  const passed = [...trail].filter((target) => cycles.cycleOf(target) === cycle);
  return [location, ...passed.toSorted(compareText)].join(' ');
}

/**
 * @param trail targets of `$ref` passed without a step into the instance
 * @param choice the alternative that is met; any of them if it is undefined
 */
function factsAt(
  resolver: Resolver,
  { schema, location }: { readonly schema: JsonObject; readonly location: string },
  trail: ReadonlySet<string>,
  choice?: BranchChoice,
): Facts {
  // a $ref that comes back to itself without a step into the instance adds nothing new
  if (trail.has(location)) return silent;
  if (trail.size >= mostReferencesInARow)
    throw new Failure(
      `${placeIn(resolver.schemas, location)}: more than ${mostReferencesInARow} schemas refer to each ` +
        'other in a row: point each $ref at the last of them',
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
    const chosen = choice?.key === key ? branches[choice.index] : undefined;
    if (chosen !== undefined) parts.push(factsOf(resolver, chosen, inner));
    else if (branches.length > 0 && codeList(schema[key]) === undefined) {
      parts.push(withoutDemands(factsOf(resolver, anyOf(branches), inner)));
    }
  }
  return conditionals(schema).reduce(
    (facts, pointer) => adding(facts, factsOf(resolver, at(pointer), inner)),
    parts.reduce(both, silent),
  );
}

/** Pointers of the schemas that apply only under a test. */
function conditionals(schema: JsonObject): readonly string[] {
  const found = ['if', 'then', 'else'].filter((key) => isObject(schema[key])).map((key) => `/${key}`);
  for (const key of ['dependentSchemas', 'dependencies']) {
    const map = schema[key];
    if (!isObject(map)) continue;
    for (const name of Object.keys(map)) if (isObject(map[name])) found.push(`/${key}/${step(name)}`);
  }
  return found;
}
