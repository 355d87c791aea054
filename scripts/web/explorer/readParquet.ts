import { decompress } from 'fzstd';
import { parquetMetadata, parquetScan } from 'hyparquet';
import type { ExplorerTable } from '../../write/explorer/model.ts';
import { type TableData, columnBuilder } from './columns.ts';
import { asInCsv } from './parquetValues.ts';

/** Called between groups of rows with the number of rows that are read: what it waits for comes before the next. */
export type OnRows = (rows: number) => Promise<void> | void;

/**
 * Reads the rows of a table from its Parquet files, one group of rows after the other.
 * @throws Error where a file is no Parquet file, or has other columns
 */
export async function readParquet(
  table: ExplorerTable,
  files: readonly ArrayBuffer[],
  onRows: OnRows = () => {},
): Promise<TableData> {
  const read = files.map((file) => ({ file, metadata: parquetMetadata(file, { geoparquet: false }) }));
  const rows = read.reduce((sum, { metadata }) => sum + Number(metadata.num_rows), 0);
  const builders = table.columns.map((column) => columnBuilder(column, rows));
  let done = 0;
  for (const { file, metadata } of read) {
    const scan = await parquetScan({
      file: { byteLength: file.byteLength, slice: (start, end) => file.slice(start, end) },
      metadata,
      geoparquet: false,
      compressors: { ZSTD: (bytes, length) => decompress(bytes, new Uint8Array(length)) },
      parsers: asInCsv,
    });
    for (const range of scan.ranges) {
      for (const [i, { name }] of table.columns.entries())
        builders[i]?.add(await scan.readColumn({ ...range, column: name }));
      done += range.rowEnd - range.rowStart;
      await onRows(done);
    }
  }
  return { table, rows, columns: builders.map((builder) => builder.end()) };
}
