import { wordingsOf } from './quantityWordings.ts';
import { isScale, scaleAfter } from './scaleWords.ts';
import { isVoidedAfter, isVoidedBefore } from './voidingWords.ts';

/**
 * A number in a text. Offsets are code units: those of the digits with a sign, a currency and the words that scale it.
 */
export interface FoundNumber {
  readonly value: number;
  /** What words such as `thousand` behind it multiply it by; 1 without one. It is in the value already. */
  readonly factor: number;
  readonly start: number;
  readonly end: number;
}

/** The numbers of a text in digits. */
export interface NumbersInText {
  readonly found: readonly FoundNumber[];
  /** Whether the text has no other digits, whose value is not known. */
  readonly isClear: boolean;
}

/** Any space, and the apostrophes that separate thousands in Switzerland. */
const between = String.raw`[ \u00a0\u2009\u202f’']`;

/** Digits of a name, such as `T-34`, `G7`, `p.5` or `No. 5`. */
const named = new RegExp(
  String.raw`(?<![\p{L}\p{M}\p{N}])\p{L}[\p{L}\p{M}]*[-‐‑./_@]?\d[\p{L}\p{N}]*(?:[-‐‑./_][\p{L}\p{N}]+)*` +
    String.raw`|(?:[№#§]|(?<!\p{L})(?:No\.|[Nn]r\.?|[Nn][°º]))\s?\d+`,
  'gu',
);

/** The numbers that a text has in digits, as a language writes them. Names and ordinal numbers have none. */
export function numbersIn(text: string, tag: string): NumbersInText {
  const { pattern, ordinal } = numeralsOf(tag);
  const plain = [named, ordinal].reduce((left, each) => left.replaceAll(each, blank), text);
  const digits = [...plain.matchAll(pattern)];
  const found = digits.flatMap(({ 0: own, index }) => numberAt(plain, index, own, tag) ?? []);
  return { found, isClear: found.length === digits.length && !/\p{Nd}/u.test(plain.replaceAll(pattern, blank)) };
}

/** As many characters as some words, none of them a letter or digit. */
function blank(words: string): string {
  return '·'.repeat(words.length);
}

/** What is looked at beside the digits of a number. Code units. */
const [longestPrefix, longestScale] = [20, 100];

/** The number that some digits are; undefined if its value is not known. */
function numberAt(text: string, start: number, digits: string, tag: string): FoundNumber | undefined {
  const end = start + digits.length;
  const before = prefixOf(text.slice(Math.max(0, start - longestPrefix), start), tag);
  const after = text.slice(end, end + longestScale);
  // a fraction, a time, a power or a note
  if (before === undefined || /^\s?[\p{No}\p{Nl}]|^[/:×^=]\p{N}/u.test(after)) return undefined;
  const scale = scaleAfter(after, tag, before.isMoney);
  const { group, decimal } = numeralsOf(tag);
  const plain = digits.replaceAll(new RegExp(`${between}|${group}`, 'gu'), '').replace(new RegExp(decimal, 'u'), '.');
  if (scale === undefined || (before.isFraction && !/^\d+$/.test(plain))) return undefined;
  const [from, to] = [start - before.length, end + scale.length];
  if (isVoidedBefore(text, from, tag) || isVoidedAfter(text, to, tag) || isScaledBefore(text, from, tag))
    return undefined;
  // 1.2 million, without the errors of binary fractions
  const size = Number((Number(before.isFraction ? `0.${plain}` : plain) * scale.factor).toPrecision(15));
  return {
    value: before.isNegative && size !== 0 ? -size : size,
    factor: scale.factor,
    start: from,
    end: to,
  };
}

/** Whether the word before a number is a part of it: `two thousand 25`. */
function isScaledBefore(text: string, start: number, tag: string): boolean {
  const [word] = /[\p{L}\p{M}]+\.?(?=\s+$)/u.exec(text.slice(Math.max(0, start - longestPrefix), start)) ?? [];
  return word !== undefined && isScale(word, tag);
}

/** What is before the digits of a number and belongs to it. */
interface Prefix {
  /** In code units. */
  readonly length: number;
  readonly isNegative: boolean;
  /** Whether the sign of decimals is before the first digit: `.5`. */
  readonly isFraction: boolean;
  readonly isMoney: boolean;
}

const money = /(?:\p{Lu}{0,2}[$€£¥₴₽]|(?<!\p{L})(?:USD|EUR|GBP|CHF|UAH|RUB|PLN))[ \u00a0]?$/u;

/** Undefined if the number is a part of something else. */
function prefixOf(before: string, tag: string): Prefix | undefined {
  const [point] = numeralsOf(tag).point.exec(before) ?? [''];
  const rest = before.slice(0, before.length - point.length);
  const [paid] = money.exec(rest) ?? [''];
  const bare = rest.slice(0, rest.length - paid.length);
  const sign = signAt(bare);
  if (sign === undefined || /[±.,/:×^=_@]$/u.test(bare)) return undefined;
  return {
    length: point.length + paid.length + sign.length,
    isNegative: sign !== '' && sign !== '+',
    isFraction: point !== '',
    isMoney: paid !== '',
  };
}

/** The sign at the end of a text: empty if there is none, undefined if it is not clear what it is. */
function signAt(before: string): string | undefined {
  const [last = ''] = /[-−–—+]$/u.exec(before) ?? [];
  if (last === '') return '';
  const around = before.slice(0, -1);
  // the dash of a range
  if (last !== '+' && /[\p{N}\p{L}%$€£]\.?\s?$/u.test(around) && /\p{N}[\p{L}%$€£.]*\s?$/u.test(around)) return '';
  return last !== '—' && /(?:^|[\s([{<>≤≥~≈„“"'‘’«‚·])$/u.test(around) ? last : undefined;
}

interface Numerals {
  readonly pattern: RegExp;
  readonly ordinal: RegExp;
  /** The sign of decimals at the end of a text, without a digit before it. */
  readonly point: RegExp;
  /** As patterns. */
  readonly group: string;
  readonly decimal: string;
}

const known = new Map<string, Numerals>();

/** How a language writes numbers, from the data of the runtime. */
function numeralsOf(tag: string): Numerals {
  const before = known.get(tag);
  if (before !== undefined) return before;
  const parts = new Intl.NumberFormat(tag, { numberingSystem: 'latn' }).formatToParts(1_234_567.8);
  const sign = (type: string): string => escaped(parts.find((each) => each.type === type)?.value ?? '');
  const [group, decimal] = [sign('group') || between, sign('decimal') || String.raw`\.`];
  const grouped = String.raw`\d{1,3}(?:(?:${between}|${group})\d{3})+(?!\d)`;
  const edges = [String.raw`(?<![\p{L}\d]|\d[.,])`, String.raw`(?![.,]?\d)`];
  const made = {
    pattern: new RegExp(`${edges[0]}(?:${grouped}|\\d+)(?:${decimal}\\d+)?${edges[1]}`, 'gu'),
    ordinal: new RegExp(String.raw`(?<![\p{N}.,])\d+(?:${wordingsOf(tag).ordinals})(?!\p{L})`, 'gu'),
    point: new RegExp(String.raw`(?<![\p{L}\p{N}.,])${decimal}$`, 'u'),
    group,
    decimal,
  };
  known.set(tag, made);
  return made;
}

function escaped(sign: string): string {
  return sign.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
