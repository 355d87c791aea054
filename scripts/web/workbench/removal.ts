import { below } from '../../json/json.ts';
import { sha256Of } from '../../read/documents.ts';
import { removeRecord } from '../../verbs/removeRecord.ts';
import type { RemoveMessage } from './messages.ts';
import type { OpenDataset } from './openDataset.ts';
import { recordAt } from './recordRequests.ts';
import { removeReviews, sourcesCited } from './reviews.ts';

/** The page's requests to delete a record. */
export interface RemovalRequests {
  /** Deletes a record if nothing prevents it. `digest` is of its text as read. */
  readonly remove: (table: string, id: string, digest: string) => RemoveMessage;
}

export function removalRequests(dataset: OpenDataset): RemovalRequests {
  return { remove: (table, id, digest) => removeSaved(dataset, table, id, digest) };
}

function removeSaved(dataset: OpenDataset, table: string, id: string, digest: string): RemoveMessage {
  const opened = dataset.openAt(table, id);
  if (opened === undefined || sha256Of(opened.text) !== digest) return { conflict: recordAt(dataset, table, id) };
  const cited = sourcesCited(dataset, table, id);
  const noteWritten = dataset.own(opened.file.path);
  const made = removeRecord(dataset.project, opened);
  if ('version' in made)
    return {
      version: made.version,
      withdrawalAt: made.withdrawal === undefined ? undefined : below('', made.withdrawal),
    };
  if ('referrers' in made)
    return {
      referrers: made.referrers.map(({ file, id: other, pointer }) => ({ table: file.table, id: other, pointer })),
    };
  noteWritten();
  dataset.drafts.remove(table, id);
  dataset.noteRemoved(opened.file, id);
  dataset.reopen();
  return { ...made, unreviewed: removeReviews(dataset, cited) };
}
