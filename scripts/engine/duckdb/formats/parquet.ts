import type { Table } from '../../../compile/model.ts';
import type { ReleaseFacts } from '../../engine.ts';
import { fieldDescriptions } from '../../fieldDescriptions.ts';
import type { Size } from '../instance.ts';
import { documentation, literal, numberedParquetRows, parquetRows, pathLiteral, plainType } from '../sql.ts';
import type { Ask, FileFormat, StatedFacts } from './format.ts';

/** Parquet, version 2, zstd, with facts about the release and its columns as key-value metadata. */
export const parquet: FileFormat = {
  async write(connection, file, { query, table, size, facts }) {
    await connection.run(`COPY (${query}) TO ${literal(file)} ${parquetOptions(facts, table, rowGroupOf(size))}`);
  },
  rowsIn: ({ files }) => parquetRows(files),
  typeOf: plainType,
  numberedRowsIn: ({ file, table }) => numberedParquetRows(table, file),
  faults: metadataFaults,
};

/**
 * Rows of a Parquet row group. In a million rows, a query for one key took 4 ms, against 80 ms with DuckDB's 122,880,
 * in a file that is 1 % larger; with fewer, the file grows and every query gets slower.
 */
const rowGroupSize = 10_240;
/** A row group is written from memory, so wide rows get smaller groups: whole vectors, at least one. */
const mostBytesOfRowGroup = 64 * 1024 * 1024;
const vectorSize = 2048;

/** Rows of a row group, for a table with so many bytes as CSV. */
export function rowGroupOf({ rows, bytes }: Size): number {
  const fitting = mostBytesOfRowGroup / Math.max(1, bytes / Math.max(1, rows));
  return Math.min(rowGroupSize, Math.max(1, Math.floor(fitting / vectorSize)) * vectorSize);
}

/** The options of COPY for Parquet. */
function parquetOptions(facts: ReleaseFacts | undefined, table: Table, rowGroup: number): string {
  const description = documentation(table);
  const metadata = Object.entries({ ...statedFacts(facts), description, ...fieldDescriptions(table.columns) })
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    .map(([key, value]) => `${literal(key)}: ${literal(value)}`);
  const options = `COMPRESSION zstd, PARQUET_VERSION v2, ROW_GROUP_SIZE ${rowGroup}`;
  return `(FORMAT parquet, ${options}, KV_METADATA {${metadata.join(', ')}})`;
}

/** The facts of a release under their keys in the metadata. */
function statedFacts(facts: StatedFacts | undefined): Readonly<Record<string, string | null | undefined>> {
  const { name, version, commit, license } = facts ?? {};
  return { dataset: name, version, commit, licence: license };
}

async function metadataFaults(ask: Ask, file: string, facts: StatedFacts): Promise<readonly string[]> {
  const rows = await ask(`SELECT decode(key), decode(value) FROM parquet_kv_metadata(${pathLiteral(file)})`);
  const found = new Map(rows.map(([key, value]) => [String(key), String(value)]));
  return Object.entries(statedFacts(facts)).flatMap(([key, value]) => {
    const [here, stated] = [found.get(key) ?? '(none)', value ?? '(none)'];
    return here === stated ? [] : [`its metadata says ${key} ${here}, but datapackage.json says ${stated}`];
  });
}
