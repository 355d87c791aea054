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

const order: readonly AlikeRecord['why'][] = ['values', 'name', 'words'];

function likeness(a: IndexedRecord, b: IndexedRecord): AlikeRecord['why'] | undefined {
  if (a.likeness !== undefined && a.likeness === b.likeness) return 'values';
  if (calledOf(a).some((name) => calledOf(b).includes(name))) return 'name';
  const overlap = a.spans.some(({ source, start, end }) =>
    b.spans.some((span) => span.source === source && span.start < end && span.end > start),
  );
  return overlap ? 'words' : undefined;
}

/** The names of a record, in lower case. */
function calledOf({ label, aliases }: IndexedRecord): readonly string[] {
  return [...(label === undefined ? [] : [label]), ...aliases].map((name) => name.toLowerCase());
}
