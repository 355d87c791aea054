/** A text with single spaces, plain apostrophes, and no accent that only marks the stress. */
export function plainWords(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u2019\u02bc\u02b9`´]/g, "'")
    .replace(/(?<=\p{Script=Cyrillic})\u0301/gu, '')
    .replace(/[\u200e\u200f\u061c]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
