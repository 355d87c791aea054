/** Whether a word of a text begins with these letters. */
export function beginsWord(text: string, letters: string): boolean {
  for (let at = text.indexOf(letters); at >= 0; at = letters === '' ? -1 : text.indexOf(letters, at + 1))
    if (at === 0 || !/[\p{L}\p{M}\p{N}]/u.test(text[at - 1] ?? '')) return true;
  return false;
}
