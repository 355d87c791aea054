import type { ColumnData } from './columns.ts';

/**
 * For each row of a column the rank of its value, equal for equal values, −1 for NULL. Numbers by size, texts by code
 * point, as in SQL. A comparison for each pair would take seconds for a million texts; typed arrays sort in a fraction.
 */
export function ranksOf(column: ColumnData, rows: number): Float64Array {
  const before = known.get(column);
  if (before !== undefined) return before;
  const ranks = rank(column, rows);
  known.set(column, ranks);
  return ranks;
}

const known = new WeakMap<ColumnData, Float64Array>();

function rank(column: ColumnData, rows: number): Float64Array {
  if (column.kind === 'numbers') return rankNumbers(column.numbers);
  if (column.kind === 'texts') {
    const ranks = rankTexts(column.cells.map((cell) => cell ?? ''));
    for (let row = 0; row < rows; row++) if (column.cells[row] === null) ranks[row] = -1;
    return ranks;
  }
  const order = rankTexts(column.dictionary);
  const ranks = new Float64Array(rows);
  for (let row = 0; row < rows; row++) ranks[row] = order[column.indices[row] ?? -1] ?? -1;
  return ranks;
}

function rankNumbers(numbers: Float64Array): Float64Array {
  // NaN comes last
  const order = numbers.toSorted();
  return numbers.map((value) => (Number.isNaN(value) ? -1 : firstIndex(order, value)));
}

/** The index of the first of equal numbers in an ordered array. */
function firstIndex(order: Float64Array, value: number): number {
  let [from, to] = [0, order.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((order[middle] ?? value) < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

function rankTexts(texts: readonly string[]): Float64Array {
  const order = orderTexts(texts);
  const ranks = new Float64Array(texts.length);
  let rankOfText = 0;
  for (let i = 0; i < order.length; i++) {
    const [above, at] = [order[i - 1], order[i] ?? 0];
    if (above === undefined || texts[above] !== texts[at]) rankOfText = i;
    ranks[at] = rankOfText;
  }
  return ranks;
}

/** How many units of a text go into one number at a time, and the room for each: the index takes the other 20 bits. */
interface Digits {
  readonly count: number;
  readonly room: number;
}

const ascii: Digits = { count: 4, room: 1 << 8 };
const anyText: Digits = { count: 2, room: 1 << 16 };

/** The indices of texts in their order: by their first units, then in each group of equal ones by the next. */
function orderTexts(texts: readonly string[]): Uint32Array {
  // eslint-disable-next-line no-control-regex
  const digits = texts.every((text) => /^[\0-\x7f]*$/.test(text)) ? ascii : anyText;
  const order = new Uint32Array(texts.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  const groups: (readonly [from: number, to: number, depth: number])[] = [[0, texts.length, 0]];
  for (let group = groups.pop(); group !== undefined; group = groups.pop()) {
    const [from, to, depth] = group;
    const members = order.slice(from, to);
    const size = members.length;
    // a power of two, so that division is exact
    const span = powerOfTwo(size);
    const keys = new Float64Array(size);
    for (let i = 0; i < size; i++) keys[i] = keyAt(texts[members[i] ?? 0] ?? '', depth, digits) * span + i;
    keys.sort();
    let start = 0;
    let own = Math.floor((keys[0] ?? 0) / span);
    for (let i = 0; i < size; i++) {
      const next = i + 1 < size ? Math.floor((keys[i + 1] ?? 0) / span) : -1;
      order[from + i] = members[(keys[i] ?? 0) - own * span] ?? 0;
      if (next === own) continue;
      // texts of which nothing is left are equal
      if (i > start && own % digits.room !== 0) groups.push([from + start, from + i + 1, depth + digits.count]);
      start = i + 1;
      own = next;
    }
  }
  return order;
}

/** The least power of two that a number of things has room in. */
export function powerOfTwo(size: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, size)));
}

function keyAt(text: string, depth: number, { count, room }: Digits): number {
  let key = 0;
  for (let i = depth; i < depth + count; i++) key = key * room + unitAt(text, i);
  return key;
}

/**
 * A unit of a text in the order of code points, surrogates above the rest of the plane; 0 behind the end. The last two
 * of the plane, which stand for no character, count as one.
 */
function unitAt(text: string, index: number): number {
  if (index >= text.length) return 0;
  const code = text.charCodeAt(index);
  if (code < 0xd800) return 1 + code;
  return Math.min(0xffff, 1 + (code < 0xe000 ? code + 0x2000 : code - 0x800));
}
