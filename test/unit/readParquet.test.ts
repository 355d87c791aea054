import fs from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { pathLiteral } from '../../scripts/engine/duckdb/sql.ts';
import { valueAt } from '../../scripts/web/explorer/columns.ts';
import { readParquet } from '../../scripts/web/explorer/readParquet.ts';
import type { ExplorerTable } from '../../scripts/write/explorer/model.ts';
import { freshFolder } from '../support/run.ts';

const table: ExplorerTable = {
  name: 't',
  title: undefined,
  description: undefined,
  columns: [
    { name: 'n', type: 'integer', nullable: false, references: [] },
    { name: 'a.b', type: 'string', nullable: true, references: [] },
    { name: 'code', type: 'string', nullable: true, references: [] },
    { name: 'yes', type: 'boolean', nullable: true, references: [] },
    { name: 'size', type: 'number', nullable: true, references: [] },
    { name: 'day', type: 'date', nullable: true, references: [] },
    { name: 'moment', type: 'timestamp', nullable: true, references: [] },
    { name: '__proto__', type: 'json', nullable: true, references: [] },
  ],
  primaryKey: [],
  foreignKeys: [],
  rows: 0,
  parts: [],
  parquet: [],
  records: false,
  fields: [],
  bounds: [],
};

const rows = 5000;
const query = `SELECT n, if(n % 7 = 0, NULL, chr(65279) || 'Ü' || n) AS "a.b", if(n % 3 = 0, NULL, 'c' || n % 4) AS code,
  if(n % 5 = 0, NULL, n % 2 = 0) AS yes, if(n % 4 = 0, NULL, n / 8) AS size,
  if(n % 6 = 0, NULL, DATE '1960-01-01' + (n * 7)::INTEGER) AS day,
  if(n % 9 = 0, NULL, TIMESTAMPTZ '1969-12-31 00:00:00+00' + to_microseconds(n * 50000000500)) AS moment,
  if(n % 8 = 0, NULL, to_json([n, NULL])) AS "__proto__"
FROM range(FROM_ROW, TO_ROW) AS t(n)`;

/** A Parquet file as DuckDB writes it with these options. */
async function parquet(options: string, from: number, to: number): Promise<ArrayBuffer> {
  const file = path.join(freshFolder(), 't.parquet');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  const sql = query.replace('FROM_ROW', String(from)).replace('TO_ROW', String(to));
  await connection.run(`COPY (${sql}) TO ${pathLiteral(file)} (FORMAT parquet, ROW_GROUP_SIZE 2048, ${options})`);
  connection.closeSync();
  instance.closeSync();
  return Uint8Array.from(fs.readFileSync(file)).buffer;
}

function expectedRow(n: number): readonly (string | number | null)[] {
  const moment = new Date(Date.UTC(1969, 11, 31) + n * 50_000_000).toISOString().slice(0, 19);
  const micros = (n * 500) % 1_000_000;
  const fraction = micros === 0 ? '' : `.${String(micros).padStart(6, '0').replace(/0+$/, '')}`;
  const seconds = new Date(Date.parse(`${moment}Z`) + Math.floor((n * 500) / 1_000_000) * 1000);
  return [
    n,
    n % 7 === 0 ? null : `\uFEFFÜ${n}`,
    n % 3 === 0 ? null : `c${n % 4}`,
    n % 5 === 0 ? null : String(n % 2 === 0),
    n % 4 === 0 ? null : n / 8,
    n % 6 === 0 ? null : new Date(Date.UTC(1960, 0, 1 + n * 7)).toISOString().slice(0, 10),
    n % 9 === 0 ? null : `${seconds.toISOString().slice(0, 19)}${fraction}Z`,
    n % 8 === 0 ? null : `[${n},null]`,
  ];
}

test.each([
  ['zstd, version 2: as a build writes it', 'COMPRESSION zstd, PARQUET_VERSION v2'],
  ['snappy, version 1', 'COMPRESSION snappy, PARQUET_VERSION v1'],
  ['uncompressed, without dictionaries', 'COMPRESSION uncompressed, DICTIONARY_SIZE_LIMIT 1'],
])('rows come from several files, group by group: %s', async (_, options) => {
  const files = [await parquet(options, 0, 3000), await parquet(options, 3000, rows)];
  const read: number[] = [];
  const data = await readParquet(table, files, (done) => void read.push(done));
  expect([...new Set(read)]).toEqual([0, 2048, 3000]);
  const found = Array.from({ length: data.rows }, (__, row) => data.columns.map((each) => valueAt(each, row)));
  expect(found).toEqual(Array.from({ length: rows }, (__, n) => expectedRow(n)));
});

/**
 * Written by Spark 4.3 with zstd, in one group of rows with many pages: of 90,000 rows each hundred are alike, and like
 * those of the other files but for the mark of byte order.
 */
const ofSpark = path.join(import.meta.dirname, 'spark.parquet');

test('a large group of rows that Spark has written is read in parts', async () => {
  const [n, text, , ...others] = table.columns;
  if (n === undefined || text === undefined) throw new Error('no columns');
  const columns = [n, { ...text, name: 'text' }, ...others.slice(0, 4)];
  const read: number[] = [];
  const file = Uint8Array.from(fs.readFileSync(ofSpark)).buffer;
  const data = await readParquet({ ...table, columns }, [file], (done) => void read.push(done));
  expect([...new Set(read)]).toEqual([0, 40_000, 80_000]);
  expect(data.rows).toBe(90_000);
  for (let row = 0; row < data.rows; row += 100) {
    const [own, words, , ...more] = expectedRow(row / 100);
    const plain = typeof words === 'string' ? words.slice(1) : null;
    const found = (at: number): unknown => data.columns.map((each) => valueAt(each, at));
    expect(found(row)).toEqual([own, plain, ...more.slice(0, 4)]);
    expect(found(row + 99)).toEqual(found(row));
  }
});

test('what is no Parquet file, or has other columns, is refused', async () => {
  const file = await parquet('COMPRESSION zstd', 0, 10);
  await expect(readParquet(table, [file.slice(0, 100)])).rejects.toThrow('parquet');
  const renamed = { ...table, columns: [{ name: 'm', type: 'integer' as const, nullable: false, references: [] }] };
  await expect(readParquet(renamed, [file])).rejects.toThrow('parquet column not found in scan: m');
});
