import { type JsonObject, isArray, isObject } from '../json/json.ts';

/**
 * All keys of `properties` in the order of the file, if one of them is like `2021`. It is added when the schema is
 * read.
 */
export const propertyOrder = '$properties:order';

/** The names that `properties` of a schema holds, in the order of its file. */
export function propertyNames(schema: JsonObject): readonly string[] {
  const { properties, [propertyOrder]: order } = schema;
  if (!isObject(properties)) return [];
  const names = Object.keys(properties);
  if (!isArray(order)) return names;
  const rank = new Map(order.map((name, i) => [name, i]));
  return names.toSorted((a, b) => (rank.get(a) ?? names.length) - (rank.get(b) ?? names.length));
}
