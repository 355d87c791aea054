import type { PhraseMeaning } from './dateWordings.ts';
import { type DateWords, monthOf } from './dateWords.ts';
import { monthNames } from './edtf.ts';
import { plainWords } from './plainWords.ts';
import { partsOfMonth } from './thirdOfMonth.ts';

/** The endings of the number of a day in many languages, such as `1er` and `12-го`. */
const ordinal = /(?<=(?<!\d)\d{1,2})(?:st|nd|rd|th|er|re|[eº°ª]|-?(?:го|ого|ше|е|ге|те))(?![\p{L}\p{M}])/giu;

/**
 * A date in the words of a language as the same date in English, which is what is read: `Anfang März 2022` as
 * `early March 2022`. Undefined if a word is not one of a date.
 */
export function inEnglish(text: string, words: DateWords): string | undefined {
  const plain = plainWords(plainWords(text).replace(ordinal, '').replace(/[,،]/g, ' '));
  const start = withoutArticle(withoutPreposition(withoutDay(withoutPreposition(plain, words), words), words), words);
  const part = partsOfMonth.find((each) => phraseAt(start, words, each) !== undefined);
  const rest = part === undefined ? start : (phraseAt(start, words, part) ?? '');
  const translated = rest.split(' ').map((token) => tokenInEnglish(token, words));
  if (translated.includes(undefined)) return undefined;
  const english = inOrder(translated.flatMap((token) => token ?? []).filter((token) => token !== ''));
  return english === '' ? undefined : [...(part === undefined ? [] : [part]), english].join(' ');
}

/** A word, number or mark of a date in English; empty if it means nothing, undefined if it is not of a date. */
function tokenInEnglish(token: string, words: DateWords): string | undefined {
  if (/^(?:[-–—/]|ca?\.?|)$/.test(token)) return token;
  const [, digits, after = ''] = /^(\d+(?:[./-]\d+)*)\.?(\p{L}*)\.?$/u.exec(token) ?? [];
  if (digits !== undefined) return after === '' || isSilent(after, words) ? digits : undefined;
  const month = monthOf(words, token);
  if (month !== undefined) return monthNames[month - 1];
  return isSilent(token, words) ? '' : undefined;
}

/** The tokens of one date as day, month and year; others as they are. */
function inOrder(tokens: readonly string[]): string {
  const [days, months, years] = [/^\d\d?$/, /^\p{L}{3,}$/u, /^\d{4}$/].map((form) =>
    tokens.filter((token) => form.test(token)),
  );
  const sorted = [...(days ?? []), ...(months ?? []), ...(years ?? [])];
  const isOne = [days, months, years].every((some) => (some?.length ?? 0) < 2) && sorted.length === tokens.length;
  return (isOne ? sorted : tokens).join(' ');
}

function isSilent(token: string, { silent }: DateWords): boolean {
  return silent.has(token.toLowerCase().replace(/\.$/, ''));
}

/** A text without the name of a day before or after its date. */
function withoutDay(text: string, { days, shortDays }: DateWords): string {
  const lower = text.toLowerCase();
  for (const name of [...days.keys(), ...shortDays]) {
    const after = lower.startsWith(name) ? /^\.? (?=\S)/.exec(text.slice(name.length)) : null;
    if (after !== null) return text.slice(name.length + after[0].length);
    if (lower.endsWith(` ${name}`) && /\d/.test(text)) return text.slice(0, -name.length - 1);
  }
  return text;
}

/** A text without the preposition before its date. */
export function withoutPreposition(text: string, words: DateWords): string {
  return phraseAt(text, words, 'at') ?? text;
}

/** A text without the article before its name. */
export function withoutArticle(text: string, words: DateWords): string {
  return phraseAt(text, words, 'of') ?? text;
}

/** What follows a phrase at the start of a text; undefined if the text starts otherwise. */
export function phraseAt(text: string, words: DateWords, meaning: PhraseMeaning): string | undefined {
  return words.wordings[meaning]?.[0].exec(text)?.[1];
}

/** What precedes a phrase at the end of a text; undefined if the text ends otherwise. */
export function phraseAfter(text: string, words: DateWords, meaning: PhraseMeaning): string | undefined {
  return words.wordings[meaning]?.[1].exec(text)?.[1];
}
