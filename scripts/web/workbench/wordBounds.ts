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
