import type { Json } from '../json/json.ts';
import type { JsonType, Code } from './shape.ts';
import { type Expression, type PropertyFacts, type Facts, allTypes, combine } from './facts.ts';

export function maybe(of: Expression): Expression;

export function maybe(of: Expression | undefined): Expression | undefined;

export function maybe(of: Expression | undefined): Expression | undefined {
  return of === undefined || of.kind === 'maybe' ? of : { kind: 'maybe', of };
}

/** Two conjuncts: types intersect, properties unite, documentation comes from the first. */
export function both(a: Facts, b: Facts): Facts {
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
    label: a.label || b.label,
    verbatim: a.verbatim || b.verbatim,
    ownWords: a.ownWords || b.ownWords,
    quoted: [...new Set([...a.quoted, ...b.quoted])],
    fewest: [...new Set([...a.fewest, ...b.fewest])],
    synonyms: [...new Set([...a.synonyms, ...b.synonyms])],
    grounds: a.grounds ?? b.grounds,
    distinct: a.distinct || b.distinct,
    alike: [...new Set([...a.alike, ...b.alike])],
    spans: a.spans || b.spans,
    document: a.document || b.document,
    authority: a.authority || b.authority,
    uncoded: a.uncoded || b.uncoded,
    issued: a.issued || b.issued,
    language: a.language || b.language,
    review: a.review || b.review,
    withdrawal: a.withdrawal || b.withdrawal,
    atMost: [...new Set([...a.atMost, ...b.atMost])],
    bounds: [...new Set([...a.bounds, ...b.bounds])],
    key: a.key ?? b.key,
    locations: [...new Set([...a.locations, ...b.locations])],
    cyclic: [...new Set([...a.cyclic, ...b.cyclic])],
  };
}

/** Whether an expression says nothing about a value, such as a property that a branch merely requires. */
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

function eitherProperties(a: Facts, b: Facts): Map<string, PropertyFacts> {
  const properties = new Map(a.properties);
  for (const [name, right] of b.properties) {
    const left = properties.get(name);
    properties.set(name, {
      shape:
        left !== undefined ? combine('any', [left.shape, right.shape]) : rulesOut(a) ? right.shape : maybe(right.shape),
      required: left !== undefined && left.required && right.required,
      weak: right.weak && left?.weak !== false,
    });
  }
  for (const [name, left] of a.properties) {
    if (b.properties.has(name)) continue;
    properties.set(name, { ...left, shape: rulesOut(b) ? left.shape : maybe(left.shape), required: false });
  }
  return properties;
}

/** Two alternatives: types and properties unite; a format or code list counts only if both have it. */
export function either(a: Facts, b: Facts): Facts {
  return {
    sure: a.sure && b.sure,
    types: a.types && b.types ? new Set(allTypes.filter((t) => a.types?.has(t) || b.types?.has(t))) : undefined,
    properties: eitherProperties(a, b),
    members: [...a.members, ...b.members],
    closed: a.closed && b.closed,
    items: a.items && b.items ? combine('any', [a.items, b.items]) : maybe(a.items ?? b.items),
    minItems: Math.min(a.minItems, b.minItems),
    format: a.format === b.format ? a.format : undefined,
    codes: a.codes && b.codes ? unite(described(a, a.codes), described(b, b.codes)) : undefined,
    title: undefined,
    description: undefined,
    unit: a.unit === b.unit ? a.unit : undefined,
    constraints: sharedBy(a.constraints, b.constraints),
    references: [...new Set([...a.references, ...b.references])],
    evidence: a.evidence || b.evidence,
    label: a.label || b.label,
    verbatim: a.verbatim || b.verbatim,
    ownWords: a.ownWords || b.ownWords,
    quoted: [...new Set([...a.quoted, ...b.quoted])],
    fewest: [...new Set([...a.fewest, ...b.fewest])],
    synonyms: [...new Set([...a.synonyms, ...b.synonyms])],
    // the codes of one alternative can mean something else in another one
    grounds: JSON.stringify(a.grounds) === JSON.stringify(b.grounds) ? a.grounds : undefined,
    distinct: a.distinct || b.distinct,
    alike: [...new Set([...a.alike, ...b.alike])],
    spans: a.spans && b.spans,
    document: a.document && b.document,
    authority: a.authority && b.authority,
    uncoded: a.uncoded && b.uncoded,
    issued: a.issued && b.issued,
    language: a.language && b.language,
    review: a.review && b.review,
    withdrawal: a.withdrawal && b.withdrawal,
    // an alternative alone demands nothing of the others
    atMost: a.atMost.filter((limit) => b.atMost.includes(limit)),
    bounds: [...new Set([...a.bounds, ...b.bounds])],
    key: undefined,
    locations: [...new Set([...a.locations, ...b.locations])],
    cyclic: [...new Set([...a.cyclic, ...b.cyclic])],
  };
}

/** The constraints that two alternatives have in common. */
function sharedBy(a: Facts['constraints'], b: Facts['constraints']): Facts['constraints'] {
  return Object.fromEntries(Object.entries(a).filter(([key, value]) => b[key] !== undefined && same(value, b[key])));
}

/** Whether no instance has a member that is not named: then what another alternative says of one is certain. */
function rulesOut({ types, closed, members }: Facts): boolean {
  return (closed && members.length === 0) || types?.has('object') === false;
}

/** A branch never makes a property required of the whole. */
export function withoutDemands(facts: Facts): Facts {
  const properties = new Map([...facts.properties].map(([name, p]) => [name, { ...p, required: false }]));
  return { ...facts, properties };
}

export function withoutArray(facts: Facts): Facts {
  const types = facts.types === undefined ? undefined : new Set([...facts.types].filter((t) => t !== 'array'));
  return { ...facts, types, items: undefined };
}

/** What an `if` and the like add: properties, or types, that nothing else names. They never narrow. */
export function adding(facts: Facts, tested: Facts): Facts {
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
    // what is under a test can refer back, too
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

/** The codes of an alternative. The description of a constant says what the constant means. */
function described({ description }: Facts, codes: readonly Code[]): readonly Code[] {
  return codes.length === 1 ? codes.map((each) => ({ ...each, description: each.description ?? description })) : codes;
}

function unite(a: readonly Code[], b: readonly Code[]): readonly Code[] {
  return [...a, ...b.filter((y) => !a.some((x) => same(x.code, y.code)))];
}

export function same(a: Json, b: Json): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
