import { type Json, isArray, isObject } from '../json/json.ts';
import type { Shape } from '../schema/shape.ts';
import { type Ancestor, comesBackWider, rowShape, rowsOf, standsInside, withItself } from './recursion.ts';

/** What records use of a shape: existing members and elements, each with what is used of it. */
export interface Use {
  readonly members: Map<string, Use>;
  /** For members that the shape does not name. */
  entries: Use | undefined;
  items: Use | undefined;
  /** Whether lists or maps inside it lead back to it: its rows hold rows of the same table. */
  recursive: boolean;
}

/** Nothing used yet. */
export function noUse(): Use {
  return { members: new Map(), entries: undefined, items: undefined, recursive: false };
}

type Around = readonly Ancestor<Use>[];

/** What records use of the shape of their table. */
export function useOf(records: Iterable<Json>, shape: Shape): Use {
  const use = noUse();
  for (const record of records) mark(record, shape, use, withItself<Use>([], shape, undefined));
  return use;
}

/** If rows go into a table around them, their use is recorded there. */
function mark(value: Json, shape: Shape, use: Use, around: Around): void {
  if (!isArray(value) && !isObject(value)) return;
  if (shape.types.has('array')) {
    const rows = rowShape(shape);
    if (rows === undefined || comesBackWider(rows, around)) return;
    const below = knownRows(rows, around) ?? (use.items ??= noUse());
    for (const row of isArray(value) ? value : [value]) mark(row, rows, below, withItself(around, rows, below));
  } else if (isObject(value)) {
    for (const [name, inner] of Object.entries(value)) noteMember(name, inner, shape, use, around);
  }
}

function noteMember(name: string, value: Json, shape: Shape, use: Use, around: Around): void {
  const property = shape.properties.get(name);
  if (property !== undefined) {
    const below = use.members.get(name) ?? noUse();
    use.members.set(name, below);
    if (!standsInside(property.shape, around))
      mark(value, property.shape, below, withItself(around, property.shape, undefined));
  } else if (shape.members !== undefined && !comesBackWider(shape.members, around)) {
    const below = knownRows(shape.members, around) ?? (use.entries ??= noUse());
    mark(value, shape.members, below, withItself(around, shape.members, below));
  }
}

/** The recorded use of the rows to which a shape leads back. */
function knownRows(shape: Shape, around: Around): Use | undefined {
  const found = rowsOf(shape, around);
  if (found !== undefined) found.recursive = true;
  return found;
}
