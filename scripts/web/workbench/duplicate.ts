import type { JsonObject } from '../../json/json.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import { structureOf, walk } from '../../schema/walk.ts';
import { type Mark, type Marks, type Named, marksOf, sameMark } from '../../validate/duplicates.ts';

/** A record, and its identifier; empty if it is new. */
export interface Compared {
  readonly id: string;
  readonly value: JsonObject;
}

interface Marked extends Named {
  /** What it shares with duplicates besides names: some values and words. */
  readonly marks: readonly Mark[];
}

/** Whether `validate` would warn that two records of a table have the same values and cite the same words. */
export function areDuplicates(type: RecordType, one: Compared, other: Compared): boolean {
  const [own, before] = [marked(type, one, 'own'), marked(type, other, 'before')];
  const known: Marks = new Map(before.marks.map((mark) => [mark.key, [{ ...before, mark }]]));
  return own.marks.some((mark) => sameMark(mark, own, known) !== undefined);
}

function marked(type: RecordType, { id, value }: Compared, name: string): Marked {
  const found = walk(value, structureOf(type.shape));
  return {
    name,
    id,
    refersTo: (to) => found.references.some((reference) => reference.id === to),
    marks: marksOf(type, value, found).filter(({ isMany }) => isMany),
  };
}
