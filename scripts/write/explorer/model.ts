import type { Bounds, Field } from '../../compile/fields.ts';
import type { CodeOfText, Column, ForeignKey, Table } from '../../compile/model.ts';

/** What the page of a release knows before any rows are loaded. Undefined members are left out of its JSON. */
export interface ExplorerModel {
  readonly dataset: ExplorerDataset;
  /** Parents first, as in the release; then the views. */
  readonly tables: readonly ExplorerTable[];
  /** The files of the release. */
  readonly files: readonly ExplorerFile[];
}

export interface ExplorerDataset {
  readonly name: string;
  readonly title: string;
  readonly description?: string | undefined;
  readonly version: string;
  /** RFC 3339. */
  readonly date?: string | undefined;
  readonly commit?: string | undefined;
  readonly homepage?: string | undefined;
  readonly license?: string | undefined;
  readonly citation: string;
  /** File name of the database. */
  readonly database: string;
}

export interface ExplorerFile {
  readonly path: string;
  /** Left out for the database, whose bytes differ from build to build. */
  readonly bytes?: number | undefined;
}

export interface ExplorerTable extends Pick<Table, 'name' | 'title' | 'description' | 'primaryKey'> {
  readonly columns: readonly ExplorerColumn[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly rows: number;
  readonly parquet: readonly string[];
  /**
   * For each of its Parquet files the scripts that hold its bytes, in order, as paths in the release; undefined if
   * the table is too large for the page.
   */
  readonly parts?: readonly (readonly string[])[] | undefined;
  /** Whether a row is a record. */
  readonly records: boolean;
  /** How the values of a row nest; empty for tables that are not made from a schema. */
  readonly fields: readonly Field[];
  readonly bounds: readonly Bounds[];
  /** The columns with the name of a record: the first that has a text, or all of them. */
  readonly label?: ExplorerLabel | undefined;
  /** For a view: whether its SELECT orders its rows; otherwise they are ordered by all columns. */
  readonly view?: { readonly isOrdered: boolean } | undefined;
}

export interface ExplorerLabel {
  readonly columns: readonly string[];
  readonly isWhole: boolean;
}

export interface ExplorerColumn extends Pick<Column, 'name' | 'type' | 'nullable'> {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly unit?: string | undefined;
  readonly codes?: readonly CodeOfText[] | undefined;
  readonly pointer?: string | undefined;
  readonly references: readonly string[];
  /** The column of the same row that names the table of the record. */
  readonly tableColumn?: string | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
}
