import fs from 'node:fs';
import path from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { DuckDBConnection } from '@duckdb/node-api';
import { expect, test, vi } from 'vitest';
import { compile } from '../../scripts/compile/compile.ts';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { readSchemaFolder } from '../../scripts/project/schemaFolder.ts';
import { recordTypes } from '../../scripts/schema/recordTypes.ts';
import { exportedParts } from '../../scripts/release/exportFormats.ts';
import { writeRelease } from '../../scripts/write/write.ts';
import { everything } from '../../scripts/web/explorer/selection.ts';
import { readModel, readTable, selectedRows } from '../support/explorer.ts';
import { dataset, here, sha256 } from '../support/fixture.ts';
import { freshFolder, run, writeFiles } from '../support/run.ts';

test.each([
  [100, 1000, 1000, 1],
  [100, 1001, 1000, 2],
  [100, 10_000, 1000, 10],
  [3, 10_000, 1000, 3],
  [0, 50, 10, 1],
])('%i rows of %i bytes, at most %i in one: %i files with every row once', (rows, bytes, most, files) => {
  const parts = exportedParts('parquet', 't', { rows, bytes }, most);
  expect(parts).toHaveLength(files);
  expect(parts.reduce((sum, part) => sum + (part.to ?? rows) - part.from, 0)).toBe(rows);
  expect(new Set(parts.map((part) => part.file)).size).toBe(files);
});

test('a large table is written to several Parquet files, which together have its rows in order', async () => {
  const folder = freshFolder();
  const schema = {
    type: 'object',
    properties: { id: { type: 'integer' }, word: { type: 'string' } },
    required: ['id', 'word'],
    additionalProperties: false,
  };
  writeFiles(folder, { 'schema/words.json': schema });
  const files = nodeFileSystem();
  const schemas = readSchemaFolder(files, { path: path.join(folder, 'schema'), shown: 'schema' }, { own: true });
  const [type] = recordTypes(schemas.schemas, [{ name: 'words', file: 'words.json', pointer: '', key: undefined }]);
  if (type === undefined) throw new Error('no type');
  const { tables, rows } = compile([type], { own: true, enforced: true, digest: sha256, recordsOf: () => [] });
  const records = Array.from({ length: 1000 }, (_, id) => ({
    type,
    value: { id, word: `word ${id}` },
    file: 'f',
    index: id,
  }));
  const staging = path.join(folder, 'staging');
  const counts = await writeRelease(files, staging, {
    folder: schemas,
    head: { commit: null, date: null },
    facts: () => ({ commit: null, date: null }),
    tables,
    batches: rows(records, () => undefined),
    structure: { records: new Set(), fields: new Map(), bounds: new Map(), names: new Map() },
    documentOf: () => undefined,
    reportRows: () => {},
    proceed: () => true,
    mostBytesInOne: 5000,
  });
  expect(counts?.get('words')).toBe(1000);
  const parts = fs.readdirSync(path.join(staging, 'parquet/words')).toSorted();
  expect(parts).toEqual(['part-00000.parquet', 'part-00001.parquet', 'part-00002.parquet']);
  const read = await Promise.all(
    parts.map(async (part) =>
      parquetReadObjects({ file: await asyncBufferFromFile(path.join(staging, 'parquet/words', part)), compressors }),
    ),
  );
  expect(read.flat().map((row) => row['word'])).toEqual(records.map(({ value }) => value.word));
  const descriptor = JSON.parse(fs.readFileSync(path.join(staging, 'datapackage.json'), 'utf8')) as {
    readonly resources: readonly { readonly name: string; readonly path: unknown }[];
  };
  expect(descriptor.resources.find((r) => r.name === 'words-parquet')?.path).toEqual(
    parts.map((part) => `parquet/words/${part}`),
  );
  const page = await readTable(staging, readModel(staging), 'words');
  expect(selectedRows(page, everything)).toEqual(records.map(({ value }) => [String(value.id), value.word]));
});

test('the statistics of the row groups limit a query for one id to one group', async () => {
  const folder = freshFolder();
  const lines = Array.from(
    { length: 40_000 },
    (_, i) => `{"id":"w${String(i).padStart(6, '0')}","word":"word ${i}"}\n`,
  );
  writeFiles(folder, {
    'schema/words.schema.json': {
      type: 'object',
      properties: { id: { type: 'string' }, word: { type: 'string' } },
      required: ['id'],
    },
    'raw/words/all.ndjson': lines.join(''),
  });
  const { status } = await run(folder, 'build', ['--schema', 'schema', '--raw', 'raw', '--dist', 'dist']);
  expect(status).toBe(0);
  const { row_groups: groups } = await parquetMetadataAsync(
    await asyncBufferFromFile(path.join(folder, 'dist/next/parquet/words.parquet')),
  );
  expect(groups.length).toBeGreaterThan(2);
  for (const id of ['w000000', 'w016384', 'w025000', 'w039999']) {
    const admitting = groups.filter(({ columns }) => {
      const { min_value: least, max_value: most } = columns[0]?.meta_data?.statistics ?? {};
      return String(least) <= id && id <= String(most);
    });
    expect(admitting).toHaveLength(1);
  }
});

test('Parquet is written by one thread: with several, a large table sometimes gets other bytes', async () => {
  const folder = dataset();
  const spy = vi.spyOn(DuckDBConnection.prototype, 'run');
  expect(await run(folder, 'build', [...here, '--quiet', '--dist', 'dist'])).toMatchObject({ status: 0 });
  const statements = spy.mock.calls.map(([text]) => text);
  spy.mockRestore();
  const threads = statements.filter((text) => /^(?:SET threads|COPY)/.test(text)).map((text) => text.slice(0, 15));
  expect(threads[0]).toBe('SET threads = 1');
  // views and the reading back set it anew
  const next = threads.findIndex((text, i) => i > 0 && text.startsWith('SET'));
  expect(next).toBeGreaterThan(5);
  expect(threads.slice(next).filter((text) => text.startsWith('COPY'))).toEqual([]);
});
