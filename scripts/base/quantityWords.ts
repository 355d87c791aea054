import { type Limit, quantityWordings } from './quantityWordings.ts';

/** A number or range in a text. */
export interface QuantityInText {
  readonly limit: Limit | 'between';
  /** Undefined where the words set no lower or upper limit. */
  readonly least: number | undefined;
  readonly most: number | undefined;
  /** The words, with those that limit the number, in code units. */
  readonly start: number;
  readonly end: number;
}

/** A number in a text, in code units. */
interface Found {
  readonly value: number;
  /** What a word such as `thousand` behind it multiplies it by; 1 without one. It is in the value already. */
  readonly factor: number;
  readonly start: number;
  readonly end: number;
}

/** Languages whose numbers are read where that of a text is unknown: those that disagree are not read. */
const usual = ['en', 'de', 'fr'];

/** Any space, and the apostrophes that separate thousands in Switzerland. */
const between = String.raw`[ \u00a0\u2009\u202f’']`;

/**
 * The quantity in a text, if it has exactly one: a number, or two that are a range. `tags` are the languages of the
 * text, as BCP 47 tags. Undefined also if languages read its numbers differently.
 */
export function quantityIn(text: string, tags: readonly string[] = usual): QuantityInText | undefined {
  const numbers = tags.map((tag) => numbersIn(text, tag));
  const values = new Set(numbers.map((list) => JSON.stringify(list.map(({ value }) => value))));
  if (values.size !== 1) return undefined;
  const readings = tags.flatMap((tag, i) => quantityOf(text, numbers[i] ?? [], tag) ?? []);
  // a language that is not that of the text sees the number alone
  return readings.find(({ limit }) => limit !== 'exactly') ?? readings[0];
}

function quantityOf(
  text: string,
  [first, second, ...others]: readonly Found[],
  tag: string,
): QuantityInText | undefined {
  if (first === undefined || others.length > 0) return undefined;
  if (second !== undefined) return rangeOf(text, first, second, tag);
  const words = wordingsOf(tag);
  const before = limitBefore(text.slice(0, first.start), words.before);
  const after = before === undefined ? limitAfter(text.slice(first.end), words.after) : undefined;
  const limit = before?.limit ?? after?.limit ?? 'exactly';
  const { value } = first;
  return {
    limit,
    least: limit === 'at most' || limit === 'less than' ? undefined : value,
    most: limit === 'at least' || limit === 'more than' ? undefined : value,
    start: first.start - (before?.length ?? 0),
    end: first.end + (after?.length ?? 0),
  };
}

const noWordings: (typeof quantityWordings)[string] = { before: {}, ranges: [] };

function wordingsOf(tag: string): (typeof quantityWordings)[string] {
  const language = tag.split('-')[0]?.toLowerCase() ?? '';
  return Object.hasOwn(quantityWordings, language) ? (quantityWordings[language] ?? noWordings) : noWordings;
}

interface Limiting {
  readonly limit: Limit;
  /** Of the words with the space beside them, in code units. */
  readonly length: number;
}

function limitBefore(before: string, words: Readonly<Partial<Record<Limit, string>>>): Limiting | undefined {
  return longest(words, (phrase) => new RegExp(String.raw`(?<![\p{L}\p{N}])${phrase}\s*$`, 'iu').exec(before)?.[0]);
}

/** A limit behind the number, or behind what is counted: `100 soldiers or more`. */
function limitAfter(after: string, words: Readonly<Partial<Record<Limit, string>>> = {}): Limiting | undefined {
  if (after.startsWith('+')) return { limit: 'at least', length: 1 };
  return longest(
    words,
    (phrase) => new RegExp(String.raw`^\s+(?:\p{L}+\s+)??${phrase}(?![\p{L}\p{N}])`, 'iu').exec(after)?.[0],
  );
}

/** The longest phrase that matches: `not more than` says more than `more than`. */
function longest(
  words: Readonly<Partial<Record<Limit, string>>>,
  match: (phrase: string) => string | undefined,
): Limiting | undefined {
  const found = limits.flatMap((limit) =>
    (words[limit] ?? '').split('|').flatMap((phrase) => {
      const length = phrase === '' ? undefined : match(patternOf(phrase))?.length;
      return length === undefined ? [] : [{ limit, length }];
    }),
  );
  return found.toSorted((a, b) => b.length - a.length)[0];
}

const limits: readonly Limit[] = ['exactly', 'about', 'at least', 'more than', 'at most', 'less than'];

/** A phrase as a pattern: any space, and either apostrophe. */
function patternOf(phrase: string): string {
  return phrase
    .replaceAll('.', String.raw`\.`)
    .replaceAll(/['’]/g, "['’]")
    .replaceAll(' ', String.raw`\s+`);
}

/** Two numbers that are a range. */
function rangeOf(text: string, first: Found, second: Found, tag: string): QuantityInText | undefined {
  const [before, gap] = [text.slice(0, first.start), text.slice(first.end, second.start)];
  const dash = /^\s?[-–—]\s?$/u.test(gap) ? 0 : undefined;
  const worded = wordingsOf(tag).ranges.flatMap(([lead, link]) => {
    if (!new RegExp(String.raw`^\s+${patternOf(link)}\s+$`, 'iu').test(gap)) return [];
    const begun =
      lead === '' ? '' : new RegExp(String.raw`(?<![\p{L}\p{N}])${patternOf(lead)}\s+$`, 'iu').exec(before)?.[0];
    return begun === undefined ? [] : [begun.length];
  });
  const [length] = [...worded, ...(dash === undefined ? [] : [dash])];
  // 100 to 150 thousand
  const least =
    first.factor === 1 && second.factor > 1 && first.value < second.value / second.factor
      ? first.value * second.factor
      : first.value;
  if (length === undefined || least >= second.value) return undefined;
  return { limit: 'between', least, most: second.value, start: first.start - length, end: second.end };
}

function numbersIn(text: string, tag: string): readonly Found[] {
  const { pattern, group, decimal } = numerals(tag);
  return [...text.matchAll(pattern)].map(({ 0: digits, index }) => {
    const plain = digits.replaceAll(new RegExp(`${between}|${group}`, 'gu'), '').replace(new RegExp(decimal, 'u'), '.');
    const end = index + digits.length;
    const [factor, length] = factorAfter(text.slice(end), tag);
    // 1.2 million, without the errors of binary fractions
    return { value: Number((Number(plain) * factor).toPrecision(15)), factor, start: index, end: end + length };
  });
}

interface Numerals {
  readonly pattern: RegExp;
  /** As patterns. */
  readonly group: string;
  readonly decimal: string;
}

const known = new Map<string, Numerals>();

/** How a language writes numbers, from the data of the runtime. */
function numerals(tag: string): Numerals {
  const before = known.get(tag);
  if (before !== undefined) return before;
  const parts = new Intl.NumberFormat(tag, { numberingSystem: 'latn' }).formatToParts(1_234_567.8);
  const sign = (type: string): string => escaped(parts.find((each) => each.type === type)?.value ?? '');
  const [group, decimal] = [sign('group') || between, sign('decimal') || String.raw`\.`];
  const grouped = String.raw`\d{1,3}(?:(?:${between}|${group})\d{3})+(?!\d)`;
  const edges = [String.raw`(?<![\p{L}\d]|\d[.,])`, String.raw`(?![.,]?\d)`];
  const made = {
    pattern: new RegExp(`${edges[0]}(?:${grouped}|\\d+)(?:${decimal}\\d+)?${edges[1]}`, 'gu'),
    group,
    decimal,
  };
  known.set(tag, made);
  return made;
}

function escaped(sign: string): string {
  return sign.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** What a word behind a number multiplies it by, and the length of that word with the space before it. */
function factorAfter(after: string, tag: string): readonly [factor: number, length: number] {
  if (/^k(?![\p{L}\p{N}])/iu.test(after)) return [1000, 1];
  const [whole = '', word = ''] = /^\s?([\p{L}]+\.?)/u.exec(after) ?? [];
  const factor = factorsOf(tag).get(word.toLowerCase()) ?? factorsOf(tag).get(word.replace('.', '').toLowerCase());
  return factor === undefined ? [1, 0] : [factor, whole.length];
}

const knownFactors = new Map<string, ReadonlyMap<string, number>>();

/** Words such as `thousand` and `Mio.`, in the forms that follow different numbers. */
function factorsOf(tag: string): ReadonlyMap<string, number> {
  const before = knownFactors.get(tag);
  if (before !== undefined) return before;
  const made = new Map<string, number>();
  for (const compactDisplay of ['long', 'short'] as const) {
    const format = new Intl.NumberFormat(tag, { notation: 'compact', compactDisplay, numberingSystem: 'latn' });
    for (const factor of [1e3, 1e6, 1e9])
      for (const count of [1, 2, 5, 21]) {
        const word = format.formatToParts(count * factor).find(({ type }) => type === 'compact')?.value ?? '';
        // a single letter can be the symbol of a unit
        if (word.length > 1) made.set(word.toLowerCase(), factor);
      }
  }
  knownFactors.set(tag, made);
  return made;
}
