import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shortestUtc } from '../../scripts/base/dateTime.ts';
import { type Cell, type ColumnType, type Row, type Table, column } from '../../scripts/compile/model.ts';
import { type FileSystem, nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { duckdb } from '../../scripts/engine/duckdb/database.ts';
import { fileFormats } from '../../scripts/engine/duckdb/formats/index.ts';
import { rowGroupOf } from '../../scripts/engine/duckdb/formats/parquet.ts';
import type { ExportedTable, StoredRelease } from '../../scripts/engine/engine.ts';
import { mostBytesOfText, rowDigest, rowsOfBlock } from '../../scripts/engine/rowDigest.ts';
import { exportFormats } from '../../scripts/release/exportFormats.ts';
import { readBack } from '../../scripts/write/readBack.ts';
import { filling } from '../../scripts/write/fill.ts';
import { type Written, csvWriter } from '../../scripts/write/tables.ts';
import { printBatch } from '../../scripts/write/printedRows.ts';
import { withDuckDb } from '../support/duckdb.ts';
import { freshFolder } from '../support/run.ts';

/** Columns of every type, under names that DuckDB and our own statements use. */
const typed: readonly (readonly [name: string, type: ColumnType])[] = [
  ['rowid', 'string'],
  ['file_row_number', 'integer'],
  ['number', 'number'],
  ['line', 'boolean'],
  ['h', 'date'],
  ['number_', 'timestamp'],
  ['json', 'json'],
];

function tableOf(name: string, columns: readonly (readonly [string, ColumnType])[]): Table {
  return {
    name,
    title: undefined,
    description: undefined,
    columns: columns.map(([each, type]) => column(each, type, { nullable: true })),
    primaryKey: [],
    foreignKeys: [],
    optional: false,
  };
}

const awkward = tableOf('awkward', typed);
const plain = tableOf('plain', [
  ['id', 'string'],
  ['text', 'string'],
  ['value', 'number'],
]);

const facts = {
  name: 'ferries',
  version: '1.0.0',
  title: null,
  commit: null,
  date: null,
  license: null,
  citation: 'Ferries',
  schemas: '',
};

interface Made {
  readonly tables: readonly Table[];
  readonly written: ReadonlyMap<string, Written>;
  readonly exported: ReadonlyMap<string, ExportedTable>;
  readonly folder: string;
}

const database = 'ferries.duckdb';
const formatNames = exportFormats.map(({ name }) => name);

/** Writes rows in all formats, in parts from these rows on; `files` may write something else. */
async function make(
  table: Table,
  rows: readonly Row[],
  files: FileSystem = nodeFileSystem(),
  starts: readonly number[] = [0, rows.length >> 1],
): Promise<Made> {
  const folder = freshFolder();
  for (const name of ['csv', ...formatNames]) fs.mkdirSync(path.join(folder, name));
  const filled = filling({ files, engine: duckdb, file: path.join(folder, database), tables: [table] });
  const writer = csvWriter(files, path.join(folder, 'csv'), [table], filled.take);
  for (const some of [rows.slice(0, 5), rows.slice(5, 200_000), rows.slice(200_000)])
    writer.take(printBatch({ table: table.name, rows: some }));
  const written = writer.end();
  const store = await filled.finish(written);
  await store.seal(facts);
  const exported = new Map(
    formatNames.map((format) => [
      format,
      starts.map((from, i) => ({
        file: `${format}/${i}.${format}`,
        from,
        to: starts[i + 1] ?? (i === 0 ? undefined : rows.length),
      })),
    ]),
  );
  for (const [format, parts] of exported)
    for (const part of parts) await store.export(format, table, { ...part, file: path.join(folder, part.file) });
  await store.close();
  return { tables: [table], written, exported: new Map([[table.name, exported]]), folder };
}

async function check({ folder, tables, written, exported }: Made): Promise<void> {
  await readBack(await duckdb.reopen(folder, database), tables, written, exported);
}

const numbers = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, 1e15, 1e16, 123_456_789_012_345_680, 1.5e20, -1e20, 1e21, 1e22, 1e-4, 1e-5, -1.5e-5, 1e-6, 1e-7),
  fc.constantFrom(5e-324, 1.797_693_134_862_315_7e308, 9_007_199_254_740_991, 4_503_599_627_370_495.5, 1e100, 1.2e-9),
  fc.integer({ min: -30, max: 30 }).map((power) => Number(`1.25e${power}`)),
);
const texts = fc.oneof(
  fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
  fc.constantFrom('', ' ', '\u001f', '\\u000b', '\\\u000b"', '\u007f\u2028', 'a,b', 'a\nb', '\r'),
);
const moments = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** Cells as the compiler gives them: a number that is not `-0`, a timestamp in its shortest form. */
function cells(type: ColumnType): fc.Arbitrary<Cell> {
  switch (type) {
    case 'integer':
      return fc.maxSafeInteger().map((value) => value + 0);
    case 'number':
      return numbers.map((value) => value + 0);
    case 'boolean':
      return fc.boolean();
    case 'date':
      return moments.map((text) => text.slice(0, 10));
    case 'timestamp':
      return moments.map((text) => shortestUtc(text) ?? null);
    case 'json':
      return fc.json();
    default:
      return texts;
  }
}

const row = fc.tuple(...typed.map(([, type]) => fc.option(cells(type))));
const numbered = Array.from({ length: 2 * rowsOfBlock + 3 }, (_, i): Row => [`r${i}`, i % 3 === 0 ? null : '', i / 8]);

describe('reading back proves that all formats hold the compiled rows', () => {
  test('with any values and names of columns', async () => {
    const [rows = []] = fc.sample(fc.array(row, { minLength: 3000, maxLength: 3000 }), { numRuns: 1, seed: 7 });
    await expect(check(await make(awkward, rows))).resolves.toBeUndefined();
  });

  test.each(typed)('with any values in one column, called %s, of the type %s', async (name, type) => {
    const one = fc.tuple(fc.option(cells(type)));
    const [rows = []] = fc.sample(fc.array(one, { minLength: 500, maxLength: 500 }), { numRuns: 1, seed: 7 });
    await expect(check(await make(tableOf('awkward', [[name, type]]), rows))).resolves.toBeUndefined();
  });

  test('over more than one block, and without rows', async () => {
    await expect(check(await make(plain, numbered))).resolves.toBeUndefined();
    await expect(check(await make(plain, []))).resolves.toBeUndefined();
  });

  test('of a large table, which is loaded in parts while its rows come', async () => {
    const text = 'x'.repeat(290);
    const rows = Array.from({ length: 250_000 }, (_, i): Row => [`r${i}`, text, i]);
    const files = nodeFileSystem();
    const parts: string[] = [];
    const remove = (file: string): void => {
      parts.push(path.basename(file));
      files.remove(file);
    };
    const made = await make(plain, rows, { ...files, remove });
    await expect(check(made)).resolves.toBeUndefined();
    // of 122,880 rows, the same, and the rest
    expect(parts).toEqual(['plain.csv.0', 'plain.csv.1', 'plain.csv.2']);
    expect(fs.readdirSync(path.join(made.folder, 'csv'))).toEqual(['plain.csv']);
  });

  test('of a table whose groups of rows in Parquet are the same each time', async () => {
    const rows = Array.from({ length: 150_000 }, (_, i): Row => [`r${i}`, 'x'.repeat(40), i]);
    const made = await make(plain, rows, nodeFileSystem(), [0]);
    await expect(check(made)).resolves.toBeUndefined();
    const [{ file } = { file: '' }] = made.exported.get('plain')?.get('parquet') ?? [];
    const sizes: number[] = [];
    await withDuckDb(async (connection) => {
      const groups = `SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata('${path.join(made.folder, file)}')`;
      const found = await connection.runAndReadAll(`${groups} ORDER BY row_group_id`);
      sizes.push(...found.getRows().map(([, size]) => Number(size)));
    });
    expect(new Set(sizes.slice(0, -1))).toEqual(new Set([rowGroupOf({ rows: 150_000, bytes: 1 })]));
  });

  // 512 rows of 60,000 bytes are wide enough for more memory and smaller row groups
  test('of long texts, which are compared by their digests', async () => {
    const long = (i: number): string => `${i} é "🛳"\n`.repeat(4000);
    const around = [-1, 0, 1].map((more) => 'é'.repeat(mostBytesOfText / 2 - 1) + 'x'.repeat(2 + more));
    const rows = Array.from({ length: 512 }, (_, i): Row => [
      `r${i}`,
      i % 2 === 0 ? long(i) : (around[i % 3] ?? ''),
      i,
    ]);
    await expect(check(await make(plain, rows))).resolves.toBeUndefined();
    const made = await make(plain, rows.slice(0, 12));
    await runSql(
      `ATTACH '${path.join(made.folder, database)}' AS release`,
      "UPDATE release.plain SET text = left(text, length(text) - 1) || 'x' WHERE id = 'r8'",
    );
    await expect(check(made)).rejects.toThrow(/compiled: 12 rows .*database/);
  });

  test.each([
    [1000, 100_000, 10_240],
    [0, 0, 10_240],
    [100_000, 10_000_000_000, 2048],
    [100_000, 1_000_000_000, 6144],
  ])('%d rows of %d bytes are in row groups of %d', (rows, bytes, group) => {
    expect(rowGroupOf({ rows, bytes })).toBe(group);
  });

  test('in a table that is wider than an expression of DuckDB may be deep', async () => {
    const many = Array.from({ length: 1200 }, (_, i): [string, ColumnType] => [`c${i}`, typed[i % 7]?.[1] ?? 'json']);
    const cell: Readonly<Record<string, Cell>> = { string: 'x', integer: 1, number: 1e21, boolean: true, json: '[]' };
    const wide = many.map(([, type], i) => (i % 11 === 0 ? null : (cell[type] ?? null)));
    await expect(check(await make(tableOf('wide', many), [wide, wide]))).resolves.toBeUndefined();
  });

  test('a digest does not depend on how the rows are cut into batches', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 3 }), (cuts) => {
        const [whole, cut] = [rowDigest(), rowDigest()];
        whole.add(numbered);
        const places = [0, ...cuts.toSorted((a, b) => a - b), numbered.length];
        places.slice(1).forEach((end, i) => cut.add(numbered.slice(places[i], end)));
        expect(cut.end()).toBe(whole.end());
      }),
      { numRuns: 20 },
    );
  });

  test.each<[string, string, string]>([
    ['a text', 'r7,', 'r8,'],
    ['a number', ',0.875\n', ',0.8750000000000001\n'],
    ['the empty text for NULL', 'r6,,', 'r6,"",'],
    ['NULL for the empty text', 'r7,"",', 'r7,,'],
    ['a row that is missing', 'r9,,1.125\n', ''],
    ['a row that is there twice', 'r9,,1.125\n', 'r9,,1.125\nr9,,1.125\n'],
    ['rows in another order', 'r6,,0.75\nr7,"",0.875\n', 'r7,"",0.875\nr6,,0.75\n'],
  ])('a CSV with %s is refused', async (_, right, wrong) => {
    const disk = nodeFileSystem();
    const faulty: FileSystem = {
      ...disk,
      append: (file, bytes) => disk.append(file, Buffer.from(bytes).toString().replace(right, wrong)),
    };
    await expect(make(plain, numbered.slice(0, 12), faulty).then(check)).rejects.toThrow(/compiled: 12 rows .*CSV/);
  });

  test.each([
    ['a value', "UPDATE release.plain SET value = 0.5 WHERE id = 'r7'"],
    ['a row that is missing', "DELETE FROM release.plain WHERE id = 'r11'"],
    ['a row too many', "INSERT INTO release.plain VALUES ('r12', '', 1.5)"],
  ])('a database with %s is refused', async (_, statement) => {
    const made = await make(plain, numbered.slice(0, 12));
    await runSql(`ATTACH '${path.join(made.folder, database)}' AS release`, statement);
    await expect(check(made)).rejects.toThrow(/compiled: 12 rows .*database/);
  });

  describe.each(exportFormats)('$title', ({ name }) => {
    test.each([
      ['a value', 'id, text, value + 1 AS value', 'ORDER BY rowid'],
      ['NULL for the empty text', "id, nullif(text, '') AS text, value", 'ORDER BY rowid'],
      ['a row that is missing', 'id, text, value', 'AND rowid <> 3 ORDER BY rowid'],
      ['rows in another order', 'id, text, value', 'ORDER BY rowid DESC'],
    ])('with %s is refused', async (_, columns, which) => {
      const made = await make(plain, numbered.slice(0, 12));
      const file = path.join(made.folder, `${name}/0.${name}`);
      const query = `SELECT ${columns} FROM release.plain WHERE rowid < 6 ${which}`;
      await withDuckDb(async (connection) => {
        await connection.run(`ATTACH '${path.join(made.folder, database)}' AS release (READ_ONLY)`);
        await fileFormats[name].write(connection, file, { query, table: plain, size: { rows: 6, bytes: 60 }, facts });
      });
      await expect(check(made)).rejects.toThrow(new RegExp(`database: 12 rows .*${name}`));
    });
  });

  test('the release is closed even if the check fails', async () => {
    let closed = 0;
    const release: StoredRelease = {
      digest: async () => ({ rows: 'other', database: '', exported: new Map() }),
      close: async () => void closed++,
    };
    const made = await make(plain, numbered.slice(0, 1));
    await expect(readBack(release, made.tables, made.written, made.exported)).rejects.toThrow(
      /plain does not read back/,
    );
    expect(closed).toBe(1);
  });
});

async function runSql(...statements: readonly string[]): Promise<void> {
  await withDuckDb(async (connection) => {
    for (const statement of statements) await connection.run(statement);
  });
}
