/** A date that a text can mean. */
export interface Reading {
  readonly date: string;
  /** What the text means, if it can mean several dates: a short phrase without commas or `or`. */
  readonly meaning?: string;
  /** How the date follows from the words, as a phrase after `as`. The day that it is seen from comes last. */
  readonly as?: string;
  /** On which side of the day it is that the text is seen from, if it could be on the other one. */
  readonly side?: 'before' | 'after' | 'same';
  /** Whether the words name the end of a period, which the date is. */
  readonly isEnd?: boolean;
}
