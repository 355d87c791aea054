import { type FoundNumber, numbersIn } from './numerals.ts';
import { type Limit, type Wordings, limitSigns, wordingsOf } from './quantityWordings.ts';
import { isScale } from './scaleWords.ts';
import { spelledNumber } from './spelledNumbers.ts';
import { supported } from './supported.ts';
import { isVoidedBefore } from './voidingWords.ts';

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

/** Languages whose numbers are read where that of a text is unknown: those that disagree are not read. */
const usual: readonly string[] = ['en', 'de', 'fr'];

/** The languages in which the numbers of a text are read, for those that it is said to have: BCP 47 tags. */
export function numberLanguages(tags: readonly string[] = []): readonly string[] {
  const known = tags.flatMap((tag) => supported(tag) ?? []);
  return known.length === 0 ? usual : known;
}

/**
 * The quantity in a text, if it has exactly one: a number, or two that are a range. `named` are the languages that
 * the text is said to have, as BCP 47 tags. Undefined also if languages read its numbers differently.
 */
export function quantityIn(text: string, named?: readonly string[]): QuantityInText | undefined {
  const tags = numberLanguages(named);
  const numbers = tags.map((tag) => numbersIn(text, tag));
  const values = new Set(numbers.map(({ found }) => JSON.stringify(found.map(({ value }) => value))));
  if (values.size !== 1 || numbers.some(({ isClear }) => !isClear)) return undefined;
  const hasDigits = numbers.some(({ found }) => found.length > 0);
  const readings = tags.flatMap(
    (tag, i) => (hasDigits ? quantityOf(text, numbers[i]?.found ?? [], tag) : inWords(text, tag)) ?? [],
  );
  if (new Set(readings.map(({ least, most }) => least ?? most)).size > 1) return undefined;
  // a language that is not that of the text sees the number alone
  const reading = readings.find(({ limit }) => limit !== 'exactly') ?? readings[0];
  if (reading === undefined || isNegated(text, reading.start, tags)) return undefined;
  // half of about 200
  return tags.some((tag) => isVoidedBefore(text, reading.start, tag)) ? undefined : reading;
}

/** How far before a phrase a negation can turn it round. Words. */
const mostBefore = 3;

/** The most of a text that is read for a negation. Code units. */
const longestSentence = 300;

/** Longer than any word of a negation. Code units. */
const longestWord = 20;

/** Where a clause ends. A comma before a word for `than` ends none. */
const clauseEnd = /[()]|,(?!\s*(?:ніж|як|чем|als|niż)(?!\p{L}))/u;

/**
 * Whether there is a negation among the last words of the clause before a phrase that begins at a place in a text, in
 * languages given as BCP 47 tags. The first half of one whose second half begins the phrase is a part of it.
 */
export function isNegated(text: string, start: number, tags: readonly string[]): boolean {
  const sentence =
    text
      .slice(Math.max(0, start - longestSentence), start)
      .split(/[.;:!?]/u)
      .at(-1) ?? '';
  const parts = sentence.split(clauseEnd);
  // of `did not, officials said, meet`, the clause goes on behind the second comma
  const clause = `${parts.at(-3) ?? ''} ${parts.at(-1) ?? ''}`;
  const words = [...clause.matchAll(/[\p{L}\p{M}’'-]+/gu)].slice(-mostBefore).map(([word]) => word);
  return tags.some((tag) => {
    const { negations, halves: [first, second] = ['(?!)', '(?!)'] } = wordingsOf(tag);
    const isHalf = new RegExp(String.raw`^(?:${second})(?!\p{L})`, 'iu').test(text.slice(start, start + longestWord));
    return words
      .filter((word) => !isHalf || !new RegExp(`^(?:${first})$`, 'iu').test(word))
      .some((word) => new RegExp(`^(?:${negations})$`, 'iu').test(word));
  });
}

/** The quantity whose number is in words. It is read only where there is none in digits. */
function inWords(text: string, tag: string): QuantityInText | undefined {
  const number = spelledNumber(text, tag);
  const found = number === undefined ? undefined : quantityOf(text, [number], tag);
  return found?.limit === 'exactly' && number?.isAbout === true ? { ...found, limit: 'about' } : found;
}

function quantityOf(
  text: string,
  [first, second, ...others]: readonly FoundNumber[],
  tag: string,
): QuantityInText | undefined {
  if (first === undefined || others.length > 0) return undefined;
  if (second !== undefined) return rangeOf(text, first, second, tag);
  const words = wordingsOf(tag);
  const before = limitBefore(text.slice(0, first.start), words.before);
  const behind = limitAfter(text.slice(first.end), words);
  // `20 с лишним тысяч` is more than 20,000
  const [, next] = /^\s+([\p{L}\p{M}]+\.?)/u.exec(text.slice(first.end + (behind?.length ?? 0))) ?? [];
  if (next !== undefined && isScale(next, tag)) return undefined;
  const after = before === undefined ? behind : undefined;
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

interface Limiting {
  readonly limit: Limit;
  /** Of the words with the space beside them, in code units. */
  readonly length: number;
}

function limitBefore(before: string, words: Wordings['before']): Limiting | undefined {
  const [whole, sign = ''] = /(?<![-=<>])([<>≤≥~≈])\s?$/u.exec(before) ?? [];
  const limit = limitSigns[sign];
  if (whole !== undefined && limit !== undefined) return { limit, length: whole.length };
  const own = longest(
    words,
    (phrase) => new RegExp(String.raw`(?<![\p{L}\p{N}])${phrase}\s*$`, 'iu').exec(before)?.[0],
  );
  if (own?.limit !== 'at most') return own;
  // "щонайменше до 2000": the word for "up to" also means "to"
  const outer = limitBefore(before.slice(0, before.length - own.length), words);
  return outer === undefined ? own : { limit: outer.limit, length: outer.length + own.length };
}

/** A limit behind the number, or behind what is counted: `100 soldiers or more`. */
function limitAfter(after: string, { after: words = {}, negations }: Wordings): Limiting | undefined {
  if (after.startsWith('+')) return { limit: 'at least', length: 1 };
  const counted = String.raw`(?:(?!(?:${negations})\s)\p{L}+,?\s+)??`;
  return longest(
    words,
    (phrase) => new RegExp(String.raw`^,?\s+${counted}${phrase}(?![\p{L}\p{N}])`, 'iu').exec(after)?.[0],
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

/** A phrase as a pattern: any space, also with a comma before it, and either apostrophe. */
function patternOf(phrase: string): string {
  return phrase
    .replaceAll('.', String.raw`\.`)
    .replaceAll(/['’]/g, "['’]")
    .replaceAll(' ', String.raw`,?\s+`);
}

/** Two numbers that are a range. */
function rangeOf(text: string, first: FoundNumber, second: FoundNumber, tag: string): QuantityInText | undefined {
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
