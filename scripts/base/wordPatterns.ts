/** The start and the end of a word, as patterns for regular expressions with the flag `u`. */
export const [wordStart, wordEnd] = [String.raw`(?<![\p{L}\p{M}\p{N}])`, String.raw`(?![\p{L}\p{M}\p{N}])`];

/** A pattern whose spaces match any white space, and its apostrophes each form of one. */
export function spaced(pattern: string): string {
  return pattern.replaceAll(' ', String.raw`\s+`).replaceAll("'", "['’ʼ]");
}
