import { spansOfField } from './left.ts';
import { type Words, inHand, selection, source, spansNow } from './state.ts';

/** The words that a field can be about: the selected ones, those that it will cite, and those that it cites. */
export function wordsFor(pointer: string): readonly Words[] {
  return [...inSource([selection.value, inHand.value]), ...citedBy(pointer)];
}

/** The same, but only the selected words if there are any: a number in other words is not the one that is meant. */
export function wordsMeantFor(pointer: string): readonly Words[] {
  const [selected] = inSource([selection.value, inHand.value]);
  return selected === undefined ? citedBy(pointer) : [selected];
}

function citedBy(pointer: string): readonly Words[] {
  const spans = spansNow.value;
  return inSource(spansOfField({ spans }, pointer).own.map((index) => spans[index]));
}

/** Those that are in the source in view. */
function inSource(all: readonly (Words | undefined)[]): readonly Words[] {
  return all.flatMap((words) =>
    words?.source === source.value?.id && words !== undefined
      ? [{ source: words.source, start: words.start, end: words.end }]
      : [],
  );
}
