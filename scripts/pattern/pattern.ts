import { createRequire } from 'node:module';
import type { AST } from '@eslint-community/regexpp';
import { lazy } from '../base/lazy.ts';
import { allMatchTime, attackTime, longestUntimed, matchTime, shortAttack, slowMatch } from '../base/limits.ts';
import { Failure } from '../base/problem.ts';
import { quoted } from '../base/text.ts';
import { attacksOf } from './attacks.ts';
import { type Growth, growthOf } from './linear.ts';
import { type Patterns, type Safety, SlowMatch } from './matcher.ts';
import { endsWithin } from './timeLimit.ts';

/**
 * Patterns that need no proof: literals and classes in a row, with at most one repetition, which is at the start of the
 * text if at all.
 */
const plain =
  /^(?:\^(?:[^\\^$.*+?()[\]{}|]|\\[dDwWsS.\-/]|\[[^\\[\]]+\])*(?:[*+]|\{\d+(?:,\d*)?\})?|[^\\^$.*+?()[\]{}|]*)\$?$/;

const loadParser = lazy(() => {
  // loaded only for the few patterns that need it
  const { RegExpParser }: typeof import('@eslint-community/regexpp') = createRequire(import.meta.url)(
    '@eslint-community/regexpp',
  );
  return new RegExpParser({ ecmaVersion: 2024 });
});

/** What is known of patterns, each by its flags and source. */
const known = new Map<string, Safety>();

const fast: Safety = { units: Number.POSITIVE_INFINITY, attack: undefined };
const timed: Safety = { units: 0, attack: undefined };
/** The square of this is still fast. */
const quadratic: Safety = { units: 5000, attack: undefined };

/** A pattern with its flags, and the growth that was proved: unlike the result of an attack, that holds forever. */
export type Proof = readonly [pattern: string, growth: Exclude<Growth, 'unknown'>];

/** The proofs that this process knows. */
export function proofs(): readonly Proof[] {
  return [...known].flatMap(([pattern, safety]): readonly Proof[] =>
    safety === fast ? [[pattern, 'linear']] : safety === quadratic ? [[pattern, 'quadratic']] : [],
  );
}

/** Adds proofs of another process that ran the same code. */
export function addProofs(more: readonly Proof[]): void {
  for (const [pattern, growth] of more) known.set(pattern, growth === 'linear' ? fast : quadratic);
}

/** Matchers for one run. The run ends when slow matches have taken too long in all. */
export function guardedPatterns(): Patterns {
  let spent = 0;
  /** Runs something with a time limit, and adds slow runs to the time spent. Returns whether it ended. */
  const clocked = (milliseconds: number, run: () => void): boolean => {
    const start = performance.now();
    const ended = endsWithin(milliseconds, run);
    const took = performance.now() - start;
    if (took > slowMatch) spent += took;
    return ended;
  };
  const safetyOf = (pattern: string, flags: string): Safety => {
    const key = `${flags}/${pattern}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (!plain.test(pattern) && spent > allMatchTime) return timed;
    const safety = plain.test(pattern) ? fast : judge(pattern, flags, clocked);
    known.set(key, safety);
    return safety;
  };
  const timedTest = (expression: RegExp, text: string): boolean => {
    if (spent > allMatchTime)
      throw new Failure(
        `the pattern ${quoted(expression.source)} takes too long on too many texts: ` +
          'rewrite it so that no repetition is inside another that can match the same',
      );
    let matches = false;
    if (clocked(matchTime, () => void (matches = expression.test(text)))) return matches;
    throw new SlowMatch(expression.source, text);
  };
  return {
    safetyOf,
    matcherOf(pattern, flags) {
      const expression = new RegExp(pattern, flags);
      let safety: Safety | undefined;
      return {
        test(text) {
          safety ??= safetyOf(pattern, flags);
          return text.length <= safety.units ? expression.test(text) : timedTest(expression, text);
        },
      };
    },
  };
}

type Clock = (milliseconds: number, run: () => void) => boolean;

function judge(pattern: string, flags: string, clocked: Clock): Safety {
  const parsed = parse(pattern, flags);
  if (parsed === undefined) return timed;
  const growth = growthOf(parsed);
  if (growth === 'linear') return fast;
  if (growth === 'quadratic') return quadratic;
  const expression = new RegExp(pattern, flags);
  const attack = attackThatSucceeds(expression, attacksOf(parsed, shortAttack), clocked);
  if (attack !== undefined) return { units: 0, attack };
  const long = attackThatSucceeds(expression, attacksOf(parsed, longestUntimed), clocked);
  return { units: long === undefined ? longestUntimed : shortAttack, attack: undefined };
}

function parse(pattern: string, flags: string): AST.Pattern | undefined {
  try {
    return loadParser().parsePattern(pattern, 0, pattern.length, { unicode: flags.includes('u') });
  } catch {
    return undefined;
  }
}

function attackThatSucceeds(expression: RegExp, attacks: readonly string[], clocked: Clock): string | undefined {
  let current = '';
  const allEnd = clocked(attackTime, () => {
    for (const attack of attacks) {
      current = attack;
      expression.test(attack);
    }
  });
  if (allEnd) return undefined;
  // a busy machine can stop a process for long, but hardly twice in a row
  const found = current;
  return clocked(attackTime, () => void expression.test(found)) ? undefined : found;
}
