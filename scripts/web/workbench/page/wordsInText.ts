import { wholeWords } from './findPattern.ts';
import { offsets, wordsOf } from './sourceText.ts';
import { type Words, source } from './state.ts';

/** Whether words of the source contain a text, as whole words. */
export function holds(words: Words, text: string): boolean {
  return wholeWords(text)?.test(wordsOf(words) ?? '') === true;
}

/** Whether words of the source are a text. */
export function isText(words: Words, text: string): boolean {
  const own = wordsOf(words) ?? '';
  return own !== '' && wholeWords(text)?.exec(own)?.[0] === own;
}

/** Where the source in view has a text, as whole words: the place nearest to an offset, in code points of its file. */
export function nearestIn(text: string, near: number): Words | undefined {
  const shown = source.value;
  const pattern = wholeWords(text);
  if (shown?.text === undefined || pattern === undefined) return undefined;
  const { toPoint } = offsets.value;
  let found: Words | undefined;
  const distance = ({ start }: Words): number => Math.abs(start - near);
  for (const { 0: words, index } of shown.text.matchAll(pattern)) {
    const [start, end] = [index, index + words.length].map((at) => shown.first + toPoint(at));
    const spot = { source: shown.id, start: start ?? 0, end: end ?? 0 };
    // places come in order, so the distance only grows after the nearest
    if (found !== undefined && distance(spot) >= distance(found)) return found;
    found = spot;
  }
  return found;
}
