import type { ErrorObject } from 'ajv';
import { type Json, isArray, isObject, resolvePointer } from '../../json/json.ts';
import { type Nearest, suggest } from '../../base/suggestions.ts';
import { type Patterns, SlowMatch, unicodeWherePossible } from '../../pattern/matcher.ts';
import type { Fault } from '../../base/problem.ts';
import { type Shape, shapeBelow } from '../../schema/shape.ts';
import { count, latinSlug, list, printable, quoted } from '../../base/text.ts';
import { namesRequired } from './conditions.ts';
import { formatNames } from './formats.ts';
import { isJsonArray } from './instances.ts';
import type { Explained } from './explain.ts';
import { codesHint, synonymHint, emptyHint, typeHint, formatHint, keyHint } from './hints.ts';

/** One error of ajv, with all that words for it are taken from. */
interface Failed {
  readonly error: ErrorObject;
  readonly params: ErrorObject['params'];
  readonly pointer: string;
  /** What messages call the value. */
  readonly name: string;
  readonly value: Json;
  readonly schema: unknown;
  readonly of: Explained;
  readonly nearest: Nearest;
}

export function explainOne(error: ErrorObject, root: Json, of: Explained, nearest: Nearest): Fault {
  const { instancePath: pointer, keyword: failed, params } = error;
  const value = resolvePointer(root, pointer) ?? null;
  const name = pointer === '' ? of.whole : nameOf(pointer);
  const about: Failed = { error, params, pointer, name, value, schema: error.parentSchema, of, nearest };
  const explanation = Object.hasOwn(explanations, failed) ? explanations[failed] : undefined;
  const { message, ...more } = explanation?.(about) ?? { message: `${name} ${error.message ?? `fails ${failed}`}` };
  return { rule: 'schema', message, pointer, ...more };
}

/** What is said of an error, by the keyword that failed. */
type Explanation = (failed: Failed) => Pick<Fault, 'message'> & Partial<Fault>;

const explanations: Readonly<Record<string, Explanation>> = {
  additionalProperties: unknownKey,
  unevaluatedProperties: unknownKey,
  required: missingKey,
  dependentRequired: missingBeside,
  dependencies: missingBeside,
  enum: noCode,
  const: ({ value, params }) => ({ message: `${show(value)} is not ${show(constOf(params))}` }),
  type: wrongType,
  format: wrongFormat,
  pattern: wrongPattern,
  minLength: ({ value, name, params, of, pointer }) =>
    value === ''
      ? { message: `${name} is empty`, hint: emptyHint(of.shape, pointer) }
      : { message: `${name} is shorter than ${limitOf(params, 'character')}` },
  maxLength: ({ name, params }) => ({ message: `${name} is longer than ${limitOf(params, 'character')}` }),
  minItems: ({ value, name, params, of, pointer }) => ({
    message: `${name} has fewer than ${limitOf(params, 'element')}`,
    hint: isArray(value) && value.length === 0 ? emptyHint(of.shape, pointer) : undefined,
  }),
  uniqueItems: ({ name, params, pointer }) => ({
    message: `elements ${String(params['j'])} and ${String(params['i'])} of ${name} are the same`,
    pointer: `${pointer}/${String(params['i'])}`,
    hint: 'take one of them out',
  }),
  oneOf: noAlternative,
  anyOf: noAlternative,
  not: ({ name, error }) => ({ message: `${name} ${notMessage(error.schema)}` }),
};

function unknownKey({ params, schema, pointer, of: { shape }, nearest }: Failed): ReturnType<Explanation> {
  const key = String(params['additionalProperty'] ?? params['unevaluatedProperty']);
  const known = keysOf(schema, shapeBelow(shape, pointer));
  const meant = nearest(key, known);
  return {
    message: `unknown key ${quoted(key)}`,
    hint: suggest(meant) ?? keyHint(key, known, shape),
    pointer: `${pointer}/${escape(key)}`,
    atKey: true,
    ...(meant === undefined ? {} : { meant }),
  };
}

function missingKey({ params, schema, pointer, name, of: { shape } }: Failed): ReturnType<Explanation> {
  const missing = String(params['missingProperty']);
  const described =
    descriptionOf(schema, missing) ?? shapeBelow(shape, pointer)?.properties.get(missing)?.shape.description;
  return { message: `${quoted(missing)} is missing from ${name}`, hint: described, missing };
}

function missingBeside({ params, name }: Failed): ReturnType<Explanation> {
  const [has, lacks] = [params['property'], params['missingProperty']].map((key) => quoted(String(key)));
  return { message: `${name} has ${has} but no ${lacks}` };
}

function noCode({ params, value, schema, pointer, of: { shape }, nearest }: Failed): ReturnType<Explanation> {
  const allowed: unknown = params['allowedValues'];
  const codes = isJsonArray(allowed)
    ? allowed.map((code) => (typeof code === 'string' ? code : JSON.stringify(code)))
    : [];
  const listed = shapeBelow(shape, pointer)?.codes ?? [];
  const hint = synonymHint(value, codes, schema) ?? codesHint(value, codes, listed, nearest);
  return { message: `${show(value)} is none of the codes`, hint };
}

function wrongType({ params, name, value, schema, pointer, of: { shape } }: Failed): ReturnType<Explanation> {
  const types = [params['type']].flat().map(String);
  const wanted = types.map((type) => typeNames[type] ?? type);
  return {
    message: `${name} is ${typeName(value)}, not ${list(wanted, 'or')}`,
    hint: typeHint(value, types, keysOf(schema, shapeBelow(shape, pointer))),
  };
}

function wrongFormat({ params, value, pointer, of: { shape } }: Failed): ReturnType<Explanation> {
  const format = String(params['format']);
  return {
    rule: 'format',
    message: `${show(value)} is not ${formatNames[format] ?? `in the format ${format}`}`,
    hint: value === '' ? emptyHint(shape, pointer) : formatHint(value, format),
  };
}

function noAlternative({ params, name }: Failed): ReturnType<Explanation> {
  const several = Array.isArray(params['passingSchemas']);
  return { message: `${name} fits ${several ? 'more than one' : 'none'} of the alternatives` };
}

/** A limit with its unit. */
function limitOf(params: Failed['params'], unit: string): string {
  return count(Number(params['limit']), unit);
}

/** A pattern is for machines: what it wants stands in the description beside it. */
function wrongPattern({ params, value, schema, of: { patterns } }: Failed): ReturnType<Explanation> {
  const pattern = String(params['pattern']);
  if (typeof value === 'string' && /^\s|\s$/.test(value))
    return { message: `${show(value)} begins or ends with a space`, hint: 'take it out' };
  const slug = typeof value === 'string' ? latinSlug(value) : '';
  // a pattern that takes capital letters and spaces is none of slugs
  const wantsSlug = slug !== '' && fits(slug, pattern, patterns) && !fits('A b', pattern, patterns);
  const why = wantsSlug ? `write ${quoted(slug)}` : whyPattern(value, schema);
  return why === undefined
    ? { message: `${show(value)} does not match ${printable(pattern)}` }
    : { message: `${show(value)} is not of the form that is wanted`, hint: why };
}

/** Whether a text has the form of a pattern, as far as that can be told at once. */
export function fits(text: string, pattern: string, { matcherOf }: Patterns): boolean {
  try {
    return matcherOf(pattern, unicodeWherePossible(pattern)).test(text);
  } catch (error) {
    if (error instanceof SlowMatch) return false;
    throw error;
  }
}

function constOf(params: Readonly<Record<string, Json>>): Json {
  return params['allowedValue'] ?? null;
}

/** The key of what a pointer leads to; for an element of a list the whole pointer says more. */
function nameOf(pointer: string): string {
  const last = pointer.slice(pointer.lastIndexOf('/') + 1);
  return quoted(/^\d+$/.test(last) ? pointer : last);
}

/** What a `not` that only names keys forbids. */
function notMessage(schema: unknown): string {
  const names = namesRequired(schema);
  return names.length === 0
    ? 'is of a form that is not allowed'
    : `must not have ${list(
        names.map((n) => quoted(n)),
        'or',
      )} here`;
}

function whyPattern(value: Json, schema: unknown): string | undefined {
  if (typeof value === 'string' && /^[=+\-@\t\r]/.test(value)) return 'a spreadsheet would run this as a formula';
  if (
    typeof schema === 'object' &&
    schema !== null &&
    'description' in schema &&
    typeof schema.description === 'string'
  ) {
    return schema.description;
  }
  return undefined;
}

/** What the schema says in place of a property that is missing. */
function descriptionOf(schema: unknown, key: string): string | undefined {
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return undefined;
  const { properties } = schema;
  if (typeof properties !== 'object' || properties === null) return undefined;
  const property: unknown = Object.entries(properties).find(([name]) => name === key)?.[1];
  if (typeof property !== 'object' || property === null || !('description' in property)) return undefined;
  return typeof property.description === 'string' ? property.description : undefined;
}

/** The keys that an object can have: those of its schema, and those that a combination of schemas adds. */
function keysOf(schema: unknown, shape: Shape | undefined): readonly string[] {
  const own = typeof schema === 'object' && schema !== null && 'properties' in schema ? schema.properties : undefined;
  return typeof own === 'object' && own !== null ? Object.keys(own) : [...(shape?.properties.keys() ?? [])];
}

function escape(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
  array: 'a list',
  object: 'an object',
};

function typeName(value: Json): string {
  if (value === null) return 'null';
  return isArray(value) ? 'a list' : (typeNames[typeof value] ?? typeof value);
}

function show(value: Json): string {
  return typeof value === 'string'
    ? quoted(value)
    : isArray(value) || isObject(value)
      ? typeName(value)
      : String(value);
}
