/** The rows of a column that have a value, in order. */
export interface Order {
  /** Equal rows keep the order of the table. */
  readonly rows: Uint32Array;
  /** For each position in `rows`, 1 if its value equals that of the row before, else 0. */
  readonly isSame: Uint8Array;
}

/** Bits of a key that one pass sorts. */
const digitBits = 11;
const digits = 1 << digitBits;
const shifts = [0, digitBits, 2 * digitBits] as const;

/**
 * The indices of keys in sorted order (a stable radix sort). A key is one 32-bit number or several, the most
 * significant first. Each digit of a million keys takes some milliseconds; a digit that all keys share takes none.
 */
export function sortKeys(words: readonly [Uint32Array, ...Uint32Array[]]): Uint32Array {
  const [{ length }] = words;
  let order = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
  let next = new Uint32Array(length);
  const starts = new Uint32Array(digits);
  for (const keys of words.toReversed()) {
    for (const shift of shifts) {
      if (!countDigits(keys, shift, starts)) continue;
      for (let i = 0; i < order.length; i++) {
        const index = order[i] ?? 0;
        const digit = ((keys[index] ?? 0) >>> shift) & (digits - 1);
        next[starts[digit]!++] = index;
      }
      [order, next] = [next, order];
    }
  }
  return order;
}

/** Computes where the keys of each digit begin. @returns whether there is more than one digit */
function countDigits(keys: Uint32Array, shift: number, starts: Uint32Array): boolean {
  starts.fill(0);
  for (let i = 0; i < keys.length; i++) starts[((keys[i] ?? 0) >>> shift) & (digits - 1)]!++;
  let sum = 0;
  for (let digit = 0; digit < digits; digit++) {
    const count = starts[digit] ?? 0;
    if (count === keys.length) return false;
    starts[digit] = sum;
    sum += count;
  }
  return keys.length > 0;
}
