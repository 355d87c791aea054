import { type Json, type JsonObject, isArray, isObject } from '../json/json.ts';
import { type SchemaFile, encodeFragment, schemaUri } from './schemaSet.ts';

/** Which schemas lead back to themselves, with or without steps into the instance. */
export interface Cycles {
  /** The same number for locations that lead to each other; undefined for one that does not lead back to itself. */
  readonly cycleOf: (location: string) => number | undefined;
  /** Whether a `$ref` leads to the location. */
  readonly isTarget: (location: string) => boolean;
}

/** Finds the cycles among the linked schemas of some files (Tarjan's strongly connected components). */
export function cyclesOf(files: readonly SchemaFile[]): Cycles {
  const edges = new Map<string, readonly string[]>();
  const targets = new Set<string>();
  for (const { name, schema } of files) {
    const open = [{ schema, location: `${schemaUri(name)}#` }];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (!isObject(at.schema)) continue;
      const { location } = at;
      const below = [...schemasBelow(at.schema)].map((inner) => ({
        schema: inner.schema,
        location: `${location}/${encodeFragment(inner.pointer)}`,
        followed: inner.followed,
      }));
      const to = at.schema['$ref'];
      const references = typeof to === 'string' ? [to] : [];
      for (const target of references) targets.add(target);
      edges.set(location, [...below.filter(({ followed }) => followed).map((b) => b.location), ...references]);
      open.push(...below);
    }
  }
  const cycles = cyclesIn(edges);
  return { cycleOf: (location) => cycles.get(location), isTarget: (location) => targets.has(location) };
}

/** Keywords whose schemas say something of the structure of instances, and those that only hold schemas for others. */
const single = ['items', 'additionalItems', 'additionalProperties', 'unevaluatedProperties', 'if', 'then', 'else'];
const several = ['allOf', 'anyOf', 'oneOf', 'prefixItems', 'items'];
const named = ['properties', 'patternProperties', 'dependentSchemas', 'dependencies'];
const shelves = ['$defs', 'definitions'];

interface Inner {
  readonly schema: Json;
  /** From the schema around it, without the first slash. */
  readonly pointer: string;
  readonly followed: boolean;
}

function* schemasBelow(schema: JsonObject): Generator<Inner> {
  for (const key of single) {
    const inner = schema[key];
    if (isObject(inner)) yield { schema: inner, pointer: key, followed: true };
  }
  for (const key of several) {
    const list = schema[key];
    if (isArray(list))
      for (const [i, inner] of list.entries()) yield { schema: inner, pointer: `${key}/${i}`, followed: true };
  }
  for (const key of [...named, ...shelves]) {
    const map = schema[key];
    if (!isObject(map)) continue;
    for (const [name, inner] of Object.entries(map)) {
      const pointer = `${key}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      yield { schema: inner, pointer, followed: !shelves.includes(key) };
    }
  }
}

/** The number of the component of each node that leads back to itself. */
function cyclesIn(edges: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const indices = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const lower = (node: string, index: number): void => {
    lowest.set(node, Math.min(lowest.get(node) ?? index, index));
  };
  const enter = (node: string): { node: string; next: number } => {
    const index = indices.size;
    indices.set(node, index);
    lower(node, index);
    stack.push(node);
    onStack.add(node);
    return { node, next: 0 };
  };
  for (const root of edges.keys()) {
    if (indices.has(root)) continue;
    const path = [enter(root)];
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const next = edges.get(at.node)?.[at.next++];
      if (next !== undefined) {
        if (!indices.has(next)) path.push(enter(next));
        else if (onStack.has(next)) lower(at.node, indices.get(next) ?? 0);
        continue;
      }
      path.pop();
      const { node } = at;
      const own = lowest.get(node) ?? 0;
      const above = path.at(-1);
      if (above !== undefined) lower(above.node, own);
      if (own !== indices.get(node)) continue;
      const members = stack.splice(stack.lastIndexOf(node));
      for (const member of members) onStack.delete(member);
      if (members.length > 1 || edges.get(node)?.includes(node) === true)
        for (const member of members) found.set(member, own);
    }
  }
  return found;
}
