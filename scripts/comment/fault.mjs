// @ts-check

/**
 * The part of JSON Schema (2020-12) that report.schema.json uses. Objects list their properties and allow no others.
 * @typedef {{
 *   readonly $ref?: string,
 *   readonly $defs?: Readonly<Record<string, Schema>>,
 *   readonly type?: 'object' | 'array' | 'string' | 'integer',
 *   readonly enum?: readonly string[],
 *   readonly properties?: Readonly<Record<string, Schema>>,
 *   readonly required?: readonly string[],
 *   readonly items?: Schema,
 *   readonly maxItems?: number,
 *   readonly maxLength?: number,
 *   readonly minimum?: number,
 *   readonly maximum?: number,
 * }} Schema
 */

/**
 * What is wrong with a value; `definitions` are those of the whole schema, and `at` names the value.
 * @typedef {(
 *   schema: Schema,
 *   definitions: Readonly<Record<string, Schema>>,
 *   value: unknown,
 *   at: string,
 * ) => string | undefined} Check
 */

/**
 * What is wrong with a value, in words that contain nothing of the value itself; undefined if it conforms.
 * Hand-written, because the run that can write comments installs no packages. A test compares it with ajv.
 * @param {Schema} schema
 * @param {unknown} value
 * @returns {string | undefined}
 */
export function faultOf(schema, value) {
  return faultAt(schema, schema.$defs ?? {}, value, 'the report');
}

/** @type {Check} */
function faultAt(schema, definitions, value, at) {
  if (schema.$ref !== undefined) {
    const target = definitions[schema.$ref.replace('#/$defs/', '')];
    if (target === undefined) throw new Error(`the schema has no ${schema.$ref}`);
    return faultAt(target, definitions, value, at);
  }
  switch (schema.type) {
    case 'string':
      return stringFault(schema, value, at);
    case 'integer':
      return integerFault(schema, value, at);
    case 'array':
      return arrayFault(schema, definitions, value, at);
    case 'object':
      return objectFault(schema, definitions, value, at);
    default:
      throw new Error(`the schema says no type for ${at}`);
  }
}

/** @type {(schema: Schema, value: unknown, at: string) => string | undefined} */
function stringFault({ enum: codes, maxLength = 0 }, value, at) {
  if (typeof value !== 'string') return `${at} is not a string`;
  if (codes !== undefined) return codes.includes(value) ? undefined : `${at} is none of ${codes.join(', ')}`;
  return Array.from(value).length > maxLength ? `${at} is longer than ${maxLength} characters` : undefined;
}

/** @type {(schema: Schema, value: unknown, at: string) => string | undefined} */
function integerFault({ minimum = 0, maximum = 0 }, value, at) {
  if (typeof value !== 'number' || !Number.isInteger(value)) return `${at} is not an integer`;
  return value < minimum || value > maximum ? `${at} is not between ${minimum} and ${maximum}` : undefined;
}

/** @type {Check} */
function arrayFault({ items = {}, maxItems = 0 }, definitions, value, at) {
  if (!Array.isArray(value)) return `${at} is not an array`;
  if (value.length > maxItems) return `${at} has more than ${maxItems} elements`;
  for (const [i, element] of value.entries()) {
    const fault = faultAt(items, definitions, element, `${at}/${i}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** @type {Check} */
function objectFault({ properties = {}, required = [] }, definitions, value, at) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${at} is not an object`;
  const members = new Map(Object.entries(value));
  const missing = required.find((name) => !members.has(name));
  if (missing !== undefined) return `${at}/${missing} is missing`;
  for (const [name, member] of members) {
    const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (schema === undefined) return `${at} has a property that the schema does not know`;
    const fault = faultAt(schema, definitions, member, `${at}/${name}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
