import { compareText, foldedName } from '../../base/text.ts';
import type { IndexedRecord } from '../../project/recordIndex.ts';
import { canBeName } from '../../validate/duplicates.ts';
import type { AlikeRecord } from './messages.ts';

/** The most records that are shown as possible duplicates. */
const mostAlike = 5;

/** The most records with the same values whose words are compared. */
const mostCompared = 50;

/** Records of its table that a record may repeat: those with the same values, name or words, in that order. */
export function alikeIn(
  record: IndexedRecord,
  own: string | undefined,
  others: Iterable<IndexedRecord>,
  isDuplicate: (alike: AlikeRecord) => boolean = () => false,
): readonly AlikeRecord[] {
  const found: AlikeRecord[] = [];
  /** How many characters those with the same values have in common with the record. */
  const shared = new Map<AlikeRecord, number>();
  const called = record.aliases.filter(canBeName).map(foldedName);
  for (const other of others) {
    const why = other.id === own || other.withdrawn ? undefined : likeness(record, called, other);
    if (why === undefined) continue;
    const alike: AlikeRecord = { table: other.file.table, id: other.id, label: other.label, why };
    found.push(alike);
    if (why === 'values') shared.set(alike, sharedLength(record.spans, other.spans));
  }
  // those with the same values can be many: those that cite the same words come first, then those added last
  const same = found.filter(({ why }) => why === 'values').toReversed();
  const compared = new Set(same.toSorted((a, b) => (shared.get(b) ?? 0) - (shared.get(a) ?? 0)).slice(0, mostCompared));
  return found
    .map((each): AlikeRecord => (compared.has(each) && isDuplicate(each) ? { ...each, why: 'values and words' } : each))
    .toSorted((a, b) => order.indexOf(a.why) - order.indexOf(b.why) || compareText(a.id, b.id))
    .slice(0, mostAlike);
}

const order: readonly AlikeRecord['why'][] = ['values and words', 'values', 'name', 'other name', 'words'];

/** How a record, whose other names are `called`, resembles another one. */
function likeness(a: IndexedRecord, called: readonly string[], b: IndexedRecord): AlikeRecord['why'] | undefined {
  if (a.likeness !== undefined && a.likeness === b.likeness) return 'values';
  if (isName(labelOf(a), b) || isName(labelOf(b), a)) return 'name';
  if (called.some((name) => othersOf(b).includes(name))) return 'other name';
  const [longer, shared] = [Math.max(lengthOf(a.spans), lengthOf(b.spans)), sharedLength(a.spans, b.spans)];
  return shared > 0 && shared * 2 >= longer ? 'words' : undefined;
}

/** The number of code points that spans have in common with others: few words, such as a date, make no duplicate. */
function sharedLength(a: IndexedRecord['spans'], b: IndexedRecord['spans']): number {
  const both = merged(a).flatMap((one) =>
    merged(b).map((other) =>
      one.source === other.source ? Math.min(one.end, other.end) - Math.max(one.start, other.start) : 0,
    ),
  );
  return both.reduce((sum, length) => sum + Math.max(length, 0), 0);
}

function lengthOf(spans: IndexedRecord['spans']): number {
  return merged(spans).reduce((sum, { start, end }) => sum + end - start, 0);
}

/** Spans that overlap made one. */
function merged(
  spans: IndexedRecord['spans'],
): readonly Pick<IndexedRecord['spans'][number], 'source' | 'start' | 'end'>[] {
  const found: { source: string; start: number; end: number }[] = [];
  for (const { source, start, end } of spans.toSorted((a, b) => compareText(a.source, b.source) || a.start - b.start)) {
    const last = found.at(-1);
    if (last !== undefined && last.source === source && start <= last.end) last.end = Math.max(last.end, end);
    else found.push({ source, start, end });
  }
  return found;
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
