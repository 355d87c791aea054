import { wordsOf } from './sourceText.ts';
import { inHand, selection } from './state.ts';

/** The most of a text whose names are offered. Code units. */
const longestText = 2000;

/** The selected text, or else that which fields will cite; empty if there is none. */
export function textMeant(): string {
  const words = [selection.value, inHand.value].find((each) => each !== undefined);
  return (words === undefined ? undefined : wordsOf(words))?.slice(0, longestText) ?? '';
}
