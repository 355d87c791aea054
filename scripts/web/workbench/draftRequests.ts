import type { JsonObject } from '../../json/json.ts';
import { draftSummaries } from './drafts.ts';
import type { DraftSummary, RecordContent } from './messages.ts';
import type { OpenDataset } from './openDataset.ts';
import type { Edited } from './recordRequests.ts';

/** What the page asks of records that are not saved. */
export interface DraftRequests {
  readonly keep: (edited: Edited) => void;
  /** What is not saved: of new records, and of those that have a file. */
  readonly drafts: () => readonly DraftSummary[];
  readonly discard: (table: string, draftName: string) => void;
}

export function draftRequests({ drafts, typeOf }: OpenDataset): DraftRequests {
  return {
    keep: ({ table, draftName, value, spans }) =>
      drafts.write(typeOf(table).name, draftName, { value, spans: spans.map(plainSpan) }),
    drafts: () => draftSummaries(drafts),
    discard: (table, draftName) => drafts.remove(typeOf(table).name, draftName),
  };
}

function plainSpan({ source, start, end, supports, origin }: RecordContent['spans'][number]): JsonObject {
  return { source, start, end, supports, ...(origin === undefined ? {} : { origin }) };
}
