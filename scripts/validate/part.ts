import type { RawRecord, RecordFile, Unreadable } from '../read/records.ts';
import { type RecordType, shapesBelow } from '../schema/recordTypes.ts';
import type { Run } from './context.ts';

/**
 * A record to which records of a part refer, and that is not in it. Each spot is a line of the file, a pointer, and the
 * number of the reference in the part.
 */
export interface OutwardReference {
  readonly tables: readonly string[];
  readonly id: string;
  readonly spots: readonly Spot[];
}

export type Spot = readonly [line: number, pointer: string, number: number];

/**
 * Successive lines of a file in which another thread has found no fault. What they have to do with other records is
 * still to be checked.
 */
export interface CheckedPart {
  readonly file: RecordFile;
  /** The identifiers of its records, in order. */
  readonly ids: readonly string[];
  readonly references: readonly OutwardReference[];
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
  }
  return true;
}

/**
 * Adds the records of a part to a run, as if they had been checked one by one.
 * @returns whether it could: if not, nothing has changed, and the records must be checked one by one
 */
export function addPart({ file, ids, references, after, last }: CheckedPart, run: Run): boolean {
  const before = run.lastId?.file === file ? run.lastId.id : undefined;
  if (after !== before || !run.references.declareAll(file.table, ids, file)) return false;
  run.lastId = last === undefined ? undefined : { file, id: last };
  run.counts.records += ids.length;
  const unsettled = references.filter(({ tables, id }) => !run.references.settled(tables, id));
  const spots = unsettled.flatMap(({ tables, id, spots: all }) =>
    all.map(([line, pointer, number]) => ({ line, number, reference: { tables, id, pointer } })),
  );
  for (const { line, reference } of spots.toSorted((a, b) => a.number - b.number))
    run.references.refer(file, line, reference);
  return true;
}
