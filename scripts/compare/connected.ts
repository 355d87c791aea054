/** A link between two things. */
export interface Link<T> {
  readonly a: T;
  readonly b: T;
}

/** Groups of links that have no thing in common, in the order of their first links (union-find, by path halving). */
export function connected<T, L extends Link<T>>(links: readonly L[]): readonly (readonly L[])[] {
  const above = new Map<T, T>();
  const topOf = (thing: T): T => {
    let top = thing;
    for (let next = above.get(top); next !== undefined && next !== top; next = above.get(top)) {
      const further = above.get(next) ?? next;
      above.set(top, further);
      top = further;
    }
    return top;
  };
  for (const { a, b } of links) above.set(topOf(a), topOf(b));
  const groups = new Map<T, L[]>();
  for (const link of links) {
    const top = topOf(link.a);
    const group = groups.get(top);
    if (group === undefined) groups.set(top, [link]);
    else group.push(link);
  }
  return [...groups.values()];
}
