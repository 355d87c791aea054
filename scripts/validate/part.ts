import type { RawRecord, RecordFile, Unreadable } from '../read/records.ts';
import { type RecordType, shapesBelow } from '../schema/recordTypes.ts';
import type { Run } from './context.ts';

/** References that lead out of a part, in order. Most lead to few records, so they are stored as numbers. */
export interface OutwardReferences {
  /** The records that they lead to. */
  readonly targets: readonly Target[];
  readonly pointers: readonly string[];
  /** Of each reference: the index of its target, its line in the part from 1, and the index of its pointer. */
  readonly spots: Uint32Array<ArrayBuffer>;
}

/** A record, in one of some tables. */
export interface Target {
  readonly tables: readonly string[];
  readonly id: string;
}

/** Numbers of a reference in `spots`. */
export const numbersOfSpot = 3;

/**
 * Successive lines of a file in which another thread has found no fault. What they have to do with other records is
 * still to be checked.
 */
export interface CheckedPart {
  readonly file: RecordFile;
  /** The identifiers of its records, in order. */
  readonly ids: readonly string[];
  /** Whether each of them is in the form in which ids are compared, and greater than the one before. */
  readonly ascending: boolean;
  readonly references: OutwardReferences;
  /** The lines of the file before the part. */
  readonly linesBefore: number;
  /** The identifier before the first one, as the other thread knew it, and the last one; undefined if unordered. */
  readonly after: string | number | undefined;
  readonly last: string | number | undefined;
  /** Reads its records one by one. */
  readonly records: () => Iterable<RawRecord | Unreadable>;
}

/** What can be validated. */
export type Input = RawRecord | Unreadable | CheckedPart;

/** The parts among some inputs, or among what is known of them. */
export type PartOf<T> = Extract<T, CheckedPart>;

/** Whether something is a part. */
export function isPart(input: object): input is CheckedPart {
  return 'ids' in input;
}

/** Whether nothing but identifiers and references connects the records of a type with other records and with texts. */
export function standsAlone({ key, shape }: RecordType): boolean {
  if (key === undefined || shape.alike.length > 0) return false;
  for (const [each] of shapesBelow(shape)) {
    if (each.spans || each.document || each.evidence) return false;
    if (each.verbatim || each.ownWords || each.distinct) return false;
    if (each.quoted.length + each.fewest.length > 0) return false;
  }
  return true;
}

/**
 * Adds the records of a part to a run, as if they had been checked one by one.
 * @returns whether it could: if not, nothing has changed, and the records must be checked one by one
 */
export function addPart(part: CheckedPart, run: Run): boolean {
  const { file, ids, ascending, after, last } = part;
  const before = run.lastId?.file === file ? run.lastId.id : undefined;
  if (after !== before || !run.references.declareAll(file.table, ids, ascending, file)) return false;
  run.lastId = last === undefined ? undefined : { file, id: last };
  run.counts.records += ids.length;
  addReferences(part, run);
  return true;
}

function addReferences({ file, references, linesBefore }: CheckedPart, run: Run): void {
  const { targets, pointers, spots } = references;
  const unsettled = targets.map((target) => (run.references.settled(target.tables, target.id) ? undefined : target));
  if (unsettled.every((target) => target === undefined)) return;
  for (let i = 0; i < spots.length; i += numbersOfSpot) {
    const target = unsettled[spots[i] ?? 0];
    if (target === undefined) continue;
    const [line = 0, ofPointer = 0] = spots.subarray(i + 1, i + numbersOfSpot);
    run.references.refer(file, linesBefore + line, { ...target, pointer: pointers[ofPointer] ?? '' });
  }
}
