/**
 * The formats in which a build exports each table and view from its database, beside CSV. The name is also that of the
 * folder, the ending of the files, and the `format` in datapackage.json. `engine/duckdb/formats` writes and reads them.
 */
export const exportFormats = [
  {
    name: 'parquet',
    title: 'Parquet',
    mediaType: 'application/vnd.apache.parquet',
    /** What it has that CSV lacks, in the description of a file. */
    beyondCsv: 'with types',
  },
] as const satisfies readonly {
  readonly name: string;
  readonly title: string;
  readonly mediaType: string;
  readonly beyondCsv: string;
}[];

export type ExportFormat = (typeof exportFormats)[number];
export type FormatName = ExportFormat['name'];

/** The formats of a release that Spark has built: it writes no others. */
export const formatsOfSpark: readonly ExportFormat[] = exportFormats.filter(({ name }) => name === 'parquet');

/** The titles of all formats that hold the tables of a release. */
export function formatTitles(formats: readonly ExportFormat[]): readonly string[] {
  return ['CSV', ...formats.map(({ title }) => title), 'DuckDB'];
}

/** A file with rows of a table: all, or those from one number up to another. */
export interface ExportedPart {
  readonly file: string;
  readonly from: number;
  readonly to: number | undefined;
}

/** A table of more CSV than this, in bytes, becomes several files, so that engines read it in parallel. */
const mostBytesInOne = 512 * 1024 * 1024;

/** The name of the resource in datapackage.json that holds a table or view in a format. */
export function exportedResourceName(format: FormatName, table: string): string {
  return `${table}-${format}`;
}

/** The one file of a table or view: `parquet/<table>.parquet`. */
export function exportedFile(format: FormatName, table: string): string {
  return `${format}/${table}.${format}`;
}

/** The files of a table: one, or files of equal numbers of rows, as `parquet/<table>/part-00000.parquet`. */
export function exportedParts(
  format: FormatName,
  table: string,
  { rows, bytes }: { readonly rows: number; readonly bytes: number },
  mostBytes = mostBytesInOne,
): readonly ExportedPart[] {
  const parts = Math.min(rows, Math.ceil(bytes / mostBytes));
  if (parts <= 1) return [{ file: exportedFile(format, table), from: 0, to: undefined }];
  const each = Math.ceil(rows / parts);
  return Array.from({ length: Math.ceil(rows / each) }, (_, i) => ({
    file: exportedFile(format, `${table}/part-${String(i).padStart(5, '0')}`),
    from: i * each,
    to: Math.min(rows, (i + 1) * each),
  }));
}
