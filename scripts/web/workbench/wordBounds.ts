import type { Units } from './offsets.ts';

const ofWord = /[\p{L}\p{M}\p{N}]/u;

/** Whether a word of a text begins with these letters. */
export function beginsWord(text: string, letters: string): boolean {
  for (let at = text.indexOf(letters); at >= 0; at = letters === '' ? -1 : text.indexOf(letters, at + 1))
    if (at === 0 || !ofWord.test(text[at - 1] ?? '')) return true;
  return false;
}

/** Where a text has words that no letter or digit is beside; -1 if it does not. Code units. */
export function placeOf(words: string, text: string): number {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1))
    if (!ofWord.test(`${text[at - 1] ?? ''}${text[at + words.length] ?? ''}`)) return at;
  return -1;
}

// in a script without spaces, letters do not tell where a word ends
const spaceless = ['Han', 'Hira', 'Kana', 'Thai', 'Laoo', 'Khmr', 'Mymr'].map((script) => String.raw`\p{sc=${script}}`);
const goesOn = String.raw`(?:(?![${spaceless.join('')}])[\p{L}\p{M}\p{N}\u{AD}])`;
const atStart = new RegExp(`^${goesOn}+`, 'u');
const atEnd = new RegExp(`${goesOn}+$`, 'u');

/** Code units inspected on either side of a range: no word is longer. */
const longestWord = 100;

/** A range of a text, in code units, with the rest of the words that it begins or ends within. */
export function wholeWordsAt(text: string, { start, end }: Units): Units {
  const words = text.slice(start, end);
  const before = atStart.test(words) ? atEnd.exec(text.slice(Math.max(0, start - longestWord), start)) : null;
  const after = atEnd.test(words) ? atStart.exec(text.slice(end, end + longestWord)) : null;
  return { start: start - (before?.[0].length ?? 0), end: end + (after?.[0].length ?? 0) };
}
