import {
  type DataType,
  Table,
  TimeUnit,
  bool,
  columnFromArray,
  dateDay,
  float64,
  int64,
  tableToIPC,
  timestamp,
  utf8,
} from '@uwdata/flechette';
import type { Column, ColumnType } from '../compile/model.ts';
import { columnComment } from './duckdb/sql.ts';

/**
 * Key-value metadata of a Parquet file with the descriptions of its fields, for readers: Spark has a schema of its own,
 * Arrow (pyarrow, pandas, R) a schema message. Types must be those of the file, or readers fail.
 */
export function fieldDescriptions(columns: readonly Column[]): Readonly<Record<string, string>> {
  return {
    'org.apache.spark.sql.parquet.row.metadata': sparkSchema(columns),
    'ARROW:schema': arrowSchema(columns),
  };
}

const sparkTypes: Readonly<Record<ColumnType, string>> = {
  string: 'string',
  integer: 'long',
  number: 'double',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
  json: 'string',
};

/** The JSON of a `StructType`, with the comments that DESCRIBE shows. */
function sparkSchema(columns: readonly Column[]): string {
  return JSON.stringify({
    type: 'struct',
    fields: columns.map((column) => {
      const comment = columnComment(column);
      const metadata = comment === undefined ? {} : { comment };
      return { name: column.name, type: sparkTypes[column.type], nullable: true, metadata };
    }),
  });
}

const arrowTypes: Readonly<Record<ColumnType, DataType>> = {
  string: utf8(),
  integer: int64(),
  number: float64(),
  boolean: bool(),
  date: dateDay(),
  timestamp: timestamp(TimeUnit.MICROSECOND, 'UTC'),
  json: utf8(),
};

/** The schema message of an Arrow stream, in base64. JSON is declared as text, which the Parquet type refines. */
function arrowSchema(columns: readonly Column[]): string {
  const fields = columns.map((column) => {
    const comment = columnComment(column);
    const metadata = new Map(comment === undefined ? [] : [['description', comment]]);
    return { name: column.name, type: arrowTypes[column.type], nullable: true, metadata };
  });
  const empty = fields.map(({ type }) => columnFromArray([], type));
  const stream = tableToIPC(new Table({ fields, metadata: null }, empty), { format: 'stream' });
  if (stream === null) throw new Error('no Arrow stream was written');
  return Buffer.from(stream.subarray(0, messageLength(stream))).toString('base64');
}

/** The size of the first message of a stream: a mark, a length, and as many bytes as that says. */
function messageLength(stream: Uint8Array): number {
  return 8 + new DataView(stream.buffer, stream.byteOffset).getInt32(4, true);
}
