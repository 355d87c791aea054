import { member, resolvePointer } from '../../json/json.ts';
import type { Project } from '../../project/openProject.ts';
import { sourceTables } from '../../project/recordIndex.ts';
import { toDocument } from '../../schema/extensionValues.ts';
import type { SourceDocument } from '../../schema/extensions.ts';
import { documentAt } from '../../verbs/newRecord.ts';
import { nameOf } from '../../schema/recordName.ts';
import type { Drafts } from './drafts.ts';
import { keptContent } from './request.ts';

/** A source whose record is still a draft. */
export interface PendingSource {
  readonly table: string;
  readonly draftName: string;
  readonly document: SourceDocument;
  /** What people call it; undefined if it has no name yet. */
  readonly label: string | undefined;
}

/** The sources whose records are still drafts, by identifier: their texts can already be cited. */
export function pendingSources(project: Pick<Project, 'types'>, drafts: Drafts): ReadonlyMap<string, PendingSource> {
  const tables = new Set(sourceTables(project));
  const pending = new Map<string, PendingSource>();
  for (const [table, draftName] of drafts.list()) {
    const type = tables.has(table) ? project.types.find(({ name }) => name === table) : undefined;
    const value = type === undefined ? undefined : keptContent(drafts.read(table, draftName))?.value;
    const at = type === undefined ? undefined : documentAt(type);
    const id = value === undefined || type?.key === undefined ? undefined : member(value, type.key);
    const document = value === undefined || at === undefined ? undefined : toDocument(resolvePointer(value, at));
    if (typeof id !== 'string' || document === undefined || value === undefined || type === undefined) continue;
    pending.set(id, { table, draftName, document, label: nameOf(type, value) });
  }
  return pending;
}
