import { type Json, below } from '../json/json.ts';
import type { Shape } from './shape.ts';

/** What is known about a record before it is written: a value, or what is known about its members and elements. */
export interface Known {
  readonly value?: Json;
  readonly inner: ReadonlyMap<string, Known>;
}

/** A field of a skeleton that is still to be filled in. */
export interface Left {
  readonly pointer: string;
  readonly shape: Shape;
}

export interface Skeleton {
  readonly value: Json;
  readonly left: readonly Left[];
}

/** Objects are nested at most this deep; a schema that requires more has no instances. */
const mostLevels = 20;

/**
 * The smallest record of a shape: what it requires and what is known, in the order of the schema. An unknown value is
 * listed, and gets a placeholder that the schema rejects, if there is one.
 */
export function skeletonOf(shape: Shape, known: Known | undefined): Skeleton {
  const left: Left[] = [];
  return { value: build(shape, known, '', left), left };
}

function build(shape: Shape, known: Known | undefined, pointer: string, left: Left[]): Json {
  if (known?.value !== undefined) return known.value;
  const inside = known !== undefined && known.inner.size > 0;
  const room = pointer.split('/').length <= mostLevels;
  if (room && shape.types.has('object') && (shape.properties.size > 0 || inside) && !leadsToElements(shape, known))
    return buildObject(shape, known, pointer, left);
  if (room && shape.types.has('array') && (shape.typed || inside)) return buildArray(shape, known, pointer, left);
  const [only, ...others] = shape.codes ?? [];
  if (only !== undefined && others.length === 0) return only.code;
  left.push({ pointer, shape });
  return placeholder(shape);
}

/** Whether the known values are elements of a list, if the value could be an object too. */
function leadsToElements(shape: Shape, known: Known | undefined): boolean {
  const [first] = known?.inner.keys() ?? [];
  return first !== undefined && shape.types.has('array') && !shape.properties.has(first) && /^\d+$/.test(first);
}

function buildObject(shape: Shape, known: Known | undefined, pointer: string, left: Left[]): Json {
  const members: [string, Json][] = [];
  for (const { name, required, shape: inner } of shape.properties.values()) {
    const given = known?.inner.get(name);
    if (required || given !== undefined) members.push([name, build(inner, given, below(pointer, name), left)]);
  }
  for (const [name, given] of known?.inner ?? []) {
    if (shape.properties.has(name) || shape.members === undefined) continue;
    members.push([name, build(shape.members, given, below(pointer, name), left)]);
  }
  return Object.fromEntries(members);
}

function buildArray(shape: Shape, known: Known | undefined, pointer: string, left: Left[]): Json {
  const { items } = shape;
  const indices = [...(known?.inner.keys() ?? [])].map(Number);
  if (items === undefined) {
    left.push({ pointer, shape });
    return null;
  }
  // an empty list would say that there are no elements
  const length = Math.max(1, shape.minItems, ...indices.map((index) => index + 1));
  return Array.from({ length }, (_, i) => build(items, known?.inner.get(String(i)), below(pointer, i), left));
}

/**
 * A value that the schema rejects, so that an unfilled field cannot be overlooked: the empty text for a text, else
 * null.
 */
function placeholder(shape: Shape): Json {
  return shape.types.has('string') && refusesEmpty(shape) ? '' : null;
}

function refusesEmpty({ codes, constraints, format, references }: Shape): boolean {
  if (codes !== undefined) return !codes.some(({ code }) => code === '');
  if (references.length > 0 || Number(constraints['minLength'] ?? 0) > 0) return true;
  const { pattern } = constraints;
  if (typeof pattern === 'string' && !new RegExp(pattern).test('')) return true;
  return format !== undefined && neverEmpty.has(format);
}

const neverEmpty = new Set([
  'edtf',
  'date',
  'date-time',
  'time',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uri',
  'iri',
  'uuid',
]);
