import type { AST } from '@eslint-community/regexpp';

/** Code points that one step of a pattern matches: ranges, and classes that can only be tested. */
export interface CharSet {
  readonly ranges: readonly (readonly [first: number, last: number])[];
  readonly classes: readonly RegExp[];
}

export const noCharacters: CharSet = { ranges: [], classes: [] };

const lastPoint = 0x10ffff;
const digit: Ranges = [[0x30, 0x39]];
const word: Ranges = [...digit, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
const space: Ranges = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const lineEnd: Ranges = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];

type Ranges = CharSet['ranges'];

/** What a character, class or escape of a pattern matches; undefined for forms that are not analysed. */
export function charSetOf(element: AST.Element | AST.CharacterClassElement): CharSet | undefined {
  if (element.type === 'Character') return { ranges: [[element.value, element.value]], classes: [] };
  if (element.type === 'CharacterClassRange') return { ranges: [[element.min.value, element.max.value]], classes: [] };
  if (element.type === 'CharacterSet') return escapeOf(element);
  if (element.type !== 'CharacterClass' || element.unicodeSets) return undefined;
  let set = noCharacters;
  for (const part of element.elements) {
    const inner = charSetOf(part);
    if (inner === undefined) return undefined;
    set = union(set, inner);
  }
  if (!element.negate) return set;
  if (set.classes.length > 0) return { ranges: [], classes: [new RegExp(element.raw, 'u')] };
  return { ranges: complement(set.ranges), classes: [] };
}

function escapeOf(element: AST.CharacterSet): CharSet | undefined {
  if (element.kind === 'any') return { ranges: complement(lineEnd), classes: [] };
  if (element.kind === 'property')
    return element.strings ? undefined : { ranges: [], classes: [new RegExp(element.raw, 'u')] };
  const ranges = element.kind === 'digit' ? digit : element.kind === 'word' ? word : space;
  return { ranges: element.negate ? complement(ranges) : ranges, classes: [] };
}

function complement(ranges: Ranges): Ranges {
  const found: (readonly [number, number])[] = [];
  let next = 0;
  for (const [first, last] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (first > next) found.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  return next > lastPoint ? found : [...found, [next, lastPoint]];
}

export function union(a: CharSet, b: CharSet): CharSet {
  if (b === noCharacters) return a;
  return a === noCharacters ? b : { ranges: [...a.ranges, ...b.ranges], classes: [...a.classes, ...b.classes] };
}

/** This many code points are tried against a class. */
const mostTried = 1000;

/** Whether no code point is in both. False if it would take long to find out. */
export function disjoint(a: CharSet, b: CharSet): boolean {
  if (a.classes.length > 0 && b.classes.length > 0) return false;
  if (a.ranges.some(([from, to]) => b.ranges.some(([first, last]) => from <= last && first <= to))) return false;
  return misses(a, b.classes) && misses(b, a.classes);
}

function misses({ ranges }: CharSet, classes: readonly RegExp[]): boolean {
  if (classes.length === 0) return true;
  if (ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0) > mostTried) return false;
  return ranges.every(([first, last]) => {
    for (let point = first; point <= last; point++)
      if (classes.some((of) => of.test(String.fromCodePoint(point)))) return false;
    return true;
  });
}

const likely = ['a', 'A', '0', ' ', '-', 'é', 'ß', 'あ', '\u0301', '.', '+', '€'];

/** A few characters of the set: the first of each range, and for a class one that is likely to be in it. */
export function samplesOf({ ranges, classes }: CharSet): readonly string[] {
  const firsts = ranges.slice(0, 6).map(([first]) => String.fromCodePoint(first));
  return [...firsts, ...classes.flatMap((of) => likely.find((char) => of.test(char)) ?? [])];
}
