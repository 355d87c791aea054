import { list } from '../../base/text.ts';
import type { Table } from '../../compile/model.ts';
import type { CommitFacts } from '../../read/facts.ts';
import type { SchemaFolder } from '../../read/schemas.ts';
import type { ExportFormat, FormatName } from '../../release/exportFormats.ts';

/** A file of the release, as its metadata describes it. */
export interface WrittenFile {
  /** Path in the release, with `/`. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A release with its tables written: the input for its metadata. */
export interface Described extends Pick<SchemaFolder, 'dataset' | 'views' | 'licenseText' | 'documents' | 'examples'> {
  readonly facts: CommitFacts;
  /** The tables of the release, parents first. */
  readonly tables: readonly Table[];
  /** The rows of views, which are files like those of tables. */
  readonly derived: readonly Table[];
  readonly rowCounts: ReadonlyMap<string, number>;
  /** Size and digest of a written file. */
  readonly file: (path: string) => WrittenFile;
  /** The formats of its tables beside CSV and the database. */
  readonly formats: readonly ExportFormat[];
  /** The files of a table in one of them, in order. */
  readonly exportedFiles: (format: FormatName, table: string) => readonly string[];
  /** Undefined if there is none. */
  readonly database: DescribedDatabase | undefined;
}

/** The folders with the rows of each table, in Markdown. */
export function foldersOfRows({ formats }: Pick<Described, 'formats'>): readonly string[] {
  return ['csv', ...formats.map(({ name }) => name)].map((folder) => `\`${folder}/\``);
}

/** Where the rows of each table are, in Markdown. */
export function placesOfRows({ formats, database }: Pick<Described, 'formats' | 'database'>): string {
  return list([...foldersOfRows({ formats }), ...(database === undefined ? [] : ['the DuckDB database'])]);
}

/** A database of a release. Its bytes differ from build to build. */
export interface DescribedDatabase {
  /** Name of the file. */
  readonly file: string;
  /** Whether it holds the rows, or views over the Parquet files next to it. */
  readonly holds: 'tables' | 'views';
  /** Digest of its content. */
  readonly contentSha256: string;
}
