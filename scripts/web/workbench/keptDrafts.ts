import { draftSummaries } from './drafts.ts';
import type { DraftSummary, KeptDraft } from './messages.ts';
import { nameOf } from '../../schema/recordName.ts';
import { identifierOf } from './newRecord.ts';
import type { OpenDataset } from './openDataset.ts';
import { keptContent } from './request.ts';

/** All drafts, with the identifiers under which a reference leads to their records once these are saved. */
export function keptDrafts(dataset: OpenDataset): readonly KeptDraft[] {
  return numbered(draftSummaries(dataset.drafts)).map((draft) => ({
    ...draft,
    label: nameOfDraft(dataset, draft) ?? draft.label,
    identifier: draft.id === '' ? identifierOfDraft(dataset, draft.table, draft.draftName) : draft.id,
  }));
}

/** Drafts of a table without any text, told apart by numbers. */
function numbered(drafts: readonly DraftSummary[]): readonly DraftSummary[] {
  return drafts.map((draft, i) => {
    const before = drafts.slice(0, i).filter(({ table, label }) => table === draft.table && label === '').length;
    return draft.label !== '' || before === 0 ? draft : { ...draft, label: `new record ${before + 1}` };
  });
}

/** The name in a draft; undefined if its table requires none, or it has none yet. */
function nameOfDraft(dataset: OpenDataset, { table, draftName }: DraftSummary): string | undefined {
  const content = keptContent(dataset.drafts.read(table, draftName));
  const type = dataset.project.types.find(({ name }) => name === table);
  if (content === undefined || type === undefined) return undefined;
  return nameOf(type, content.value);
}

/** The identifier of a draft's record, or the one that it would get. */
export function identifierOfDraft(dataset: OpenDataset, table: string, draftName: string): string | undefined {
  const content = keptContent(dataset.drafts.read(table, draftName));
  // the schema may no longer have the table
  const type = dataset.project.types.find(({ name }) => name === table);
  return content === undefined || type === undefined ? undefined : identifierOf(type, content, dataset);
}
