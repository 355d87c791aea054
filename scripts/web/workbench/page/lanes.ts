import { joinedUp } from '../coverage.ts';
import type { Units } from '../offsets.ts';

/** The number of heights at which marks are underlined: more lines would reach the next line of the text. */
export const lanes = 5;

/** A mark in the colour of its table. */
export interface Coloured extends Units {
  readonly colour: number;
}

/** A line below some words, in the colour of a table. `lane` is its height: lines that overlap have different ones. */
export interface Line extends Coloured {
  readonly lane: number;
}

/** The lines of some marks. Marks of one colour that overlap have one line; lines beyond the last height share it. */
export function linesOf(marks: readonly Coloured[]): readonly Line[] {
  const colours = [...new Set(marks.map(({ colour }) => colour))];
  const lines = colours.flatMap((colour) =>
    joinedUp(marks.filter((mark) => mark.colour === colour)).map((words) => ({ ...words, colour })),
  );
  const ends = Array.from({ length: lanes }, () => -1);
  return lines
    .toSorted((a, b) => a.start - b.start || b.end - a.end || a.colour - b.colour)
    .map((line) => {
      const free = ends.findIndex((end) => end <= line.start);
      const lane = free < 0 ? lanes - 1 : free;
      ends[lane] = Math.max(ends[lane] ?? -1, line.end);
      return { ...line, lane };
    });
}
