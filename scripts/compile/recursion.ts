import type { Shape } from '../schema/shape.ts';

/** A shape that contains a value; `rows` if its instances are rows of a table. */
export interface Ancestor<Rows> {
  readonly shape: Shape;
  readonly rows: Rows | undefined;
}

/** The shapes that contain the values of a shape, including itself: rows, and objects inside a row. */
export function withItself<Rows>(
  around: readonly Ancestor<Rows>[],
  shape: Shape,
  rows: Rows | undefined,
): readonly Ancestor<Rows>[] {
  const counts = shape.cyclic.length > 0 && (rows !== undefined || shape.types.has('object'));
  return counts ? [...around, { shape, rows }] : around;
}

/** Whether an object shares a schema that leads back to itself with an object around it: then it stays JSON. */
export function standsInside(shape: Shape, around: readonly Ancestor<unknown>[]): boolean {
  return shape.types.has('object') && around.some((a) => shares(shape, a.shape));
}

/** The shape of the rows of a list: its elements, and a value that can be there alone instead. */
export function rowShape(shape: Shape): Shape | undefined {
  return standsAlone(shape) ? shape.oneOrItem : shape.items;
}

/** Whether a value other than null can be there instead of a list. */
export function standsAlone({ types }: Shape): boolean {
  return [...types].some((type) => type !== 'array' && type !== 'null');
}

/** The rows for elements of a shape: those of the same shape around them. */
export function rowsOf<Rows>(shape: Shape, around: readonly Ancestor<Rows>[]): Rows | undefined {
  if (shape.cyclic.length === 0) return undefined;
  return around.find((a) => a.rows !== undefined && a.shape.identity === shape.identity)?.rows;
}

/**
 * Whether a shape leads back to a table around it, and allows something else too: the table's columns do not cover
 * that.
 */
export function comesBackWider(shape: Shape | undefined, around: readonly Ancestor<unknown>[]): boolean {
  if (shape === undefined || shape.cyclic.length === 0 || rowsOf(shape, around) !== undefined) return false;
  return around.some((a) => a.rows !== undefined && shares(shape, a.shape));
}

function shares(shape: Shape, other: Shape): boolean {
  return shape.cyclic.some((location) => other.cyclic.includes(location));
}

const backs = new WeakMap<Shape, boolean>();

/**
 * Whether lists or maps below a shape hold instances of the same shape again; undefined if there are more than `most`
 * shapes below.
 */
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
