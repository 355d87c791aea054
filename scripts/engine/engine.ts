import type { Table } from '../compile/model.ts';
import type { Check, View } from '../read/schemas.ts';
import type { ExportedPart, FormatName } from '../release/exportFormats.ts';

/** What each file of a release says about the release. */
export interface ReleaseFacts {
  readonly name: string;
  readonly version: string;
  readonly title: string | null;
  /** Git commit of the records and schemas, null outside git. */
  readonly commit: string | null;
  /** Date of that commit, RFC 3339. */
  readonly date: string | null;
  readonly license: string | null;
  readonly citation: string;
  /** Digest of the schemas. */
  readonly schemas: string;
}

/** The rows of a table as `write/csv.ts` prints them, in a file. */
export interface CsvFile {
  /** Absolute path. */
  readonly file: string;
  readonly rows: number;
  /** Bytes of the file, without its header. */
  readonly bytes: number;
  /** An upper bound of the bytes in a line. */
  readonly longestLine: number;
}

/** A row from a check: what is wrong in which record. The record may not exist. */
export interface CheckRow {
  readonly check: Check;
  readonly table: string | null;
  /** The record's identifier, as `provenance.record_id` has it. */
  readonly record: string | null;
  /** JSON Pointer into the record; null for the whole of it. */
  readonly pointer: string | null;
  readonly message: string | null;
}

/** Stores the tables of a release and writes the formats that it supports itself, for example DuckDB. */
export interface Engine {
  /**
   * Creates an empty store in a file, for this many bytes of CSV; undefined for many, if rows are still to come. A
   * signal stops the work of the store.
   * @throws Failure for a path that it cannot write to
   */
  readonly open: (file: string, bytes: number | undefined, signal?: AbortSignal) => Promise<Store>;
  /** Reads a finished release back from its files, below its folder. */
  readonly reopen: (folder: string, database: string, options?: Reopening) => Promise<StoredRelease>;
}

/** How a release is read back. */
export interface Reopening {
  /** Stops the reading. */
  readonly signal?: AbortSignal | undefined;
  /** How many threads to leave to others. */
  readonly spared?: number;
}

/** A store that is being filled. */
export interface Store {
  /** Creates tables, parents before children, ahead of their rows. */
  readonly create: (tables: readonly Table[]) => Promise<void>;
  /**
   * Adds the rows of a CSV file to a table, in order. Creates the table before its first rows, unless it has been
   * created; parents come before children.
   */
  readonly append: (table: Table, csv: CsvFile) => Promise<void>;
  /** Ends the adding of rows, and records the facts of the release; no row can be added afterwards. */
  readonly seal: (facts: ReleaseFacts) => Promise<void>;
  /** Writes rows of a table of a sealed store into a file. Can be asked for several files at once. */
  readonly export: (format: FormatName, table: Table, part: ExportedPart) => Promise<void>;
  /** Creates views in which `planViews` has found no fault, with access to files switched off. */
  readonly addViews: (views: readonly View[]) => Promise<void>;
  /** The rows of checks in which `planViews` has found no fault; after `addViews`, so that they can read no file. */
  readonly runChecks: (checks: readonly Check[]) => Promise<readonly CheckRow[]>;
  readonly close: () => Promise<void>;
  /** Discards the store: what has been written is no longer needed. Exports that are not complete end first. */
  readonly abandon: () => Promise<void>;
}

/** A finished release, opened for reading. */
export interface StoredRelease {
  /** Can be asked for several tables at once. */
  readonly digest: (table: Table, csv: CsvFile, exported: ExportedTable) => Promise<StoredDigests>;
  /** Ends digests that are not complete first. */
  readonly close: () => Promise<void>;
}

/** The files of a table in each format that a build exports. */
export type ExportedTable = ReadonlyMap<FormatName, readonly ExportedPart[]>;

/** Digests of a table from the files of a release. */
export interface StoredDigests {
  /** That of `rowDigest`, of the rows in the database. */
  readonly rows: string;
  /** Equal to that of a format that holds the same rows in the same order. */
  readonly database: string;
  readonly exported: ReadonlyMap<FormatName, string>;
}
