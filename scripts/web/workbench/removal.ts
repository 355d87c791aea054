import { Failure } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import { below, member } from '../../json/json.ts';
import type { OpenRecord } from '../../project/recordFiles.ts';
import { sourceTables } from '../../project/recordIndex.ts';
import { sha256Of } from '../../read/documents.ts';
import { committedIn, inLastCommit, publishedIn } from '../../verbs/recordHistory.ts';
import { type Referrer, identifierOf, referrersOf } from '../../verbs/referrers.ts';
import { removeRecord } from '../../verbs/removeRecord.ts';
import { renameRecord } from '../../verbs/renameRecord.ts';
import { changeDraft, followInDrafts, referringDrafts } from './draftReferences.ts';
import type { ReferrerMessage, RemoveMessage, RenameMessage, TiesMessage } from './removalMessages.ts';
import type { OpenDataset } from './openDataset.ts';
import { recordAt } from './recordRequests.ts';
import { keptContent } from './request.ts';
import { removeReviews, sourcesCited } from './reviews.ts';

/** The page's requests to delete a record, or to give it another identifier. `digest` is of its text as read. */
export interface RemovalRequests {
  /** What keeps a record as it is: what has published it, and what refers to it. */
  readonly ties: (table: string, id: string) => TiesMessage;
  /** Deletes a record if nothing prevents it. */
  readonly remove: (table: string, id: string, digest: string) => RemoveMessage;
  /** Changes the identifier, and the references in records and drafts, unless a commit holds the record. */
  readonly rename: (table: string, id: string, digest: string, to: string) => RenameMessage;
}

export function removalRequests(dataset: OpenDataset): RemovalRequests {
  return {
    ties: (table, id) => tiesOf(dataset, table, id),
    remove: (table, id, digest) => removeSaved(dataset, table, id, digest),
    rename: (table, id, digest, to) => renameSaved(dataset, { table, id, digest, to }),
  };
}

function tiesOf(dataset: OpenDataset, table: string, id: string): TiesMessage {
  const record = dataset.openAt(table, id);
  if (record === undefined)
    return { commit: undefined, version: undefined, withdrawalAt: undefined, referrers: [], text: undefined };
  const isCommitted = inLastCommit(dataset.project);
  const referrers = referrersOf(dataset.project, record);
  return {
    commit: committedIn(dataset.project, record),
    version: publishedIn(dataset.project, record),
    withdrawalAt: pointerOf(record.type.withdrawal),
    referrers: [
      ...referrers.map((each) => ({ ...messageOf(each), isCommitted: isCommitted(each.file) })),
      ...referringDrafts(dataset, table, id),
    ],
    text: textOnlyOf(dataset, table, id),
  };
}

/** The file with the text of a source that no other source has; undefined if there is none. */
function textOnlyOf({ project }: OpenDataset, table: string, id: string): string | undefined {
  const file = sourceTables(project).includes(table) ? project.sources.get(id)?.file : undefined;
  if (file === undefined || project.validation.documents(file) === undefined) return undefined;
  const isShared = [...project.sources].some(([other, document]) => other !== id && document.file === file);
  return isShared ? undefined : `${project.options.sources.shown}/${file}`;
}

function messageOf({ file, id, pointer }: Referrer): ReferrerMessage {
  return { table: file.table, id, pointer };
}

function pointerOf(withdrawal: string | undefined): string | undefined {
  return withdrawal === undefined ? undefined : below('', withdrawal);
}

/** The record if it is still as it was read. */
function openAsRead(dataset: OpenDataset, table: string, id: string, digest: string): OpenRecord | undefined {
  const opened = dataset.openAt(table, id);
  return opened === undefined || sha256Of(opened.text) !== digest ? undefined : opened;
}

/** Deletes a record if nothing prevents it. `digest` is of its text as read. */
export function removeSaved(dataset: OpenDataset, table: string, id: string, digest: string): RemoveMessage {
  const opened = openAsRead(dataset, table, id, digest);
  if (opened === undefined) return { conflict: recordAt(dataset, table, id) };
  const drafts = referringDrafts(dataset, table, id);
  const cited = sourcesCited(dataset, table, id);
  const text = textOnlyOf(dataset, table, id);
  const noteWritten = dataset.own(opened.file.path);
  const made = removeRecord(dataset.project, opened, drafts.length > 0);
  if ('version' in made) return { version: made.version, withdrawalAt: pointerOf(made.withdrawal) };
  if ('referrers' in made) return { referrers: [...made.referrers.map(messageOf), ...drafts] };
  noteWritten();
  dataset.drafts.remove(table, id);
  dataset.noteRemoved(opened.file, id);
  dataset.reopen();
  return { ...made, unreviewed: removeReviews(dataset, cited), text };
}

interface Renaming {
  readonly table: string;
  readonly id: string;
  readonly digest: string;
  readonly to: string;
}

function renameSaved(dataset: OpenDataset, { table, id, digest, to }: Renaming): RenameMessage {
  const opened = openAsRead(dataset, table, id, digest);
  if (opened === undefined) return { conflict: recordAt(dataset, table, id) };
  if (to !== id && keptContent(dataset.drafts.read(table, to)) !== undefined)
    throw new Failure(
      `there are unsaved changes of a record that was called ${quoted(to)}: save or discard them first, or choose ` +
        'another identifier',
    );
  const made = renameRecord(dataset.project, opened, to);
  if ('commit' in made) return made;
  const inDrafts = followInDrafts(dataset, { table, id, to });
  // the files of other records have changed too: they are read again, as after a change by another program
  dataset.refresh();
  dataset.reopen();
  rebaseDraft(dataset, opened, to);
  for (const record of made.before) rebaseDraft(dataset, record, identifierOf(record));
  const renamed = recordAt(dataset, table, to);
  if (renamed === undefined) throw new Failure(`${made.renamed} no longer exists`);
  return { renamed, references: made.referrers.length + inDrafts };
}

/** The draft of a rewritten record continues from its new text. */
function rebaseDraft({ drafts, openAt }: OpenDataset, { type: { name }, text }: OpenRecord, id: string): void {
  const now = openAt(name, id);
  if (now === undefined) return;
  changeDraft(drafts, [name, id], (draft) =>
    member(draft, 'digest') === sha256Of(text) ? { ...draft, digest: sha256Of(now.text) } : draft,
  );
}
