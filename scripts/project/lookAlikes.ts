import type { Fault } from '../base/problem.ts';
import { mostBytes } from '../base/limits.ts';
import { type JsonObject, isObject, member, parseJson } from '../json/json.ts';
import { readRecords } from '../read/records.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import { structureOf, walk } from '../schema/walk.ts';
import { type Marks, marksOf, referring } from '../validate/duplicates.ts';
import { rule as duplicate } from '../validate/rules/duplicate.ts';
import type { Project } from './openProject.ts';

/** In what a new record looks like records of its table that are there: warnings, none for most tables. */
export function lookAlikes(
  { fs, files }: Project,
  type: RecordType,
  { id, value }: { readonly id: string; readonly value: JsonObject },
): readonly Fault[] {
  const structure = structureOf(type.shape);
  const own = marksOf(type, value, walk(value, structure));
  if (own.length === 0) return [];
  const known: Marks = new Map();
  for (const file of files.filter(({ table, select }) => table === type.name && select === undefined)) {
    for (const raw of readRecords(fs, file, mostBytes)) {
      const parsed = 'text' in raw ? parseJson(raw.text) : undefined;
      if (parsed === undefined || !('value' in parsed) || !isObject(parsed.value) || !('text' in raw)) continue;
      const key = type.key === undefined ? undefined : member(parsed.value, type.key);
      const other = typeof key === 'string' ? key : file.stem;
      const isWithdrawn = type.withdrawal !== undefined && member(parsed.value, type.withdrawal) !== undefined;
      if (isWithdrawn || other === id) continue;
      const marks = marksOf(type, parsed.value, walk(parsed.value, structure));
      duplicate.check(
        marks,
        { name: `${type.name}/${other}`, id: other, refersTo: referring(type, () => raw.text) },
        known,
      );
    }
  }
  return duplicate.check(
    own,
    { name: `${type.name}/${id}`, id, refersTo: referring(type, () => JSON.stringify(value)) },
    known,
  );
}
