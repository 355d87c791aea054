import type { Shape } from '../schema/shape.ts';

/** A shape that a value is inside of; `rows` where its instances are rows of a table. */
export interface Ancestor<Rows> {
  readonly shape: Shape;
  readonly rows: Rows | undefined;
}

/** Those that a value of a shape is inside of, with itself: rows, and objects that lie in a row. */
export function withItself<Rows>(
  around: readonly Ancestor<Rows>[],
  shape: Shape,
  rows: Rows | undefined,
): readonly Ancestor<Rows>[] {
  const counts = shape.cyclic.length > 0 && (rows !== undefined || shape.types.has('object'));
  return counts ? [...around, { shape, rows }] : around;
}

/** Whether an object shares with one around it a schema that leads back to itself: then it stays JSON. */
export function standsInside(shape: Shape, around: readonly Ancestor<unknown>[]): boolean {
  return shape.types.has('object') && around.some((a) => shares(shape, a.shape));
}

/** The shape of the rows of a list: its elements, and a value that can be alone in place of one. */
export function rowShape(shape: Shape): Shape | undefined {
  return standsAlone(shape) ? shape.oneOrItem : shape.items;
}

/** Whether a value other than null can be in place of a list. */
export function standsAlone({ types }: Shape): boolean {
  return [...types].some((type) => type !== 'array' && type !== 'null');
}

/** The rows to which elements of a shape belong: those of the same shape around them. */
export function rowsOf<Rows>(shape: Shape, around: readonly Ancestor<Rows>[]): Rows | undefined {
  if (shape.cyclic.length === 0) return undefined;
  return around.find((a) => a.rows !== undefined && a.shape.identity === shape.identity)?.rows;
}

/** Whether a shape comes back to that of a table around it, and allows something else beside: its columns are not made for it. */
export function comesBackWider(shape: Shape | undefined, around: readonly Ancestor<unknown>[]): boolean {
  if (shape === undefined || shape.cyclic.length === 0 || rowsOf(shape, around) !== undefined) return false;
  return around.some((a) => a.rows !== undefined && shares(shape, a.shape));
}

function shares(shape: Shape, other: Shape): boolean {
  return shape.cyclic.some((location) => other.cyclic.includes(location));
}

const backs = new WeakMap<Shape, boolean>();

/** Whether lists or maps below a shape hold instances of the same shape again; undefined if more than `most` shapes lie below. */
export function comesBack(shape: Shape, most = Infinity): boolean | undefined {
  const before = backs.get(shape);
  if (before !== undefined || shape.cyclic.length === 0) return before ?? false;
  const found = findBack(shape, most);
  if (found !== undefined) backs.set(shape, found);
  return found;
}

function findBack(shape: Shape, most: number): boolean | undefined {
  const seen = new Set([shape.identity]);
  const open = [shape];
  const enter = (inner: Shape): void => {
    if (seen.has(inner.identity)) return;
    seen.add(inner.identity);
    open.push(inner);
  };
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.size > most) return undefined;
    for (const inner of [at.items, at.members, at.oneOrItem]) {
      if (inner?.identity === shape.identity) return true;
      if (inner !== undefined) enter(inner);
    }
    for (const property of at.properties.values()) enter(property.shape);
  }
  return false;
}
