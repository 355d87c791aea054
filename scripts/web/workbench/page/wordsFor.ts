import { spansOfField } from './left.ts';
import { type Words, areSelectedFor, inHand, selection, source, spansNow } from './state.ts';
import { isSameWords } from './sameWords.ts';

/**
 * The words that a field can be about: those that it will cite and those that it cites, or only the ones that were
 * selected for it since.
 */
export function wordsFor(pointer: string): readonly Words[] {
  const [selected] = inSource([selection.value]);
  const isUsed = selected !== undefined && isUsedElsewhere(selected, pointer, isWithin);
  const others = [...inSource([inHand.value]), ...citedBy(pointer)];
  if (selected === undefined || isSameWords(selected, inHand.value)) return others;
  if (areSelectedFor(pointer)) return [selected];
  return isUsed ? [...others, selected] : [selected, ...others];
}

/** The same, but only the selected words if there are any: a number in other words is not the one that is meant. */
export function wordsMeantFor(pointer: string): readonly Words[] {
  const [selected, ...others] = inSource([selection.value, inHand.value]);
  if (selected === undefined) return citedBy(pointer);
  const [held] = others;
  return [held !== undefined && isUsedElsewhere(selected, pointer) ? held : selected];
}

/** Whether one part of a text is in another. */
function isWithin({ source: of, start, end }: Words, around: Words): boolean {
  return of === around.source && start >= around.start && end <= around.end;
}

/** Whether selected words were meant for another field, which cites them; by `isCited`, or only a part of them. */
function isUsedElsewhere(
  words: Words,
  pointer: string,
  isCited: (one: Words, other: Words) => boolean = isSameWords,
): boolean {
  const isCiting = (all: readonly Words[]): boolean => all.some((each) => isCited(each, words));
  return !areSelectedFor(pointer) && isCiting(spansNow.value) && !isCiting(citedBy(pointer));
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
