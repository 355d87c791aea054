import { decompress } from 'fzstd';
import { type FileMetaData, type ParquetRowRange, parquetMetadata, parquetScan } from 'hyparquet';
import type { ExplorerTable } from '../../write/explorer/model.ts';
import { type TableData, columnBuilder } from './columns.ts';
import { asInCsv, withTexts } from './parquetValues.ts';

/** Called at intervals with the number of rows read so far; reading waits for its promise. */
export type OnRows = (rows: number) => Promise<void> | void;

/** Rows that are read at once, if the file allows it: Spark writes a million rows in one group. */
const mostAtOnce = 40_000;

/**
 * Reads the rows of a table from its Parquet files, one after another.
 * @throws Error if a file is not Parquet, or has other columns
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
      // with a buffer for its output, fzstd takes five times as long
      compressors: { ZSTD: (bytes) => decompress(bytes) },
      parsers: asInCsv,
    });
    for (const range of scan.ranges.flatMap((each) => partsOf(each, metadata))) {
      for (const [i, { name }] of table.columns.entries()) {
        builders[i]?.add(withTexts(await scan.readColumn({ ...range, column: name })));
        await onRows(done);
      }
      done += range.rowEnd - range.rowStart;
    }
  }
  return { table, rows, columns: builders.map((builder) => builder.end()) };
}

/** A group of rows in parts. Without an index of its pages, each part would read the group from its start. */
function partsOf({ rowStart, rowEnd }: ParquetRowRange, { row_groups }: FileMetaData): readonly ParquetRowRange[] {
  const hasIndex = row_groups.every(({ columns }) => columns.every((each) => each.offset_index_offset !== undefined));
  const step = hasIndex ? mostAtOnce : rowEnd - rowStart;
  return Array.from({ length: Math.ceil((rowEnd - rowStart) / step) }, (_, i) => ({
    rowStart: rowStart + i * step,
    rowEnd: Math.min(rowEnd, rowStart + (i + 1) * step),
  }));
}
