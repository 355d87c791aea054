/** The most characters of the subject of a commit that git shows in a line. */
export const longestSubject = 72;

/** A text cut at the end of a word. */
export function cutAt(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${cut.replace(/[^\p{L}\p{M}\p{N}]+[^\s-]*$/u, '')}…`;
}
