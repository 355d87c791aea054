import { type Order, sortKeys } from './orderKeys.ts';

/**
 * The order of texts by code point, without nulls. Comparing pairs would take seconds for a million texts. So as many
 * characters as fit become one number, the numbers are sorted, and texts that are still equal continue with their next
 * characters. A prefix that all texts of a group share is skipped. More characters fit because a number encodes only
 * those that occur.
 */
export function orderTexts(texts: Texts): Order {
  const rows = new Uint32Array(texts.length);
  let count = 0;
  for (let i = 0; i < texts.length; i++) if (texts[i] !== null) rows[count++] = i;
  const order = { rows: rows.subarray(0, count), isSame: new Uint8Array(count) };
  const usual = alphabetOf(texts, order.rows, { depth: 0, length: 64 }, Math.ceil(count / sample));
  const groups: Group[] = [{ from: 0, to: count, depth: 0 }];
  for (let group = groups.pop(); group !== undefined; group = groups.pop()) {
    if (group.to - group.from <= few) insert(texts, order, group);
    else arrange(texts, order, group, usual, groups);
  }
  return order;
}

type Texts = readonly (string | null)[];

/** Positions in an order whose texts share their first `depth` units of UTF-16. */
interface Group {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

/** Groups up to the first size are sorted by comparison; from the second size on, a key is two numbers. */
const [few, many] = [20, 4096] as const;

/** Sorts a group by the next units of its texts. `left` gets the groups that are still equal. */
function arrange(
  texts: Texts,
  { rows, isSame }: Order,
  { from, to, depth: before }: Group,
  usual: Alphabet,
  left: Group[],
): void {
  const members = rows.slice(from, to);
  const depth = sharedLength(texts, members, before);
  const { words, units, base } = keysOf(texts, members, depth, usual);
  const [first, last = first] = words;
  const sorted = first.length < many ? sortSmall(first) : sortKeys(words);
  let start = 0;
  for (let i = 0; i < sorted.length; i++) {
    const at = sorted[i] ?? 0;
    rows[from + i] = members[at] ?? 0;
    const next = sorted[i + 1];
    if (next !== undefined && last[at] === last[next] && first[at] === first[next]) continue;
    if (i > start) {
      // texts without further characters are equal
      if ((last[at] ?? 0) % base === 0) isSame.fill(1, from + start + 1, from + i + 1);
      else left.push({ from: from + start, to: from + i + 1, depth: depth + units });
    }
    start = i + 1;
  }
}

/** The order of a few keys: key and index become one number, which sorts without a comparison function. */
function sortSmall(keys: Uint32Array): Uint32Array {
  const packed = new Float64Array(keys.length);
  for (let i = 0; i < packed.length; i++) packed[i] = (keys[i] ?? 0) * many + i;
  packed.sort();
  const order = new Uint32Array(keys.length);
  for (let i = 0; i < order.length; i++) order[i] = (packed[i] ?? 0) % many;
  return order;
}

/** Insertion sort, for a few texts. */
function insert(texts: Texts, { rows, isSame }: Order, { from, to, depth }: Group): void {
  for (let i = from + 1; i < to; i++) {
    const row = rows[i] ?? 0;
    let at = i;
    for (; at > from && compareFrom(texts[rows[at - 1] ?? 0] ?? '', texts[row] ?? '', depth) > 0; at--)
      rows[at] = rows[at - 1] ?? 0;
    rows[at] = row;
  }
  for (let i = from + 1; i < to; i++) if (texts[rows[i] ?? 0] === texts[rows[i - 1] ?? 0]) isSame[i] = 1;
}

function compareFrom(a: string, b: string, depth: number): number {
  const length = Math.min(a.length, b.length);
  for (let i = depth; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return rankOf(x) - rankOf(y);
  }
  return a.length - b.length;
}

/** The rank of a unit in the order of code points: surrogates come after the rest of the first plane. */
function rankOf(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** A shared prefix of fewer units is not worth checking in every text. */
const worthSkipping = 4;

/** A lower bound for the units that all of some texts share; `known` are already known. */
function sharedLength(texts: Texts, members: Uint32Array, known: number): number {
  const some = sharedBy(texts, members, { from: known, to: Infinity }, Math.ceil(members.length / 8));
  return some < known + worthSkipping ? known : sharedBy(texts, members, { from: known, to: some }, 1);
}

/** How many units every `step`th text shares with the first: at least `from`, at most `to`. */
function sharedBy(
  texts: Texts,
  members: Uint32Array,
  { from, to }: { readonly from: number; readonly to: number },
  step: number,
): number {
  const first = texts[members[0] ?? 0] ?? '';
  let end = Math.min(first.length, to);
  for (let i = step; i < members.length && end > from; i += step) {
    const text = texts[members[i] ?? 0] ?? '';
    let at = from;
    while (at < end && at < text.length && text.charCodeAt(at) === first.charCodeAt(at)) at++;
    end = at;
  }
  return end;
}

interface Keys {
  /** For each text the number of its next units; in large groups of similar texts, a second one for those after. */
  readonly words: readonly [Uint32Array] | readonly [Uint32Array, Uint32Array];
  /** How many units the words of a text encode. */
  readonly units: number;
  readonly base: number;
}

/** The most units in a word, and how many texts an alphabet is taken from: these usually have all units that occur. */
const [mostUnits, sample] = [10, 256] as const;

/** A large group gets its own alphabet, so that more units fit into a word; a small one only if it needs one. */
function keysOf(texts: Texts, members: Uint32Array, depth: number, usual: Alphabet): Keys {
  const here = { depth, length: 2 * mostUnits };
  const own = (step: number): Alphabet => alphabetOf(texts, members, here, step);
  const first = members.length < many ? usual : own(Math.ceil(members.length / sample));
  return tryKeys(texts, members, depth, first) ?? tryKeys(texts, members, depth, own(1)) ?? never();
}

function never(): never {
  throw new Error('a unit of a text is not among its units');
}

/** The units that words encode. */
interface Alphabet {
  readonly units: readonly number[];
  /** How many numbers a unit can be: 0 is the end of the text. */
  readonly base: number;
  /** How many units fit into a word. */
  readonly perWord: number;
}

/** The units that every `step`th text has in a range of positions. */
function alphabetOf(
  texts: Texts,
  members: Uint32Array,
  { depth, length }: { readonly depth: number; readonly length: number },
  step: number,
): Alphabet {
  const found: number[] = [];
  use(undefined);
  for (let i = 0; i < members.length; i += step) {
    const text = texts[members[i] ?? 0] ?? '';
    const end = Math.min(text.length, depth + length);
    for (let at = depth; at < end; at++) {
      const unit = text.charCodeAt(at);
      if (numbers[unit] !== 0) continue;
      numbers[unit] = 1;
      found.push(unit);
    }
  }
  for (const unit of found) numbers[unit] = 0;
  const base = Math.max(2, found.length + 1);
  let perWord = 1;
  while (perWord < mostUnits && base ** (perWord + 1) <= 2 ** 32) perWord++;
  return { units: found.toSorted((a, b) => rankOf(a) - rankOf(b)), base, perWord };
}

/** The number in words of each unit of the alphabet in use; 0 for any other unit. */
const numbers = new Uint16Array(0x1_0000);
let inUse: Alphabet | undefined;

function use(alphabet: Alphabet | undefined): void {
  if (alphabet === inUse) return;
  for (const unit of inUse?.units ?? []) numbers[unit] = 0;
  for (const [i, unit] of (alphabet?.units ?? []).entries()) numbers[unit] = i + 1;
  inUse = alphabet;
}

/** The keys of texts; undefined if one of them has a unit that the alphabet lacks. */
function tryKeys(texts: Texts, members: Uint32Array, depth: number, alphabet: Alphabet): Keys | undefined {
  use(alphabet);
  const { base, perWord } = alphabet;
  const first = wordAt(texts, members, depth, alphabet);
  if (first === undefined) return undefined;
  if (members.length < many || areApart(first)) return { words: [first], units: perWord, base };
  const second = wordAt(texts, members, depth + perWord, alphabet);
  return second === undefined ? undefined : { words: [first, second], units: 2 * perWord, base };
}

/** Whether few words are likely to be equal, judging by a sample. */
function areApart(words: Uint32Array): boolean {
  const step = Math.ceil(words.length / sample);
  const some = words.filter((_, i) => i % step === 0);
  return new Set(some).size === some.length;
}

/** Some units of each text as one number; undefined if the alphabet lacks one of them. */
function wordAt(
  texts: Texts,
  members: Uint32Array,
  depth: number,
  { base, perWord }: Alphabet,
): Uint32Array | undefined {
  const words = new Uint32Array(members.length);
  for (let i = 0; i < words.length; i++) {
    const text = texts[members[i] ?? 0] ?? '';
    let word = 0;
    for (let at = depth; at < depth + perWord; at++) {
      const number = at < text.length ? (numbers[text.charCodeAt(at)] ?? 0) : 0;
      if (number === 0 && at < text.length) return undefined;
      word = word * base + number;
    }
    words[i] = word;
  }
  return words;
}
