import type { AST } from '@eslint-community/regexpp';
import { charSetOf, samplesOf } from './charSet.ts';

const mostWords = 8;
const mostAttacks = 60;
/** Characters that hardly any pattern matches at the end. */
const spoilers = ['\u0000', '!', ''];

/**
 * Texts of about a given length that may take a pattern long: what a repetition matches, over and over, then something
 * that matches nothing.
 */
export function attacksOf(pattern: AST.Pattern, units: number): readonly string[] {
  const found = new Set<string>();
  for (const { before, pumps } of repetitionsIn(pattern.alternatives, '')) {
    for (const pump of pumps) {
      const many = before + pump.repeat(Math.ceil(units / pump.length));
      for (const spoiler of spoilers) if (found.size < mostAttacks) found.add(many + spoiler);
    }
  }
  return [...found];
}

interface Repetition {
  /** A text that reaches the repetition. */
  readonly before: string;
  readonly pumps: readonly string[];
}

function* repetitionsIn(alternatives: readonly AST.Alternative[], before: string): Generator<Repetition> {
  for (const { elements } of alternatives) {
    let lead = before;
    for (const element of elements) {
      yield* repetitionsOf(element, lead);
      lead += wordsOf(element).find((word) => word !== '') ?? '';
    }
  }
}

function* repetitionsOf(element: AST.Element, before: string): Generator<Repetition> {
  if (element.type === 'Quantifier') {
    yield* repetitionsOf(element.element, before);
    const words = wordsOf(element.element).filter((word) => word !== '');
    const [one, two] = words;
    const pumps = one === undefined || two === undefined ? words : [...words, one + two, words.join('')];
    if (element.max > 1 && pumps.length > 0) yield { before, pumps };
  } else if ('alternatives' in element) yield* repetitionsIn(element.alternatives, before);
}

/** A few texts that match an element. */
function wordsOf(element: AST.Element): readonly string[] {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup':
      return few(element.alternatives.flatMap(({ elements }) => wordsOfSequence(elements)));
    case 'Quantifier': {
      const times = Math.min(Math.max(1, element.min), 50);
      const words = wordsOf(element.element).map((word) => word.repeat(times));
      return few(element.min === 0 ? [...words, ''] : words);
    }
    case 'Assertion':
    case 'Backreference':
      return [''];
    default: {
      const set = charSetOf(element);
      return set === undefined ? [''] : samplesOf(set);
    }
  }
}

function wordsOfSequence(elements: readonly AST.Element[]): readonly string[] {
  let words: readonly string[] = [''];
  for (const element of elements) {
    const [first = '', ...others] = wordsOf(element);
    // one way for everything before, every way for the first of it
    words = few([...words.map((word) => word + first), ...others.map((other) => (words[0] ?? '') + other)]);
  }
  return words;
}

function few(words: readonly string[]): readonly string[] {
  return [...new Set(words)].slice(0, mostWords);
}
