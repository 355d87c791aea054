import { type Json, resolvePointer } from '../../json/json.ts';
import type { IndexedRecord } from '../../project/recordIndex.ts';
import type { Indexed } from './allRecords.ts';
import type { MarkedSpan, MarksMessage, RecordSummary } from './messages.ts';

/** The records that cite a source, its own record among them, and their spans. */
export function marksOf({ index, isComplete }: Indexed, sources: readonly string[], id: string): MarksMessage {
  const records: RecordSummary[] = [];
  const marks: MarkedSpan[] = [];
  for (const [table, entries] of index) {
    for (const entry of entries.values()) {
      const own = entry.spans.filter((span) => span.source === id);
      if (own.length > 0 || (entry.id === id && sources.includes(table))) records.push(summaryOf(entry));
      for (const { start, end, supports } of own) marks.push({ table, id: entry.id, start, end, supports });
    }
  }
  return { records, marks, isComplete };
}

/** The marks of a source with the reasons why words need no record, from the list at a pointer of its own record. */
export function withReasons(
  found: MarksMessage,
  own: Pick<MarkedSpan, 'table' | 'id'>,
  reasons: ReasonsAt,
): MarksMessage {
  const marks = found.marks.map((mark) => {
    if (mark.table !== own.table || mark.id !== own.id) return mark;
    const pointer = mark.supports.find((each) => each.startsWith(`${reasons.at}/`));
    const reason = pointer === undefined ? undefined : resolvePointer(reasons.value, pointer);
    return typeof reason === 'string' ? { ...mark, reason } : mark;
  });
  return { ...found, marks };
}

interface ReasonsAt {
  readonly at: string;
  /** The source's own record. */
  readonly value: Json;
}

/** A record in a list. */
export function summaryOf({ file, id, label, withdrawn }: IndexedRecord): RecordSummary {
  return { table: file.table, id, label, withdrawn };
}
