import { isDeepStrictEqual } from 'node:util';
import { below, resolvePointer } from '../../json/json.ts';
import { sourceTables } from '../../project/recordIndex.ts';
import { spansOf } from '../../schema/recordTypes.ts';
import { contentOf } from './content.ts';
import type { SaveMessage, SavedMessage, Unreviewed } from './messages.ts';
import type { OpenDataset } from './openDataset.ts';
import { removeAt } from './page/edit.ts';
import { type Edited, recordAt, saveEdited } from './recordRequests.ts';
import { keptContent } from './request.ts';

/** The page's requests that change a record, and so what a review was about. */
export interface SavingRequests {
  /** `digest` is of the file as read; undefined for a record without a file. */
  readonly save: (edited: Edited, digest: string | undefined) => SaveMessage;
}

export function savingRequests(dataset: OpenDataset): SavingRequests {
  return { save: (edited, digest) => saveAfterReview(dataset, edited, digest) };
}

/**
 * Saves a record, and removes the reviews of the sources that it cites: they were of the records as they were. A source
 * whose own record changes is no longer reviewed either.
 */
export function saveAfterReview(dataset: OpenDataset, edited: Edited, digest: string | undefined): SaveMessage {
  const own = withoutOwnReview(dataset, edited);
  const before = sourcesCited(dataset, edited.table, edited.id);
  const made = saveEdited(dataset, own ?? edited, digest);
  if (!('saved' in made)) return made;
  const { saved } = made;
  if (own !== undefined) return { saved, unreviewed: [{ source: saved.id, isRemoved: true }] };
  // a source whose review is removed by hand, or marked
  if (saved.digest === digest || sourceTables(dataset.project).includes(edited.table)) return { saved, unreviewed: [] };
  return { saved, unreviewed: removeReviews(dataset, [...before, ...saved.spans.map(({ source }) => source)]) };
}

/** The record of a source without its review, if that stays as it was while something else changes. */
function withoutOwnReview(dataset: OpenDataset, edited: Edited): Edited | undefined {
  const { review } = dataset.typeOf(edited.table);
  const before = edited.id === '' || review === undefined ? undefined : recordAt(dataset, edited.table, edited.id);
  if (before === undefined || review === undefined) return undefined;
  const at = below('', review);
  const reviewed = resolvePointer(before.value, at);
  const isSame = isDeepStrictEqual(reviewed, resolvePointer(edited.value, at));
  const isChanged = !isDeepStrictEqual([before.value, before.spans], [edited.value, edited.spans]);
  return reviewed === undefined || !isSame || !isChanged ? undefined : { ...edited, ...removeAt(edited, at) };
}

/** The sources that a saved record cites. */
export function sourcesCited(dataset: OpenDataset, table: string, id: string): readonly string[] {
  const opened = id === '' ? undefined : dataset.openAt(table, id);
  return opened === undefined ? [] : contentOf(opened.value, spansOf(opened.type)).spans.map(({ source }) => source);
}

/** Removes the reviews of sources, and says which. A source with unsaved changes keeps its own. */
export function removeReviews(dataset: OpenDataset, sources: readonly string[]): readonly Unreviewed[] {
  return [...new Set(sources)].flatMap((source) => {
    const table = sourceTables(dataset.project).find((name) => dataset.names.has(name, source));
    const review = table === undefined ? undefined : dataset.typeOf(table).review;
    const record = table === undefined || review === undefined ? undefined : recordAt(dataset, table, source);
    if (table === undefined || review === undefined || record === undefined) return [];
    const at = below('', review);
    if (resolvePointer(record.value, at) === undefined) return [];
    if (keptContent(dataset.drafts.read(table, source)) !== undefined) return [{ source, isRemoved: false }];
    const made: SavedMessage = saveEdited(dataset, { ...record, ...removeAt(record, at) }, record.digest);
    return [{ source, isRemoved: 'saved' in made }];
  });
}
