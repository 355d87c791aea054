import { isTitle } from '../../base/titleWords.ts';
import { beginsSentence } from './beginsSentence.ts';

// a name has at least two words with capitals; an initial has a dot, and there can be `van der` in between
const word = String.raw`\p{Lu}(?:[\p{L}\p{M}]|(?<=\p{L})['’ʼ-](?=\p{L}))+`;
const part = String.raw`(?:\p{Lu}\.-?)+|${word}`;
const particle = String.raw`al|bin|da|de|del|della|den|der|di|dos|du|el|la|le|ibn|ten|ter|van|von|zu`;

/** A name of several words, as a pattern. */
export const name = String.raw`(?:${part})(?:\s+(?:${particle})){0,2}(?:\s+(?:${part})(?:\s+(?:${particle})){0,2}){0,3}?\s+${word}`;

// a text can be wrapped within a name, but a name does not go on in the next paragraph
const gap = String.raw`(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*(?!\s))`;
const longest = String.raw`(?:${part})(?:${gap}(?:(?:${particle})${gap}){0,2}(?:${part})){0,6}${gap}(?:(?:${particle})${gap}){0,2}${word}`;
const anyName = new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}'’ʼ-])${longest}`, 'gu');
const wholeParticle = new RegExp(`^(?:${particle})$`, 'u');
const finalParticle = new RegExp(String.raw`(?<![\p{L}\p{M}])(?:${particle})\s+$`, 'u');
const inner = new RegExp(String.raw`\s(?:${particle})\s`, 'u');

const anyWord = new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}'’ʼ-])${word}`, 'gu');

/** Whether a name has a word such as `van` in it. */
export function hasParticle(words: string): boolean {
  return inner.test(words);
}

/** Whether a text ends with a word such as `van`, and a space. */
export function endsWithParticle(text: string): boolean {
  return finalParticle.test(text);
}

/** Whether a word of a name is a common word: it begins with a small letter, and is none such as `van`. */
export function isCommonWord(each: string): boolean {
  return /^\p{Ll}/u.test(each) && !wholeParticle.test(each);
}

/** The endings of the English genitive: one name ends there. */
export const genitives = ["'s", '’s', 'ʼs'];
const genitive = new RegExp(String.raw`(?:${genitives.join('|')})(?![\p{L}\p{M}\p{N}])`, 'u');

/** The same at the end of words. */
export const endingGenitive = new RegExp(`${genitive.source}$`, 'u');

/** As short as the prepositions and articles that begin a sentence before a name. Letters. */
const shortWord = 3;

/**
 * Words of a text that can be names of two words, or of more with a word such as `van` in them. Of a longer row of
 * words with capitals, the last two: a title can be before the name. A title alone is none.
 */
export function namesInText(text: string): readonly string[] {
  // in `US Secretary of State`, and `the Foreign Minister`
  return longNamesIn(text).filter((each) => hasParticle(each) || !isTitle(wordsOf(each).at(-1) ?? ''));
}

/** The same, with titles: `Ireland Secretary` in `the Northern Ireland Secretary`. */
export function longNamesIn(text: string): readonly string[] {
  const found = [...text.matchAll(anyName)].flatMap(({ 0: row, index }) =>
    row
      .split(genitive)
      .flatMap(linesOf)
      .flatMap((each, i) => nameIn(each, i === 0 && beginsSentence(text, index))),
  );
  return [...new Set(found)];
}

/** The single words of a text that begin with a capital, as names of places do. */
export function capitalWordsIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(anyWord)].map(([each]) => each.replace(endingGenitive, '')))];
}

/** The lines of a row that are whole, such as headings. A name can go on in the next line of a wrapped text. */
function linesOf(row: string): readonly string[] {
  const [first = '', second = '', ...others] = row.trim().split('\n');
  const [before, after] = [wordsOf(first), wordsOf(second)];
  const isNew = after.length > 1 || (after[0]?.length ?? 0) <= shortWord;
  const isWhole = before.length > 1 && others.length === 0 && isNew && !endsWithParticle(`${first} `);
  return isWhole ? [first, second] : [row];
}

function nameIn(row: string, isAtBeginning: boolean): readonly string[] {
  const words = wordsOf(row);
  if (inner.test(row)) return [words.join(' ')];
  const last = words.slice(-2);
  const isOfSentence = last.length === words.length && isAtBeginning && (last[0]?.length ?? 0) <= shortWord;
  return last.length < 2 || isOfSentence ? [] : [last.join(' ')];
}

function wordsOf(row: string): readonly string[] {
  return row.split(/\s+/u).filter((each) => each !== '');
}
