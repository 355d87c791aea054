/** A text of a record without the full stop at its end, before other punctuation. That of an abbreviation stays. */
export function withoutStop(text: string): string {
  return text.replace(/(?<![\p{Lu}.])\.$/u, '');
}
