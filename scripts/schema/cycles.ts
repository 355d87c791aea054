import { isObject } from '../json/json.ts';
import { innerSchemas, structural } from './keywords.ts';
import { encodeFragment, schemaUri } from './location.ts';
import type { SchemaSet } from './schemaSet.ts';

/** Which schemas refer back to themselves, with or without steps into the instance. */
export interface Cycles {
  /** The same number for locations that refer to each other; undefined for one that does not refer back to itself. */
  readonly cycleOf: (location: string) => number | undefined;
  /** Whether a `$ref` points to the location. */
  readonly isTarget: (location: string) => boolean;
}

/** Finds the cycles among linked schemas (Tarjan's strongly connected components). */
export function cyclesOf(schemas: Pick<SchemaSet, 'files' | 'at'>): Cycles {
  const edges = new Map<string, readonly string[]>();
  const targets = new Set<string>();
  const open = schemas.files.map(({ name }) => `${schemaUri(name)}#`);
  for (let location = open.pop(); location !== undefined; location = open.pop()) {
    const { schema } = schemas.at(location);
    if (edges.has(location) || !isObject(schema)) continue;
    const next: string[] = [];
    for (const { keyword, pointer } of innerSchemas(schema)) {
      const below = location + encodeFragment(pointer);
      open.push(below);
      if (structural.has(keyword)) next.push(below);
    }
    const to = schema['$ref'];
    if (typeof to === 'string') {
      targets.add(to);
      next.push(to);
      open.push(to);
    }
    edges.set(location, next);
  }
  const cycles = cyclesIn(edges);
  return { cycleOf: (location) => cycles.get(location), isTarget: (location) => targets.has(location) };
}

/** The number of the component of each node that refers back to itself. */
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
