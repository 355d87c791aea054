import type { ParquetPart } from '../engine.ts';

/** A table of more CSV than this, in bytes, becomes several Parquet files, so that engines read it in parallel. */
const mostBytesInOne = 512 * 1024 * 1024;

/** The one Parquet file of a table or view. */
export function parquetFile(table: string): string {
  return `parquet/${table}.parquet`;
}

/** The Parquet files of a table: `parquet/<table>.parquet`, or files of equal numbers of rows in `parquet/<table>/`. */
export function parquetParts(
  table: string,
  rows: number,
  bytes: number,
  mostBytes = mostBytesInOne,
): readonly ParquetPart[] {
  const parts = Math.min(rows, Math.ceil(bytes / mostBytes));
  if (parts <= 1) return [{ file: parquetFile(table), from: 0, to: undefined }];
  const each = Math.ceil(rows / parts);
  return Array.from({ length: Math.ceil(rows / each) }, (_, i) => ({
    file: `parquet/${table}/part-${String(i).padStart(5, '0')}.parquet`,
    from: i * each,
    to: Math.min(rows, (i + 1) * each),
  }));
}
