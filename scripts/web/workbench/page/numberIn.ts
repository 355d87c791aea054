import type { Json } from '../../../json/json.ts';

/** A number from typed text. A text that is not a number yet stays a text, and the check reports it. */
export function numberIn(words: string): Json {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(words) && String(Number(words)) === words ? Number(words) : words;
}

/** Whether words can have a number: in digits, perhaps as thousands or millions, or else they have none in digits. */
export function canHaveNumber(words: string, own: number): boolean {
  const found = words.match(/\d+(?:[.,'’\s]\d{3}(?!\d))*(?:[.,]\d+)?/gu) ?? [];
  return found.length === 0 || found.some((digits) => significant(digits) === significant(String(Math.abs(own))));
}

/** The digits of a number without separators and zeros around them. */
function significant(digits: string): string {
  return digits.replace(/\D/gu, '').replace(/^0+|0+$/gu, '');
}
