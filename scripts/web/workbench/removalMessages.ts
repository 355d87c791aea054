import type { RecordMessage, Unreviewed } from './messages.ts';

// The messages about the deletion and the new identifier of a record. Types only: the server and the page import this
// file.

/** A place in a record that refers to another one. */
export interface ReferrerMessage {
  readonly table: string;
  /** Of a draft, its label. */
  readonly id: string;
  readonly pointer: string;
  /** Only of a draft. */
  readonly draftName?: string;
  /** Whether the file of a record is in the last commit. */
  readonly isCommitted?: boolean;
}

/** What keeps a saved record as it is. */
export interface TiesMessage {
  /** The newest commit that holds it. */
  readonly commit: string | undefined;
  /** The version that has published it. */
  readonly version: string | undefined;
  /** The pointer under which it can be withdrawn. */
  readonly withdrawalAt: string | undefined;
  readonly referrers: readonly ReferrerMessage[];
  /** The file with the text of the source, if no other source has it. */
  readonly text: string | undefined;
}

/** The result of giving a record another identifier. */
export type RenameMessage =
  /** The record, without a draft, and the number of references that were changed. */
  | { readonly renamed: RecordMessage; readonly references: number }
  /** A commit holds it: its identifier never changes. */
  | { readonly commit: string }
  | { readonly conflict: RecordMessage | undefined };

/** The result of deleting a record. */
export type RemoveMessage =
  /** The file that contained it, and that with the text of the source, which stays. */
  | { readonly removed: string; readonly unreviewed: readonly Unreviewed[]; readonly text: string | undefined }
  /** A version has published it. `withdrawalAt` is the pointer under which it can be withdrawn. */
  | { readonly version: string; readonly withdrawalAt: string | undefined }
  | { readonly referrers: readonly ReferrerMessage[] }
  /** The file has changed; undefined if it is gone. */
  | { readonly conflict: RecordMessage | undefined };
