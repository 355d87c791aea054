import type { Fault } from '../base/problem.ts';
import { mostBytes } from '../base/limits.ts';
import { type JsonObject, isObject, member, parseJson } from '../json/json.ts';
import { readRecords } from '../read/records.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import { structureOf, walk } from '../schema/walk.ts';
import { type Marks, marksOf, referring } from '../validate/duplicates.ts';
import { rule as duplicate } from '../validate/rules/duplicate.ts';
import type { Project } from './openProject.ts';

/** A record to compare with the others of its table. */
export interface NewRecord {
  readonly id: string;
  readonly value: JsonObject;
}

/** How a new record resembles existing records of its table: warnings, none for most tables. */
export function lookAlikes(project: Project, type: RecordType, record: NewRecord): readonly Fault[] {
  return lookAlikesOf(project, type, [record]).map(({ fault }) => fault);
}

/** How new records resemble others of their table, or earlier new ones. Reads the table once. */
export function lookAlikesOf(
  { fs, files }: Project,
  type: RecordType,
  records: readonly NewRecord[],
): readonly { readonly id: string; readonly fault: Fault }[] {
  const structure = structureOf(type.shape);
  const marked = records.map(({ id, value }) => ({ id, value, marks: marksOf(type, value, walk(value, structure)) }));
  if (marked.every(({ marks }) => marks.length === 0)) return [];
  const own = new Set(records.map(({ id }) => id));
  const known: Marks = new Map();
  for (const file of files.filter(({ table, select }) => table === type.name && select === undefined)) {
    for (const raw of readRecords(fs, file, mostBytes)) {
      const parsed = 'text' in raw ? parseJson(raw.text) : undefined;
      if (parsed === undefined || !('value' in parsed) || !isObject(parsed.value) || !('text' in raw)) continue;
      const key = type.key === undefined ? undefined : member(parsed.value, type.key);
      const id = typeof key === 'string' ? key : file.stem;
      const isWithdrawn = type.withdrawal !== undefined && member(parsed.value, type.withdrawal) !== undefined;
      if (isWithdrawn || own.has(id)) continue;
      const refersTo = referring(type, () => raw.text);
      duplicate.check(
        marksOf(type, parsed.value, walk(parsed.value, structure)),
        { name: `${type.name}/${id}`, id, refersTo },
        known,
      );
    }
  }
  return marked.flatMap(({ id, value, marks }) => {
    const refersTo = referring(type, () => JSON.stringify(value));
    return duplicate.check(marks, { name: `${type.name}/${id}`, id, refersTo }, known).map((fault) => ({ id, fault }));
  });
}
