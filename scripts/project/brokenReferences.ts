import type { RecordChange } from '../compare/difference.ts';
import { type RecordName, recordKey } from '../compare/edition.ts';
import type { PlacedRecord } from '../compile/compile.ts';
import { mayHold } from '../json/json.ts';
import { list, quoted } from '../base/text.ts';
import { type RecordType, spansOf, targetsOf } from '../schema/recordTypes.ts';
import { type Reference, structureOf, walk } from '../schema/walk.ts';
import { recordsIn } from '../validate/selection.ts';
import { nameOf } from './editions.ts';
import type { Project } from './openProject.ts';
import { sourceTables } from './recordIndex.ts';
import { tableFinder } from './tableFinder.ts';

/**
 * The references that a change has broken: those of changed records to records that do not exist, and those of all
 * records to removed ones. A record that refers to the same one several times is listed once.
 * @param placed the records that were added or changed, maybe among others
 */
export function brokenReferences(
  project: Project,
  placed: readonly PlacedRecord[],
  changes: readonly RecordChange[],
): readonly string[] {
  const removed = changes.filter(({ change }) => change === 'removed');
  const known = new Set(placed.map((record) => recordKey(nameOf(record))));
  const tableOf = tableFinder(project, (table, id) => known.has(recordKey({ table, id })));
  const isBroken = ({ tables, id }: Reference): boolean => id !== '' && tableOf(tables, id) === undefined;
  const changed = new Set(changes.map(recordKey));
  const found = new Map<string, string>();
  const add = (record: PlacedRecord, isMeant: (reference: Reference) => boolean): void => {
    const name = nameOf(record);
    for (const reference of walk(record.value, structureOf(record.type.shape)).references) {
      const key = JSON.stringify([name.table, name.id, reference.tables, reference.id]);
      if (found.has(key) || !isMeant(reference) || !isBroken(reference)) continue;
      found.set(key, sentenceOf(name, reference));
    }
  };
  for (const record of placed) if (changed.has(recordKey(nameOf(record)))) add(record, () => true);
  const gone = new Set(removed.map(recordKey));
  for (const record of referringTo(project, removed))
    add(record, ({ tables, id }) => tables.some((table) => gone.has(recordKey({ table, id }))));
  return [...found.values()];
}

/** `crossings/monday at /ship: no ships record "berta"`. */
function sentenceOf({ table, id }: RecordName, reference: Reference): string {
  return `${table}/${id} at ${reference.pointer}: no ${list(reference.tables, 'or')} record ${quoted(reference.id)}`;
}

/** The most identifiers that a text is searched for before it is parsed. */
const mostSought = 20;

/** The records that may refer to some others. Most do not name them, and need no parsing. */
function* referringTo(project: Project, targets: readonly RecordName[]): Generator<PlacedRecord> {
  const tables = new Set(targets.map(({ table }) => table));
  // spans refer to sources too
  const isSource = sourceTables(project).some((table) => tables.has(table));
  const types = project.types.filter(
    (type) => targetsOf(type).some((table) => tables.has(table)) || (isSource && spansOf(type) !== undefined),
  );
  if (types.length === 0) return;
  const byName = new Map<string, RecordType>(types.map((type) => [type.name, type]));
  const isMeant = (text: string): boolean => targets.length > mostSought || targets.some(({ id }) => mayHold(text, id));
  let index = 0;
  for (const raw of project.records(() => {}, [...byName.keys()])) {
    const type = byName.get(raw.file.table);
    if (type === undefined || !('text' in raw) || !isMeant(raw.text)) continue;
    for (const [, value] of recordsIn(raw, type, project.options.layout))
      yield { type, value, file: raw.file.name, index: index++ };
  }
}
