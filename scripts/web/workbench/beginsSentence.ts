/** Whether a sentence can begin at a place in a text. */
export function beginsSentence(text: string, start: number): boolean {
  return !/[\p{L}\p{N},;]\s*$/u.test(text.slice(Math.max(0, start - 10), start));
}
