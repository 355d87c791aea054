import type { JsonObject } from '../../json/json.ts';
import { keptDrafts } from './keptDrafts.ts';
import type { DraftContent, KeptDraft, RecordContent } from './messages.ts';
import type { OpenDataset } from './openDataset.ts';
import { type Edited, recordAt } from './recordRequests.ts';
import { beganWith } from './request.ts';

/** The page's requests about unsaved records. */
export interface DraftRequests {
  /**
   * `digest` is of the record's file as read; undefined for a record without a file. `page` is what the page shows
   * besides, so that it is there again.
   */
  readonly keep: (edited: Edited, digest?: string, page?: Pick<DraftContent, 'opened' | 'source'>) => void;
  /** The unsaved changes of new records and of those that have a file. */
  readonly drafts: () => readonly KeptDraft[];
  readonly discard: (table: string, draftName: string) => void;
}

export function draftRequests(dataset: OpenDataset): DraftRequests {
  const { drafts, typeOf } = dataset;
  return {
    keep({ table, draftName, value, spans }, digest, { opened, source } = { opened: [] }) {
      const begun = digest === undefined ? {} : beginning(dataset, { table, draftName, digest });
      const based = { ...begun, ...(source === undefined ? {} : { source }) };
      drafts.write(typeOf(table).name, draftName, { value, spans: spans.map(plainSpan), opened, ...based });
    },
    drafts: () => keptDrafts(dataset),
    // the schema may no longer have the table
    discard: (table, draftName) => drafts.remove(table, draftName),
  };
}

/** The version that a draft began with: a later conflict is between its changes and those in the file. */
function beginning(
  dataset: OpenDataset,
  { table, draftName, digest }: Pick<Edited, 'table' | 'draftName'> & { readonly digest: string },
): JsonObject {
  const before = beganWith(dataset.drafts.read(table, draftName));
  const now = before.digest === digest ? undefined : recordAt(dataset, table, draftName);
  const base = now?.digest === digest ? now : before.digest === digest ? before.base : undefined;
  return base === undefined ? { digest } : { digest, base: { value: base.value, spans: base.spans.map(plainSpan) } };
}

function plainSpan({ source, start, end, supports, origin }: RecordContent['spans'][number]): JsonObject {
  return { source, start, end, supports, ...(origin === undefined ? {} : { origin }) };
}
