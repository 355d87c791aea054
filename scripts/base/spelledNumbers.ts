import { compoundNumbers, mostWordsOfNumber } from './compoundNumbers.ts';
import { dateWords } from './dateWords.ts';
import type { FoundNumber } from './numerals.ts';
import { numbersIn as smallNumbers } from './numberWords.ts';
import { plainWords } from './plainWords.ts';
import { scaleAfter } from './scaleWords.ts';
import { isVoidedAfter, isVoidedBefore } from './voidingWords.ts';
import { languageOf } from './supported.ts';

/** How a language spells the round numbers that are read in words. */
interface Spelled {
  /** The forms of each number are separated by `|`. */
  readonly round: Readonly<Record<number, string>>;
  /** Words that say about how many there are: `une centaine`. */
  readonly about?: Readonly<Record<number, string>>;
  /** Before a hundred or a dozen, and a part of it. */
  readonly article?: string;
  /** Other words that are a part of a number, as a pattern: the number is then not read. */
  readonly others: string;
  /** Between the words of a number. */
  readonly and: string;
}

const spelled: Readonly<Record<string, Spelled>> = {
  en: {
    round: {
      12: 'dozen',
      20: 'twenty',
      30: 'thirty',
      40: 'forty',
      50: 'fifty',
      60: 'sixty',
      70: 'seventy',
      80: 'eighty',
      90: 'ninety',
      100: 'hundred',
    },
    article: 'a|one',
    others:
      String.raw`\p{L}+teen|one|half|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|` +
      String.raw`\p{L}+(?:teenth|ieth)`,
    and: 'and',
  },
  de: {
    round: {
      12: 'dutzend',
      20: 'zwanzig',
      30: 'dreißig|dreissig',
      40: 'vierzig',
      50: 'fünfzig',
      60: 'sechzig',
      70: 'siebzig',
      80: 'achtzig',
      90: 'neunzig',
      100: 'hundert|einhundert',
    },
    article: 'ein',
    others: String.raw`eins|\p{L}+zehn|\p{L}+hundert|\p{L}+tausend|halb`,
    and: 'und',
  },
  fr: {
    round: { 20: 'vingt', 30: 'trente', 40: 'quarante', 50: 'cinquante', 60: 'soixante', 100: 'cent' },
    about: {
      10: 'dizaine',
      12: 'douzaine',
      20: 'vingtaine',
      30: 'trentaine',
      40: 'quarantaine',
      50: 'cinquantaine',
      60: 'soixantaine',
      100: 'centaine',
    },
    article: 'une',
    others: String.raw`un|une|cents|vingts|autres?|demi\p{L}*|\p{L}+i[eè]me`,
    and: 'et',
  },
  uk: {
    round: {
      20: 'двадцять|двадцяти',
      30: 'тридцять|тридцяти',
      40: 'сорок|сорока',
      50: "п'ятдесят|п'ятдесяти",
      60: 'шістдесят|шістдесяти',
      70: 'сімдесят|сімдесяти',
      80: 'вісімдесят|вісімдесяти',
      90: "дев'яносто|дев'яноста",
      100: 'сто|ста',
      200: 'двісті|двохсот',
      300: 'триста|трьохсот',
      400: 'чотириста|чотирьохсот',
      500: "п'ятсот|п'ятисот",
    },
    others:
      String.raw`один|одн\p{L}+|перш\p{L}+|друг\p{L}+|двох|трет\p{L}+|трьох|чет\p{L}+|чотирьох|п'ят\p{L}+|` +
      String.raw`ш[іе]ст\p{L}+|сьом\p{L}+|семи|в[іо]с[ьі]м\p{L}+|дев'ят\p{L}+|десят\p{L}+|` +
      String.raw`\p{L}+надцят\p{L}+|\p{L}+сот\p{L}*|пів\p{L}*`,
    and: 'і|й|та',
  },
};

/** A number in words. */
export interface SpelledNumber extends FoundNumber {
  /** Whether its word says that it is only about this number. */
  readonly isAbout: boolean;
}

/** The number that a text has in words of a language; undefined if it has none, several, or one that is not known. */
export function spelledNumber(text: string, tag: string): SpelledNumber | undefined {
  const language = languageOf(tag);
  const own = Object.hasOwn(spelled, language) ? spelled[language] : undefined;
  if (own === undefined) return undefined;
  const values = valuesIn(language, own);
  const words = joined(wordsIn(text, language), text, values);
  const at = words.findIndex((word) => values.has(word.text));
  const [first, value] = [words[at], values.get(words[at]?.text ?? '')];
  const scale = first === undefined ? undefined : scaleAfter(text.slice(first.end), tag, false);
  if (first === undefined || value === undefined || scale === undefined) return undefined;
  const end = first.end + scale.length;
  const rest = words.filter((word) => word.start >= end);
  if (rest.some((word) => values.has(word.text))) return undefined;
  const article =
    wholeWord(own.article).test(words[at - 1]?.text ?? '') && takesArticle(first, own) ? words[at - 1] : undefined;
  const start = (article ?? first).start;
  const before = words.slice(0, article === undefined ? at : at - 1).toReversed();
  const isPart = [besides(before, own), besides(rest, own)].some(
    (word) => wholeWord(own.others).test(word) || scaleAfter(` ${word}`, tag, false)?.factor !== 1,
  );
  if (isPart || isDayOfMonth(text.slice(end), tag)) return undefined;
  if (/[-‐‑]$/u.test(text.slice(0, start)) || /^[-‐‑]/u.test(text.slice(end))) return undefined;
  if (isVoidedBefore(text, start, tag) || isVoidedAfter(text, end, tag)) return undefined;
  const isAbout = Object.values(own.about ?? {}).includes(first.text);
  return { value: value * scale.factor, factor: scale.factor, start, end, isAbout };
}

/** Whether the name of a month is behind a number, as in `le quatorze juillet`. */
function isDayOfMonth(after: string, tag: string): boolean {
  const [, name = ''] = /^\s+([\p{L}\p{M}]+)/u.exec(after) ?? [];
  const { months, hasCapitals = false } = dateWords(tag) ?? {};
  return months?.has(name.toLowerCase()) === true && (!hasCapitals || /^\p{Lu}/u.test(name));
}

/** The next word that is not `and`. */
function besides([next, other]: readonly Word[], { and }: Spelled): string {
  return (wholeWord(and).test(next?.text ?? '') ? other : next)?.text ?? '';
}

/** Whether a number has an article before it: one hundred, but one sixty is another number. */
function takesArticle({ text }: Word, { round, about = {} }: Spelled): boolean {
  const hundreds = Object.entries(round).flatMap(([value, forms]) =>
    Number(value) % 10 === 0 && Number(value) < 100 ? [] : forms.split('|'),
  );
  return [...hundreds, ...Object.values(about)].includes(text);
}

const known = new Map<string, ReadonlyMap<string, number>>();

/** The numbers above 1, by their words. A word for one can also be an article. */
function valuesIn(language: string, { round, about = {} }: Spelled): ReadonlyMap<string, number> {
  const before = known.get(language);
  if (before !== undefined) return before;
  const small = [...smallNumbers(language)].filter(([, value]) => value > 1);
  const others = [...Object.entries(round), ...Object.entries(about)].flatMap(([value, forms]) =>
    forms.split('|').map((form) => [form, Number(value)] as const),
  );
  const made = new Map([...small, ...others, ...compoundNumbers(language)]);
  known.set(language, made);
  return made;
}

interface Word {
  /** In small letters, with plain apostrophes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Ukrainian words have an apostrophe inside; elsewhere, it is between two words. */
function wordsIn(text: string, language: string): readonly Word[] {
  const form = language === 'uk' ? /[\p{L}\p{M}]+(?:['’ʼ`][\p{L}\p{M}]+)*/gu : /[\p{L}\p{M}]+/gu;
  return [...text.matchAll(form)].map(({ 0: word, index }) => ({
    text: plainWords(word).toLowerCase(),
    start: index,
    end: index + word.length,
  }));
}

/** The words of a text, with those of one number as one word. */
function joined(words: readonly Word[], text: string, values: ReadonlyMap<string, number>): readonly Word[] {
  const all: Word[] = [];
  for (let i = 0; i < words.length; i++) {
    let [number, length] = [words[i], 1];
    for (let more = 2; more <= mostWordsOfNumber; more++) {
      const longer = oneOf(words.slice(i, i + more), text);
      if (longer !== undefined && values.has(longer.text)) [number, length] = [longer, more];
    }
    if (number !== undefined) all.push(number);
    i += length - 1;
  }
  return all;
}

/** Words as one, if only a hyphen or a space is between them. */
function oneOf(words: readonly Word[], text: string): Word | undefined {
  const [first, last] = [words[0], words.at(-1)];
  const gaps = words.slice(1).map((word, i) => text.slice(words[i]?.end, word.start));
  if (first === undefined || last === undefined || !gaps.every((gap) => /^(?:[-‐‑]|\s+)$/u.test(gap))) return undefined;
  const parts = words.map((word, i) => `${word.text}${/^\s/u.test(gaps[i] ?? '') ? ' ' : i < gaps.length ? '-' : ''}`);
  return { text: parts.join(''), start: first.start, end: last.end };
}

function wholeWord(pattern = '(?!)'): RegExp {
  return new RegExp(`^(?:${pattern})$`, 'u');
}
