import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import type { Column, Table } from '../../../compile/model.ts';
import type { ReleaseFacts } from '../../engine.ts';
import type { Size } from '../instance.ts';
import type { NumberedRows } from '../sql.ts';

/** The rows for a file. */
export interface ExportedRows {
  /** A SELECT with the columns of the table, codes as texts. */
  readonly query: string;
  readonly table: Table;
  /** The size of the whole table as CSV. */
  readonly size: Size;
  readonly facts: ReleaseFacts | undefined;
}

/** Files of a table. */
export interface ExportedFiles extends OfTable {
  /** Absolute paths, in order. */
  readonly files: readonly string[];
}

/** One of them. */
export interface OneFile extends OfTable {
  readonly file: string;
}

interface OfTable {
  readonly table: Table;
  /** An upper bound of the bytes in a line of the table's CSV. */
  readonly longestLine: number;
}

/** How DuckDB writes and reads the files of an export format. */
export interface FileFormat {
  /** Writes rows, in order, into a file. */
  readonly write: (connection: DuckDBConnection, file: string, rows: ExportedRows) => Promise<void>;
  /** The rows of files, in order, in SQL. */
  readonly rowsIn: (from: ExportedFiles) => string;
  /** The SQL type of a column in those rows. */
  readonly typeOf: (column: Column) => string;
  /** The rows of one file with their numbers, from 0, if the format knows them: counting them takes one core. */
  readonly numberedRowsIn?: (from: OneFile) => NumberedRows;
  /** What is wrong with a file besides its rows, in words; `facts` are those of datapackage.json. */
  readonly faults?: (ask: Ask, file: string, facts: StatedFacts) => Promise<readonly string[]>;
}

/** The rows of a query. */
export type Ask = (sql: string) => Promise<readonly (readonly DuckDBValue[])[]>;

/** The facts of a release that a file can state. */
export type StatedFacts = Pick<ReleaseFacts, 'name' | 'version' | 'commit' | 'license'>;
