import type { Json } from '../../../json/json.ts';
import { isIn, valueAt } from '../edit.ts';
import { type Words, content, spansNow } from './state.ts';
import { isSameWords } from './sameWords.ts';

/**
 * Whether a field outside of `own` cites just these words, or has one of the values and cites words around them: then
 * nothing tells that they are meant for a field in `own`, too.
 */
export function isCitedElsewhere(words: Words, own: string, values: readonly Json[]): boolean {
  const record = content.value?.value ?? {};
  return spansNow.value.some((span) => {
    if (span.source !== words.source || span.start > words.start || span.end < words.end) return false;
    const others = span.supports.filter((pointer) => !isIn(pointer, own));
    if (isSameWords(span, words)) return others.length > 0 && others.length === span.supports.length;
    return others.some((pointer) => values.some((value) => value === valueAt(record, pointer)));
  });
}
