/** Every corpus comes from this seed; another seed gives another corpus. */
export const seed = 20_220_224;

/** Numbers from 0 to below 1. */
export type Random = () => number;

/**
 * mulberry32 (Tommy Ettinger, public domain): 32 bits of state, which grow by a constant each step and are mixed by
 * two multiplications. Small and good enough for test data; the same start gives the same numbers on every
 * machine.
 */
export function mulberry32(start: number): Random {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from `low` to `high`, both included. */
export function whole(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

export function pick(random: Random, of: readonly string[]): string {
  return of[whole(random, 0, of.length - 1)] ?? '';
}

const words = (
  'the water stood above gauge after two days of rain and fell again by evening reading repeated from bridge because ' +
  'ice drifted past pier wind north-west visibility fair sensor cleaned battery at half Łódź Århus São Zürich naïve ' +
  '“calm” ±0.3 °C ferry delayed observer alone since morning next visit planned soon'
).split(' ');

export function sentence(random: Random, length: number): string {
  return `It says: ${Array.from({ length }, () => pick(random, words)).join(' ')}.`;
}

export function day(random: Random): string {
  return new Date(Date.UTC(1990, 0, 1 + whole(random, 0, 12_000))).toISOString().slice(0, 10);
}
