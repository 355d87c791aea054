import type { FormatName } from '../../../release/exportFormats.ts';
import { type NumberedRows, countedRows } from '../sql.ts';
import type { FileFormat, OneFile } from './format.ts';
import { parquet } from './parquet.ts';

/** How DuckDB writes and reads each format that a build exports. */
export const fileFormats: Readonly<Record<FormatName, FileFormat>> = { parquet };

/** The rows of one file with their numbers, from 0. */
export function numberedRowsIn(format: FormatName, from: OneFile): NumberedRows {
  const { numberedRowsIn: numbered, rowsIn } = fileFormats[format];
  return numbered?.(from) ?? countedRows(from.table, rowsIn({ ...from, files: [from.file] }));
}
