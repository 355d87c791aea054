import { type Json, isObject } from '../../json/json.ts';
import { nameOf } from '../../schema/recordName.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import { shapeBelow } from '../../schema/shape.ts';
import { structureOf, walk } from '../../schema/walk.ts';
import type { Coding } from '../../verbs/codedTwice.ts';
import type { NamesAt } from './codingMessages.ts';

/** What a coding calls a record; undefined if it has no name, or the coding lacks it. */
export type Calling = (table: string, id: string) => string | undefined;

/** The names of all records of a coding. Those of a table are collected when one is asked for. */
export function callingIn(types: readonly RecordType[], coding: Coding): Calling {
  const known = new Map<string, ReadonlyMap<string, string>>();
  return (table, id) => {
    const names = known.get(table) ?? namesIn(types, coding, table);
    known.set(table, names);
    return names.get(id);
  };
}

function namesIn(types: readonly RecordType[], coding: Coding, table: string): ReadonlyMap<string, string> {
  const type = types.find(({ name }) => name === table);
  return new Map(
    (coding.get(table) ?? []).flatMap(({ id, value }) => {
      const name = type === undefined || !isObject(value) ? undefined : nameOf(type, value);
      return name === undefined ? [] : [[id, name]];
    }),
  );
}

/** The names of the records that a value refers to. `pointer` is where it is in its record. */
export function namesAt({ shape }: RecordType, value: Json | undefined, pointer: string, calling: Calling): NamesAt {
  const at = shapeBelow(shape, pointer);
  if (at === undefined || value === undefined) return {};
  const named = walk(value, structureOf(at)).references.flatMap((found) => {
    const name = found.tables.map((table) => calling(table, found.id)).find((each) => each !== undefined);
    return name === undefined ? [] : [[`${pointer}${found.pointer}`, name]];
  });
  return Object.fromEntries(named);
}
