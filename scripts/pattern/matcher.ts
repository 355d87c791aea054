import { quoted } from '../base/text.ts';

/** A compiled pattern (ECMA-262) whose matching always ends. */
export interface Matcher {
  /** @throws SlowMatch if the text takes too long */
  readonly test: (text: string) => boolean;
}

/** A match that was stopped. */
export class SlowMatch extends Error {
  readonly pattern: string;
  readonly text: string;

  constructor(pattern: string, text: string) {
    super(`${quoted(text)} takes too long to be matched against ${quoted(pattern)}`);
    this.pattern = pattern;
    this.text = text;
  }
}

/** Length of texts up to which a pattern is known to be fast, in UTF-16 units, and a short text on which it is slow. */
export interface Safety {
  readonly units: number;
  readonly attack: string | undefined;
}

/** Makes the matchers of a run. */
export interface Patterns {
  /** How a pattern behaves: proved if that is cheap, else tested by an attack on it. */
  readonly safetyOf: (pattern: string, flags: string) => Safety;
  /** A matcher for a pattern; with a time limit if nothing is known about its speed. */
  readonly matcherOf: (pattern: string, flags: string) => Matcher;
}

/** JSON Schema requires Unicode expressions; some published schemas have others. */
export function unicodeWherePossible(pattern: string): string {
  try {
    return new RegExp(pattern, 'u').flags;
  } catch {
    return '';
  }
}

/** Matchers that trust every pattern. */
export const trusting: Patterns = {
  safetyOf: () => ({ units: Number.POSITIVE_INFINITY, attack: undefined }),
  matcherOf(pattern, flags) {
    const expression = new RegExp(pattern, flags);
    return { test: (text) => expression.test(text) };
  },
};
