/** The most characters of a subject, as git shows it. */
const most = 72;

/** The subject of a commit: whole words, and no more than git shows in a line. */
export function subjectOf(text: string): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${cut.replace(/[^\p{L}\p{M}\p{N}]+[^\s-]*$/u, '')}…`;
}
