import type { Nearest } from '../../base/suggestions.ts';
import { quoted } from '../../base/text.ts';
import { type Json, pointerSteps } from '../../json/json.ts';
import type { Patterns } from '../../pattern/matcher.ts';
import { type Shape, shapeBelow } from '../../schema/shape.ts';
import type { Fault } from '../../base/problem.ts';

/** A keyword of a schema that a value does not satisfy. */
export interface FailedKeyword {
  readonly keyword: string;
  /** JSON Pointer of the value. */
  readonly pointer: string;
  readonly value: Json;
  /** The name of the value in messages. */
  readonly name: string;
  /** What ajv says about the keyword. */
  readonly params: Readonly<Record<string, unknown>>;
  /** The value of the keyword, and the schema that has it. */
  readonly wanted: unknown;
  readonly schema: unknown;
  /** The shape of the whole record. */
  readonly shape: Shape;
  readonly patterns: Patterns;
  readonly nearest: Nearest;
}

/** How a rule words the failure of one of its keywords. */
export type Explain = (failed: FailedKeyword) => Omit<Fault, 'rule'>;

/** A rule that is checked by keywords of JSON Schema. */
export interface KeywordRule {
  readonly keywords: readonly string[];
  readonly explain: Explain;
}

/** A value for messages: a text in quotes, an object or list by its type. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  return typeof value === 'object' && value !== null ? typeOf(value) : JSON.stringify(value);
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

/** The name of a JSON Schema type in messages. */
export function typeNamed(type: string): string {
  return typeNames[type] ?? type;
}

/** The name of the type of a value in messages. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeNamed(typeof value);
}

/** What to do about an empty value. */
export function emptyHint(shape: Shape, pointer: string): string {
  const slash = pointer.lastIndexOf('/');
  const key = pointerSteps(pointer)?.at(-1) ?? '';
  if (/^\d+$/.test(key)) return 'remove the element';
  const required = shapeBelow(shape, pointer.slice(0, slash))?.properties.get(key)?.required === true;
  return required
    ? 'it cannot be left out: say what is known'
    : 'say what is known, or leave the key out where it is optional';
}

/** The keys that an object can have: those of its schema, and those from a combination of schemas. */
export function keysOf(schema: unknown, shape: Shape | undefined): readonly string[] {
  const own = typeof schema === 'object' && schema !== null && 'properties' in schema ? schema.properties : undefined;
  return typeof own === 'object' && own !== null ? Object.keys(own) : [...(shape?.properties.keys() ?? [])];
}

/** The description of a schema. */
export function descriptionIn(schema: unknown): string | undefined {
  if (typeof schema !== 'object' || schema === null || !('description' in schema)) return undefined;
  return typeof schema.description === 'string' ? schema.description : undefined;
}
