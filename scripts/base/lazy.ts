/** The result of a function, computed once, when it is first needed. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** A function of a text that computes each result once. */
export function remembered<T>(of: (text: string) => T): (text: string) => T {
  const made = new Map<string, { readonly value: T }>();
  return (text) => {
    const known = made.get(text) ?? { value: of(text) };
    made.set(text, known);
    return known.value;
  };
}
