import type { Fault } from '../base/problem.ts';

/** A text in another notation than JSON, from which the text of a record was made. */
export interface Written {
  /** The text of the whole file. Offsets count its UTF-16 units. */
  readonly text: string;
  /** Offset of the value at the pointer (or, with `atKey`, of its key), or of the nearest thing above it. */
  readonly offsetOf: (pointer: string, atKey?: boolean) => number;
  /** What JSON cannot hold, with the offset of each. */
  readonly faults: readonly Fault[];
}

/** A record that was written in another notation. */
export interface Converted {
  /** As JSON. */
  readonly text: string;
  /** Line on which the record begins, from 1; 0 if it is the whole file. */
  readonly line: number;
  readonly written: Written;
}

/** Why a text is not a record: thrown inside a converter, and turned into a problem of the file. */
export class Unconvertible extends Error {
  readonly fault: Fault & { readonly offset: number };

  constructor(rule: Fault['rule'], offset: number, message: string, hint?: string) {
    super(message);
    this.fault = { rule, pointer: '', offset, message, hint };
  }
}
