import { type Json, below, isArray, isObject } from '../json/json.ts';
import { encodeFragment } from './location.ts';
import { type SchemaSet, conjunctsOf } from './schemaSet.ts';
import { codeList } from './ownFacts.ts';

/** For members of an object, the values that a schema lists for them by `const` and `enum`. */
export type ListedValues = ReadonlyMap<string, readonly Json[]>;

/** Longer lists are not used to choose between alternatives. */
const mostListed = 100;

const none: ListedValues = new Map();

/**
 * Finds the values listed by the schema at a location, through `$ref`, `allOf` and alternatives that all list the same
 * member.
 */
export function valuesListed(schemas: Pick<SchemaSet, 'at'>): (location: string) => ListedValues {
  const known = new Map<string, ListedValues>();
  const listedAt = (location: string): ListedValues => {
    const before = known.get(location);
    if (before !== undefined) return before;
    // a schema that refers back to itself adds nothing new
    known.set(location, none);
    const { schema } = schemas.at(location);
    const found = new Map<string, readonly Json[]>();
    for (const name of Object.keys(isObject(schema) && isObject(schema['properties']) ? schema['properties'] : {})) {
      const values = valuesAt(location + encodeFragment(below('/properties', name)), new Set());
      if (values !== undefined && values.length <= mostListed) found.set(name, values);
    }
    for (const part of [
      ...(isObject(schema) ? conjunctsOf(schema, location) : []).map(listedAt),
      ...alternatives(schema, location).map(inAll),
    ])
      for (const [name, values] of part) if (!found.has(name)) found.set(name, values);
    known.set(location, found);
    return found;
  };
  const inAll = (branches: readonly string[]): ListedValues => {
    const [first = none, ...others] = branches.map(listedAt);
    const shared = [...first].filter(([name]) => others.every((each) => each.has(name)));
    return new Map(
      shared.map(([name, values]) => [name, [...values, ...others.flatMap((each) => each.get(name) ?? [])]]),
    );
  };
  const valuesAt = (location: string, passed: Set<string>): readonly Json[] | undefined => {
    if (passed.has(location)) return undefined;
    passed.add(location);
    const { schema } = schemas.at(location);
    if (!isObject(schema)) return undefined;
    if (schema['const'] !== undefined) return [schema['const']];
    if (isArray(schema['enum'])) return schema['enum'];
    const codes = codeList(schema['oneOf']) ?? codeList(schema['anyOf']);
    if (codes !== undefined) return codes.map(({ code }) => code);
    for (const part of conjunctsOf(schema, location)) {
      const values = valuesAt(part, passed);
      if (values !== undefined) return values;
    }
    return undefined;
  };
  return listedAt;
}

/** Locations of the branches of each union in a schema. */
function alternatives(schema: Json, location: string): readonly (readonly string[])[] {
  if (!isObject(schema)) return [];
  return ['oneOf', 'anyOf'].map((key) => {
    const branches = schema[key];
    return isArray(branches) ? [...branches.keys()].map((i) => `${location}/${key}/${i}`) : [];
  });
}
