import type { Json } from '../../../json/json.ts';

/** A number from typed text. A text that is not a number yet stays a text, and the check reports it. */
export function numberIn(words: string): Json {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(words) && String(Number(words)) === words ? Number(words) : words;
}
