import { shapeBelow } from '../../schema/shape.ts';
import { newDraft } from './drafts.ts';
import { identifierOfDraft } from './keptDrafts.ts';
import type { OpenDataset } from './openDataset.ts';
import type { Edited } from './recordRequests.ts';

interface NamedDraft {
  readonly table: string;
  readonly draftName: string;
}

/**
 * The draft of a new record that a reference leads to: with this identifier, or one that gets it when it is saved. Not
 * the draft of the record with the reference.
 */
export function draftOfMissing(
  dataset: OpenDataset,
  edited: Edited,
  pointer: string,
  id: string,
): NamedDraft | undefined {
  const tables = shapeBelow(dataset.typeOf(edited.table).shape, pointer)?.references ?? [];
  const found = dataset.drafts.list().find(([table, draftName]) => {
    if (!tables.includes(table) || !draftName.startsWith(newDraft) || draftName === edited.draftName) return false;
    return identifierOfDraft(dataset, table, draftName) === id;
  });
  return found === undefined ? undefined : { table: found[0], draftName: found[1] };
}
