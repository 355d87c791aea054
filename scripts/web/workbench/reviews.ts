import { isDeepStrictEqual } from 'node:util';
import { below, resolvePointer } from '../../json/json.ts';
import { sourceTables } from '../../project/recordIndex.ts';
import { spansOf } from '../../schema/recordTypes.ts';
import { contentOf } from './content.ts';
import type { SaveMessage, SavedMessage, SpanMessage, Unreviewed } from './messages.ts';
import type { OpenDataset } from './openDataset.ts';
import { removeAt } from './edit.ts';
import { reasonsAgainst } from './passages.ts';
import { type Edited, recordAt, saveEdited } from './recordRequests.ts';
import { keptContent } from './request.ts';
import { sourceTableOf, wordsIn } from './sourceMessage.ts';

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
  const { table, id } = edited;
  const change = changeOf(dataset, edited);
  const before = spansCited(dataset, table, id);
  const made = saveEdited(dataset, change === 'rest' ? withoutReview(dataset, edited) : edited, digest);
  if (!('saved' in made)) return made;
  const { saved } = made;
  const own = change === 'rest' ? [{ source: saved.id, isRemoved: true }] : [];
  if (saved.digest === digest || change === 'review') return { saved, unreviewed: own, passedOver: [] };
  const isSource = sourceTables(dataset.project).includes(table);
  const cited = [...before, ...saved.spans].map(({ source }) => source);
  const others = cited.filter((source) => !isSource || source !== saved.id);
  const isCoding = !isSource && !dataset.typeOf(table).shape.authority;
  const passedOver = isCoding ? passedOverIn(dataset, before, saved.spans) : [];
  return { saved, unreviewed: [...own, ...removeReviews(dataset, others)], passedOver };
}

/** The reasons for which words that a record cites since its save need no record. */
function passedOverIn(dataset: OpenDataset, before: readonly SpanMessage[], now: readonly SpanMessage[]): string[] {
  const sources = [...new Set(now.map(({ source }) => source))];
  const reasons = sources.flatMap((source) => {
    const table = sourceTableOf(dataset, source);
    const own = table === undefined ? undefined : dataset.openAt(table, source);
    return reasonsAgainst(own, source, { before, now }, wordsIn(dataset.project, source));
  });
  return [...new Set(reasons)];
}

/**
 * What changes in a record that has a review: only the review, as it is removed by hand or marked, or only something
 * else, so that the review no longer holds. Undefined for any other record or change.
 */
function changeOf(dataset: OpenDataset, edited: Edited): 'review' | 'rest' | undefined {
  const { review } = dataset.typeOf(edited.table);
  const before = edited.id === '' || review === undefined ? undefined : recordAt(dataset, edited.table, edited.id);
  if (before === undefined || review === undefined) return undefined;
  const at = below('', review);
  const [reviewed, now] = [resolvePointer(before.value, at), resolvePointer(edited.value, at)];
  const [was, is] = [withoutReview(dataset, before), withoutReview(dataset, edited)];
  if (isDeepStrictEqual([was.value, was.spans], [is.value, is.spans])) return 'review';
  return reviewed !== undefined && isDeepStrictEqual(reviewed, now) ? 'rest' : undefined;
}

/** A record as if it had not been reviewed. */
function withoutReview(dataset: OpenDataset, edited: Edited): Edited {
  const { review } = dataset.typeOf(edited.table);
  return review === undefined ? edited : { ...edited, ...removeAt(edited, below('', review)) };
}

/** The sources that a saved record cites. */
export function sourcesCited(dataset: OpenDataset, table: string, id: string): readonly string[] {
  return spansCited(dataset, table, id).map(({ source }) => source);
}

function spansCited(dataset: OpenDataset, table: string, id: string): readonly SpanMessage[] {
  const opened = id === '' ? undefined : dataset.openAt(table, id);
  return opened === undefined ? [] : contentOf(opened.value, spansOf(opened.type)).spans;
}

/** Removes the reviews of sources, and says which. A source with unsaved changes keeps its own. */
export function removeReviews(dataset: OpenDataset, sources: readonly string[]): readonly Unreviewed[] {
  return [...new Set(sources)].flatMap((source) => {
    const table = sourceTableOf(dataset, source);
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
