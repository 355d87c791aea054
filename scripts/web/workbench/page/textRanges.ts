import { countBelow } from '../../../base/offsets.ts';
import type { Piece } from './nearView.ts';
import type { Units } from '../offsets.ts';
import { offsets } from './sourceText.ts';
import { source } from './state.ts';

/** The text nodes of the page, in order. */
let nodes: readonly { readonly at: number; readonly node: Text }[] = [];

/** The text node and position of an offset in the text, in code units. */
function spotOf(at: number): readonly [Text, number] | undefined {
  const piece = nodes[Math.max(0, countBelow(nodes, (each) => each.at <= at) - 1)];
  return piece === undefined ? undefined : [piece.node, Math.min(at - piece.at, piece.node.length)];
}

/** A range of the text, given in code units; undefined outside the text. */
export function rangeOf({ start: from, end: to }: Units): Range | undefined {
  const [first, last] = [spotOf(from), spotOf(to)];
  if (first === undefined || last === undefined) return undefined;
  const range = document.createRange();
  range.setStart(...first);
  range.setEnd(...last);
  return range;
}

/** The offset of a position in the page, in code units; undefined outside the text. */
export function offsetAt(node: Node | null, offset: number): number | undefined {
  const piece = nodes.find((each) => each.node === node || each.node.parentNode === node);
  if (piece === undefined) return undefined;
  return piece.at + (node === piece.node ? offset : offset === 0 ? 0 : piece.node.length);
}

/** Notes the text nodes of the elements that show the pieces of a text. */
export function noteNodes(pieces: readonly Piece[], elements: readonly Element[]): void {
  nodes = pieces.flatMap((piece, i) => {
    const node = elements[i]?.firstChild;
    return node instanceof Text ? [{ at: piece.at, node }] : [];
  });
}

/** Brings a range of the text into view. */
export function scrollTo(range: Range): void {
  const pane = document.querySelector('#text');
  const element = range.startContainer.parentElement;
  if (pane === null || element === null) return;
  const frame = pane.getBoundingClientRect();
  if (isInPane(range)) return;
  element.scrollIntoView({ block: 'nearest' });
  pane.scrollTop += range.getBoundingClientRect().top - frame.top - frame.height / 3;
}

/** Whether a range is in the visible part of the text. */
export function isInPane(range: Range): boolean {
  const [box, frame] = [range, document.querySelector('#text')].map((each) => each?.getBoundingClientRect());
  return (
    box !== undefined && frame !== undefined && box.height > 0 && box.top >= frame.top && box.bottom <= frame.bottom
  );
}

/** The ranges of words, given in code points of the source's file. */
export function rangesOf(words: readonly Units[]): readonly Range[] {
  const first = source.value?.first ?? 0;
  const { toUnit } = offsets.value;
  return words.flatMap(({ start: from, end: to }) => {
    const range = rangeOf({ start: toUnit(from - first), end: toUnit(to - first) });
    return range === undefined ? [] : [range];
  });
}
