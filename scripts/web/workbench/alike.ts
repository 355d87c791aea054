import { compareText } from '../../base/text.ts';
import type { IndexedRecord } from '../../project/recordIndex.ts';
import type { AlikeRecord } from './messages.ts';

/** The most records that are shown as possible duplicates. */
const mostAlike = 5;

/** Records of its table that a record may repeat: those with the same values, name or words, in that order. */
export function alikeIn(
  record: IndexedRecord,
  own: string | undefined,
  others: Iterable<IndexedRecord>,
): readonly AlikeRecord[] {
  const found: AlikeRecord[] = [];
  for (const other of others) {
    const why = other.id === own || other.withdrawn ? undefined : likeness(record, other);
    if (why !== undefined) found.push({ table: other.file.table, id: other.id, label: other.label, why });
  }
  return found
    .toSorted((a, b) => order.indexOf(a.why) - order.indexOf(b.why) || compareText(a.id, b.id))
    .slice(0, mostAlike);
}

const order: readonly AlikeRecord['why'][] = ['values', 'name', 'other name', 'words'];

function likeness(a: IndexedRecord, b: IndexedRecord): AlikeRecord['why'] | undefined {
  if (a.likeness !== undefined && a.likeness === b.likeness) return 'values';
  if (isName(labelOf(a), b) || isName(labelOf(b), a)) return 'name';
  if (a.aliases.length > 0 && othersOf(a).some((name) => othersOf(b).includes(name))) return 'other name';
  const overlap = a.spans.some(({ source, start, end }) =>
    b.spans.some((span) => span.source === source && span.start < end && span.end > start),
  );
  return overlap ? 'words' : undefined;
}

/** The folded name of a record. */
function labelOf({ label, names }: IndexedRecord): string | undefined {
  return label === undefined ? undefined : names[0];
}

/** The folded other names of a record. */
function othersOf({ label, names }: IndexedRecord): readonly string[] {
  return names.slice(label === undefined ? 1 : 2);
}

function isName(name: string | undefined, record: IndexedRecord): boolean {
  if (name === undefined) return false;
  return labelOf(record) === name || (record.aliases.length > 0 && othersOf(record).includes(name));
}
