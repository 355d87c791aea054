import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { FileSystem } from '../disk/fileSystem.ts';

/** The fields of a row of CSV: null for an empty one, the empty text for `""`. */
export type CsvFields = readonly (string | null)[];

/** How the CSV of a release is read. */
export const csvForm = {
  record_delimiter: '\n',
  relax_column_count: true,
  cast: (value: string, { quoting }: { readonly quoting: boolean }): string | null =>
    value === '' && !quoting ? null : value,
};

const rowsOfBatch = 2048;

/** The rows of a CSV file without its header, in batches, so that a file of any size can be read. */
export async function* csvBatches(fs: FileSystem, file: string): AsyncGenerator<readonly CsvFields[]> {
  let batch: CsvFields[] = [];
  // the file system reuses its memory, so each piece is copied
  const bytes = Readable.from(copies(fs.chunks(file)), { objectMode: false });
  for await (const row of bytes.compose(parse({ ...csvForm, from: 2 }))) {
    if (isRow(row)) batch.push(row);
    if (batch.length < rowsOfBatch) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function* copies(chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  for (const chunk of chunks) yield Uint8Array.from(chunk);
}

/** Whether the parser returned a row. */
export function isRow(row: unknown): row is CsvFields {
  return Array.isArray(row) && row.every((cell) => cell === null || typeof cell === 'string');
}
