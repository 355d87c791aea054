// The messages about uncommitted changes. Types only: the server and the page import this file.

/** The uncommitted changes of the work tree. */
export interface ChangesMessage {
  readonly files: readonly string[];
  /** Changed schemas and configuration: a commit includes them only if it is asked to. */
  readonly schemaFiles: readonly string[];
  /** Where commits can be sent. */
  readonly remotes: readonly string[];
  /** The records that differ from the last commit; undefined if there is no commit. */
  readonly records: readonly ChangedRecordMessage[] | undefined;
  /** The branch that is checked out; undefined if a commit is. */
  readonly branch: string | undefined;
  readonly branches: readonly string[];
  /** The folder of the texts if they are not in git; undefined if they are. */
  readonly keptBack: string | undefined;
  /** Markdown. */
  readonly report: string;
}

export interface ChangedRecordMessage {
  readonly table: string;
  readonly id: string;
  readonly label: string | undefined;
  readonly change: string;
  /** The sources that it cites; its own identifier if it is one. */
  readonly sources: readonly string[];
}

/** A problem that prevents a commit. */
export interface RefusalMessage {
  /** Its file and line. */
  readonly where: string;
  readonly message: string;
  /** The record to open; undefined if the problem is not in a file of one record. */
  readonly record: { readonly table: string; readonly id: string; readonly pointer: string } | undefined;
}

/** A commit, or why there is none: problems, each with its place, and whether changed schemas would solve them. */
export type CommitMessage =
  | { readonly commit: string }
  | { readonly refused: readonly RefusalMessage[]; readonly needsSchema: boolean };
