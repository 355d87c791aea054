import { takeTurnAt } from '../project/folders.ts';
import type { Project } from '../project/openProject.ts';
import { type OpenRecord, deleteRecord, recordNamed } from '../project/recordFiles.ts';
import { publishedIn } from './recordHistory.ts';
import { type Referrer, referrersOf } from './referrers.ts';

/** The result of a deletion: done, or refused because the record was published or is referred to. */
export type Removed =
  | { readonly removed: string }
  /** `withdrawal` is the property under which it can be withdrawn instead. */
  | { readonly version: string; readonly withdrawal: string | undefined }
  | { readonly referrers: readonly Referrer[] };

/** A record to delete. */
export interface RemoveOptions {
  /** Its identifier, `table/identifier`, or the path of its file. */
  readonly record: string;
  /** The folder from which a file is named: that of the process by default. */
  readonly from?: string;
}

/**
 * Deletes a record that was never published and that no other record refers to.
 * @throws Failure if there is no such record, it has changed meanwhile, or git cannot tell whether it was published
 */
export function remove(project: Project, { record, from = '.' }: RemoveOptions): Removed {
  return removeRecord(project, recordNamed(project.fs, project, from, record));
}

/** The same for an open record. It stays if something outside the records refers to it, too. */
export function removeRecord(project: Project, record: OpenRecord, isReferredTo = false): Removed {
  const version = publishedIn(project, record);
  if (version !== undefined) return { version, withdrawal: record.type.withdrawal };
  const turn = takeTurnAt(project.fs, project.options);
  try {
    const referrers = referrersOf(project, record);
    if (referrers.length > 0 || isReferredTo) return { referrers };
    deleteRecord(project.fs, record, project.rawPath);
  } finally {
    turn.end();
  }
  return { removed: record.file.shown };
}
