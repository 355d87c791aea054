import type { RecordType } from '../schema/recordTypes.ts';
import type { ColumnType, Table } from './model.ts';

/**
 * How the instances of a schema become rows, and rows instances again. A plan follows the schema's structure: each
 * property is a cell of the row, an object in the same row, a child table, or several of these if the schema allows
 * several types. What none of them can hold goes to the row's `_rest`.
 */
export interface TablePlan {
  readonly table: Table;
  /** JSON Pointer, in the record, of the value of a row, `*` for any element; if there are several, the first. */
  readonly pointer: string;
  /** How many columns hold the key of the row above and the position in it. */
  readonly keys: number;
  /** The value of a row: the record, an element of a list, or a member of a map. */
  readonly value: ValuePlan;
  /** Index of the column `_rest`, undefined if the schema cannot need it. */
  readonly rest: number | undefined;
  /** Rows can hold rows of this same table: then the last key is a JSON Pointer from the row above the outermost. */
  readonly recursive: boolean;
  /** A row of NULLs to begin with. */
  readonly empty: readonly null[];
}

/** How a value is stored. It has several parts if the schema allows several types. */
export interface ValuePlan {
  /** The value must be there: if nothing is stored, it is empty. */
  readonly required: boolean;
  readonly cell: CellPlan | undefined;
  readonly members: ReadonlyMap<string, ValuePlan> | undefined;
  /** Elements of a list, one row for each. */
  readonly elements: ChildPlan | undefined;
  /** Members of a map, or those that no property names, one row for each. */
  readonly entries: ChildPlan | undefined;
}

export interface CellPlan {
  readonly index: number;
  readonly type: ColumnType;
  /** Uncertain dates have their bounds in the columns after the text. */
  readonly edtf: boolean;
  /** For a reference that can lead to several tables: those, and the index of the column that names the table. */
  readonly leadsTo: { readonly tables: readonly string[]; readonly index: number } | undefined;
}

export interface ChildPlan {
  /** The child table; if the schema is recursive, a table that contains this one's row. */
  readonly rows: () => TablePlan;
  /** JSON Pointer of the list or map in its row. */
  readonly pointer: string;
  /** A value that is alone, not in a list, has a row with position -1. */
  readonly orBare: boolean;
}

/** The plan of a record type, and its tables, parents first. */
export interface RecordPlan {
  readonly type: RecordType;
  readonly root: TablePlan;
  readonly tables: readonly TablePlan[];
  /** Pointers of spans; they become rows of `provenance`, not of a child table. */
  readonly spans: readonly string[];
  /** Tables of the sources that the spans name. */
  readonly sources: readonly string[];
  /**
   * Members of the record that its tables do not hold: spans, a withdrawal, and in our own records the link to the
   * schema.
   */
  readonly kept: ReadonlySet<string>;
}
