import { effect, untracked } from '@preact/signals';
import { isIn } from '../edit.ts';
import { isSelectionUnused } from './selecting.ts';
import { focused, inView, lastSelected, source, spansNow } from './state.ts';
import { isInPane, rangesOf, scrollTo } from './textRanges.ts';

type Cited = (typeof spansNow.value)[number];

/** Whether a span is in the source in view. */
export function isHere({ source: id }: Pick<Cited, 'source'>): boolean {
  return id === source.value?.id;
}

/** Whether a span supports the field in focus. */
export function isOfField(span: Cited): boolean {
  const field = focused.value;
  return isHere(span) && field !== undefined && span.supports.some((at) => isIn(field, at));
}

/** Brings the first of some words into view, unless words of them are. */
function showFirst(spans: readonly Cited[]): void {
  const ranges = rangesOf(spans.toSorted((a, b) => a.start - b.start));
  const [first] = ranges;
  if (first !== undefined && !ranges.some(isInPane)) scrollTo(first);
}

/** Shows the words of the record in the form, unless the user has just selected words of it. */
export function showOwn(): void {
  const own = spansNow.value.filter(isHere);
  const at = inView(lastSelected.value);
  const isAtOne = at !== undefined && own.some(({ start, end }) => start < at.end && end > at.start);
  if (!isAtOne) showFirst(own.toSorted((a, b) => a.start - b.start).slice(0, 1));
}

/** Shows the words of each field that gets the focus, unless words are selected that no field cites yet. */
export function followFocus(): () => void {
  return effect(() => {
    if (focused.value === undefined) return;
    untracked(() => {
      if (!isSelectionUnused()) showFirst(spansNow.value.filter(isOfField));
    });
  });
}
