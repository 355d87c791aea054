/** Offsets in code units, as the browser counts, and in code points, as records do. One table serves one text. */
export interface Offsets {
  readonly toPoint: (unit: number) => number;
  readonly toUnit: (point: number) => number;
}

/** Makes the table: it lists the positions of the second halves of surrogate pairs. */
export function offsetsOf(text: string): Offsets {
  const halves: number[] = [];
  for (const match of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) halves.push(match.index + 1);
  return {
    // inside a pair, the code point is the one that begins there
    toPoint: (unit) => unit - countBelow(halves, (half) => half <= unit),
    toUnit: (point) => point + countBelow(halves, (half, i) => half - i <= point),
  };
}

/** The number of members at the start of a sorted list that meet a condition; no later member meets it. */
export function countBelow<T>(list: readonly T[], isBelow: (value: T, i: number) => boolean): number {
  let [least, most] = [0, list.length];
  while (least < most) {
    const middle = (least + most) >> 1;
    const value = list[middle];
    if (value !== undefined && isBelow(value, middle)) least = middle + 1;
    else most = middle;
  }
  return least;
}
