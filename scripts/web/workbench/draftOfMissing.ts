import { member } from '../../json/json.ts';
import { shapeBelow } from '../../schema/shape.ts';
import { newDraft } from './drafts.ts';
import { identifierOf } from './newRecord.ts';
import type { OpenDataset } from './openDataset.ts';
import type { Edited } from './recordRequests.ts';
import { keptContent } from './request.ts';

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
    const content = keptContent(dataset.drafts.read(table, draftName));
    const type = dataset.typeOf(table);
    if (content === undefined) return false;
    const own = type.key === undefined ? undefined : member(content.value, type.key);
    return (own ?? identifierOf(type, content, dataset)) === id;
  });
  return found === undefined ? undefined : { table: found[0], draftName: found[1] };
}
