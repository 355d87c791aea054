/** All items of an iterable of groups. */
export async function collected<T>(groups: AsyncIterable<readonly T[]> = (async function* () {})()): Promise<T[]> {
  const all: T[] = [];
  for await (const group of groups) all.push(...group);
  return all;
}
