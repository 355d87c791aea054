import { draftSummaries } from './drafts.ts';
import type { KeptDraft } from './messages.ts';
import { identifierOf } from './newRecord.ts';
import type { OpenDataset } from './openDataset.ts';
import { keptContent } from './request.ts';

/** All drafts, with the identifiers under which a reference leads to their records once these are saved. */
export function keptDrafts(dataset: OpenDataset): readonly KeptDraft[] {
  return draftSummaries(dataset.drafts).map((draft) => ({
    ...draft,
    identifier: draft.id === '' ? identifierOfDraft(dataset, draft.table, draft.draftName) : draft.id,
  }));
}

/** The identifier of a draft's record, or the one that it would get. */
export function identifierOfDraft(dataset: OpenDataset, table: string, draftName: string): string | undefined {
  const content = keptContent(dataset.drafts.read(table, draftName));
  // the schema may no longer have the table
  const type = dataset.project.types.find(({ name }) => name === table);
  return content === undefined || type === undefined ? undefined : identifierOf(type, content, dataset);
}
