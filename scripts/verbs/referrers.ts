import { type Json, below, isObject, mayHold, member, parseJson } from '../json/json.ts';
import type { Project } from '../project/openProject.ts';
import type { OpenRecord } from '../project/recordFiles.ts';
import { sourceTables } from '../project/recordIndex.ts';
import type { RecordFile } from '../read/records.ts';
import { toWithdrawal } from '../schema/extensionValues.ts';
import { withdrawalFields } from '../schema/extensions.ts';
import { type RecordType, spansOf, targetsOf } from '../schema/recordTypes.ts';
import { structureOf, walk } from '../schema/walk.ts';

/** A place in a record that refers to another one. */
export interface Referrer {
  readonly file: RecordFile;
  /** Its line of NDJSON, counted from 1; 0 if it has a file of its own. */
  readonly line: number;
  readonly id: string;
  readonly pointer: string;
}

/** The identifier of a record: the name of its file, or what its line says. */
export function identifierOf({
  file,
  line,
  type,
  value,
}: Pick<OpenRecord, 'file' | 'line' | 'type' | 'value'>): string {
  return line === 0 ? file.stem : (keyOf(type, value) ?? file.stem);
}

/** The identifier in a value; undefined if it has none. */
export function keyOf({ key }: RecordType, value: Json): string | undefined {
  const own = key === undefined || !isObject(value) ? undefined : member(value, key);
  return typeof own === 'string' || typeof own === 'number' ? String(own) : undefined;
}

/** Every reference to a record in other records. */
export function referrersOf(project: Project, record: OpenRecord): readonly Referrer[] {
  const id = identifierOf(record);
  const { name } = record.type;
  // spans refer to sources too
  const isSource = sourceTables(project).includes(name);
  const types = project.types.filter(
    (type) =>
      targetsOf(type).includes(name) ||
      (isSource && spansOf(type) !== undefined) ||
      (type.name === name && type.withdrawal !== undefined),
  );
  const tables = new Map(types.map((type) => [type.name, type]));
  const found: Referrer[] = [];
  for (const raw of project.records(() => {}, [...tables.keys()])) {
    const type = tables.get(raw.file.table);
    // most records do not name it, and need no parsing
    if (type === undefined || !('text' in raw) || !mayHold(raw.text, id)) continue;
    const parsed = parseJson(raw.text);
    if (!('value' in parsed) || !isObject(parsed.value)) continue;
    const { file, line } = raw;
    const own = identifierOf({ file, line, type, value: parsed.value });
    if (type.name === name && own === id) continue;
    for (const pointer of placesOf(type, parsed.value, name, id)) found.push({ file, line, id: own, pointer });
  }
  return found;
}

/** Where a record refers to another one, as pointers. */
export function placesOf(type: RecordType, value: Json, table: string, id: string): readonly string[] {
  const references = walk(value, structureOf(type.shape)).references.filter(
    (each) => each.id === id && each.tables.includes(table),
  );
  return [...references.map(({ pointer }) => pointer), ...replacement(type, value, table, id)];
}

/** The place where a withdrawn record names the one that replaces it. */
function replacement({ name, withdrawal }: RecordType, value: Json, table: string, id: string): readonly string[] {
  if (name !== table || withdrawal === undefined || !isObject(value)) return [];
  const { replacedBy } = toWithdrawal(member(value, withdrawal)) ?? {};
  return replacedBy === id ? [below(below('', withdrawal), withdrawalFields[2])] : [];
}
