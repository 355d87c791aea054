import type { Json } from '../json/json.ts';

/** Logical types of columns. In rows, dates are ISO 8601 days, timestamps RFC 3339 in UTC, JSON its text. */
export type ColumnType = 'string' | 'integer' | 'number' | 'boolean' | 'date' | 'timestamp' | 'json';

export type Cell = string | number | boolean | null;
export type Row = readonly Cell[];

export interface CodeOfText {
  readonly code: string;
  readonly description: string | undefined;
}

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly unit: string | undefined;
  /** The codes of a code list of texts. */
  readonly codes: readonly CodeOfText[] | undefined;
  readonly constraints: Readonly<Record<string, Json>>;
  /** JSON Pointer of the property in the column, `*` for any element; undefined if records do not have it. */
  readonly pointer: string | undefined;
  /** Tables, one of which must hold a record with this identifier. */
  readonly references: readonly string[];
  /** In `provenance` and views, which have no keys to check: the column that names the table of the record. */
  readonly tableColumn: string | undefined;
  /**
   * For a column that names the table of the record in another column: the key that both are. That column has no
   * `tableColumn`: identifiers are unique among its `references`.
   */
  readonly tableFor: PolymorphicKey | undefined;
}

/** A column whose identifiers are those of several tables, and the key column of each of them. */
export interface PolymorphicKey {
  readonly column: string;
  readonly targets: readonly { readonly table: string; readonly column: string }[];
}

export interface ForeignKey {
  readonly columns: readonly string[];
  readonly table: string;
  readonly tableColumns: readonly string[];
}

export interface Table {
  readonly name: string;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly columns: readonly Column[];
  /** Empty if rows have no key. */
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly ForeignKey[];
  /** Left out of a release if it has no rows: child tables of somebody else's schemas, which can declare thousands. */
  readonly optional: boolean;
}

/** Rows of one table, in order. */
export interface Batch {
  readonly table: string;
  readonly rows: readonly Row[];
}

/** A column, with defaults for what most columns have. */
export function column(name: string, type: ColumnType, more: Partial<Column> = {}): Column {
  return {
    name,
    type,
    nullable: false,
    title: undefined,
    description: undefined,
    unit: undefined,
    codes: undefined,
    constraints: {},
    pointer: undefined,
    references: [],
    tableColumn: undefined,
    tableFor: undefined,
    ...more,
  };
}
