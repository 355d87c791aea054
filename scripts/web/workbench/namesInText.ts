import { beginsSentence } from './beginsSentence.ts';

// a name has at least two words with capitals; an initial has a dot, and there can be `van der` in between
const word = String.raw`\p{Lu}(?:[\p{L}\p{M}]|(?<=\p{L})['’ʼ-](?=\p{L}))+`;
const part = String.raw`(?:\p{Lu}\.-?)+|${word}`;
const particle = String.raw`al|bin|da|de|del|della|den|der|di|dos|du|el|la|le|ibn|ten|ter|van|von|zu`;

/** A name of several words, as a pattern. */
export const name = String.raw`(?:${part})(?:\s+(?:${particle})){0,2}(?:\s+(?:${part})(?:\s+(?:${particle})){0,2}){0,3}?\s+${word}`;

const longest = String.raw`(?:${part})(?:\s+(?:(?:${particle})\s+){0,2}(?:${part})){0,6}\s+(?:(?:${particle})\s+){0,2}${word}`;
const anyName = new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}'’ʼ-])${longest}`, 'gu');
const inner = new RegExp(String.raw`\s(?:${particle})\s`, 'u');

/** As short as the prepositions and articles that begin a sentence before a name. Letters. */
const shortWord = 3;

/**
 * Words of a text that can be names of two words, or of more with a word such as `van` in them. Of a longer row of
 * words with capitals, the last two: a title can be before the name.
 */
export function namesInText(text: string): readonly string[] {
  const found = [...text.matchAll(anyName)].flatMap(({ 0: row, index }) => {
    // of the English genitive
    const words = row.replace(/['’ʼ]s$/u, '').split(/\s+/u);
    if (inner.test(row)) return [words.join(' ')];
    const last = words.slice(-2);
    const isOfSentence = last.length === words.length && beginsSentence(text, index);
    return isOfSentence && (last[0]?.length ?? 0) <= shortWord ? [] : [last.join(' ')];
  });
  return [...new Set(found)];
}
