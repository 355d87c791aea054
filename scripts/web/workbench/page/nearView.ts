import { signal } from '@preact/signals';
import type { Units } from '../offsets.ts';

/** A piece of the text in an element of its own, so that only what is in view is laid out. */
export interface Piece {
  readonly at: number;
  readonly text: string;
}

/**
 * The pieces near the visible part, in code units of the text. Only they have highlights: the browser goes through all
 * highlights of a page whenever anything changes in it, even the text of a field.
 */
export const nearView = signal<Units>({ start: 0, end: 0 });

/** The pieces that have highlights until it is known which ones are visible. */
const firstPieces = 3;

/** Updates `nearView` while the pieces are shown, each in its element, in a pane that scrolls. The result ends that. */
export function watchView(pieces: readonly Piece[], elements: readonly Element[], pane: Element): () => void {
  const near = new Set(pieces.slice(0, firstPieces));
  update(near);
  const pieceOf = new Map(pieces.map((piece, i) => [elements[i], piece]));
  const observer = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) {
        const piece = pieceOf.get(target);
        if (piece === undefined) continue;
        if (isIntersecting) near.add(piece);
        else near.delete(piece);
      }
      update(near);
    },
    // the height of the pane, above and below
    { root: pane, rootMargin: '100% 0px' },
  );
  for (const element of elements) observer.observe(element);
  return () => observer.disconnect();
}

function update(near: ReadonlySet<Piece>): void {
  if (near.size === 0) return;
  const from = Math.min(...[...near].map(({ at }) => at));
  const to = Math.max(...[...near].map(({ at, text }) => at + text.length));
  if (nearView.value.start !== from || nearView.value.end !== to) nearView.value = { start: from, end: to };
}

/** The approximate number of characters in a piece, which ends with a line. */
const pieceLength = 4000;

/** A text in pieces. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at + pieceLength);
    const end = newline < 0 ? text.length : newline + 1;
    pieces.push({ at, text: text.slice(at, end) });
    at = end;
  }
  return pieces;
}
