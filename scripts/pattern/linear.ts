import type { AST } from '@eslint-community/regexpp';
import { type CharSet, charSetOf, disjoint, noCharacters, union } from './charSet.ts';

/** How the work of matching grows with the text, if that can be proved. */
export type Growth = 'linear' | 'quadratic' | 'unknown';

/** What is known about the matches of a part of a pattern. */
interface Matches {
  /** Whether it can match the empty text. */
  readonly empty: boolean;
  /** Characters that a match can begin with. */
  readonly first: CharSet;
  /** Characters with which a match that could have ended can continue. */
  readonly next: CharSet;
  /** Whether a match can have any length. */
  readonly endless: boolean;
  /** Whether it looks ahead without a bound: then the part before it must end in only one way. */
  readonly farAhead: boolean;
  /** Whether it can end at many characters of one text: then the part after it must be short. */
  readonly loose: boolean;
  /** Product of the alternatives that begin alike, outside repetitions. */
  readonly ways: number;
}

const nothing: Matches = {
  empty: true,
  first: noCharacters,
  next: noCharacters,
  endless: false,
  farAhead: false,
  loose: false,
  ways: 1,
};

/** Up to this count, a repetition costs next to nothing. */
const fewTimes = 100;
const mostWays = 64;

/**
 * Proves that a pattern never has to try a text in many ways: at each character, there is at most one way to continue
 * (it is strongly one-unambiguous, after Brüggemann-Klein). Then backtracking costs no more than going forward. Without
 * `^` the same is tried from each character on: quadratic.
 */
export function growthOf(pattern: AST.Pattern): Growth {
  const matches = ofAlternatives(pattern.alternatives, false);
  if (matches === undefined) return 'unknown';
  if (!matches.endless || pattern.alternatives.every(isAnchored)) return 'linear';
  return 'quadratic';
}

function isAnchored({ elements }: AST.Alternative): boolean {
  const [first] = elements;
  return first?.type === 'Assertion' && first.kind === 'start';
}

function ofAlternatives(alternatives: readonly AST.Alternative[], repeated: boolean): Matches | undefined {
  let all: Matches | undefined;
  for (const alternative of alternatives) {
    const one = ofSequence(alternative.elements, repeated);
    if (one === undefined) return undefined;
    all = all === undefined ? one : eitherOf(all, one, repeated);
    if (all === undefined) return undefined;
  }
  return all;
}

function eitherOf(a: Matches, b: Matches, repeated: boolean): Matches | undefined {
  const told = disjoint(a.first, b.first) && !(a.empty && b.empty);
  const ways = told ? Math.max(a.ways, b.ways) : a.ways + b.ways;
  if ((repeated && !told) || ways > mostWays) return undefined;
  const empty = a.empty || b.empty;
  const first = union(a.first, b.first);
  const next = union(union(a.next, b.next), empty ? first : noCharacters);
  return {
    empty,
    first,
    next,
    endless: a.endless || b.endless,
    farAhead: a.farAhead || b.farAhead,
    loose: a.loose || b.loose,
    ways,
  };
}

function ofSequence(elements: readonly AST.Element[], repeated: boolean): Matches | undefined {
  let all: Matches = nothing;
  for (const element of elements) {
    const one = ofElement(element, repeated);
    if (one === undefined) return undefined;
    const told = disjoint(all.next, one.first);
    const ways = all.ways * one.ways * (told ? 1 : 2);
    const loose = all.loose || (!told && all.endless);
    if (ways > mostWays || (repeated && !told) || (loose && (one.endless || one.farAhead))) return undefined;
    if (one.farAhead && !isNone(all.next)) return undefined;
    all = {
      empty: all.empty && one.empty,
      first: all.empty ? union(all.first, one.first) : all.first,
      next: one.empty ? union(all.next, one.next) : one.next,
      endless: all.endless || one.endless,
      farAhead: all.farAhead || one.farAhead,
      loose: loose || one.loose,
      ways,
    };
  }
  return all;
}

function ofElement(element: AST.Element, repeated: boolean): Matches | undefined {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup':
      return ofAlternatives(element.alternatives, repeated);
    case 'Quantifier':
      return ofQuantifier(element, repeated);
    case 'Assertion':
      return ofAssertion(element, repeated);
    case 'Backreference':
      return undefined;
    default: {
      const first = charSetOf(element);
      return first === undefined ? undefined : { ...nothing, empty: false, first };
    }
  }
}

function ofQuantifier({ element, min, max }: AST.Quantifier, repeated: boolean): Matches | undefined {
  if (max === 0) return nothing;
  const once = ofElement(element, repeated || max > 1);
  if (once === undefined) return undefined;
  if (max > 1 && (once.loose || once.empty || !disjoint(once.next, once.first))) return undefined;
  return {
    empty: min === 0 || once.empty,
    first: once.first,
    next: min === 0 || max > Math.max(1, min) ? union(once.next, once.first) : once.next,
    endless: once.endless || max > fewTimes,
    farAhead: once.farAhead,
    loose: once.loose,
    ways: once.ways,
  };
}

/** The engine looks ahead once, outside repetitions. When it looks behind, it reads backwards. */
function ofAssertion(assertion: AST.Assertion, repeated: boolean): Matches | undefined {
  if (!('alternatives' in assertion)) return nothing;
  const inner = ofAlternatives(assertion.alternatives, repeated);
  if (inner === undefined || (inner.endless && (repeated || assertion.kind === 'lookbehind'))) return undefined;
  return { ...nothing, farAhead: inner.endless || inner.farAhead, ways: inner.ways };
}

function isNone({ ranges, classes }: CharSet): boolean {
  return ranges.length === 0 && classes.length === 0;
}
