import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { changesTable } from '../../scripts/compare/changes.ts';
import { inBatches } from '../../scripts/compile/batches.ts';
import { type Column, type Row, type Table, column } from '../../scripts/compile/model.ts';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { fileFormats } from '../../scripts/engine/duckdb/formats/index.ts';
import { csvRowsOf, fileType } from '../../scripts/engine/duckdb/sql.ts';
import { exportedFile } from '../../scripts/release/exportFormats.ts';
import { dataScript } from '../../scripts/write/explorer/script.ts';
import { writeTableScripts } from '../../scripts/write/explorer/tableScripts.ts';
import { writeTables } from '../../scripts/write/tables.ts';
import type { CsvFile } from '../../scripts/engine/engine.ts';
import { withDuckDb } from '../support/duckdb.ts';
import { readModel } from '../support/explorer.ts';
import { sha256 } from '../support/fixture.ts';
import { run, writeFiles } from '../support/run.ts';

/** Text that would have an effect if it were treated as markup. */
export const hostile = `</script><img src=x onerror="document.title='taken'">'&lt;{{}}\u202e`.replace('\u202e', '');

const document = 'The light was first lit on 18 May 1882. Its tower is 41 metres high.\n';
const span = (text: string, supports: readonly string[]): object => {
  const start = document.indexOf(text);
  const words = text.split(' ');
  const [begins, ends] = [words[0], words.at(-1)];
  return { source: 'almanac', start, end: start + text.length, sha256: sha256(text), begins, ends, supports };
};

const slug = { type: 'string', pattern: '^[a-z0-9-]+$' };
const text = { type: 'string', minLength: 1 };
const table = (title: string, properties: object, required: readonly string[]): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title,
  description: `${title} of a coast. With a second sentence.`,
  type: 'object',
  properties: { id: slug, ...properties },
  required: ['id', ...required],
  additionalProperties: false,
});

const spans = {
  type: 'array',
  minItems: 1,
  'x-spans': true,
  items: {
    type: 'object',
    properties: {
      source: { type: 'string', 'x-references': 'books' },
      start: { type: 'integer' },
      end: { type: 'integer' },
      sha256: text,
      begins: text,
      ends: text,
      supports: { type: 'array', minItems: 1, items: text },
    },
    required: ['source', 'start', 'end', 'sha256', 'begins', 'ends', 'supports'],
    additionalProperties: false,
  },
};

const schemas = {
  'schema/dataset.json': {
    name: 'lights',
    version: '1.0.0',
    title: `Lights ${hostile}`,
    description: `Lights along a coast ${hostile}. They are few.`,
    licenses: [{ name: 'CC0-1.0', scope: 'data' }],
  },
  'schema/books.schema.json': table(
    'Books',
    {
      document: {
        type: 'object',
        'x-document': true,
        properties: { file: text, sha256: text },
        required: ['file', 'sha256'],
        additionalProperties: false,
      },
    },
    ['document'],
  ),
  'schema/lights.schema.json': table(
    'Lights',
    {
      name: { ...text, title: 'Name', 'x-evidence': true },
      kind: {
        title: `Kind ${hostile}`,
        description: hostile,
        type: 'string',
        oneOf: [
          { const: 'tower', description: `On land ${hostile}` },
          { const: 'ship', description: 'At anchor.' },
        ],
      },
      lit: { type: 'string', format: 'edtf', title: 'First lit' },
      automatic: { type: 'boolean', title: 'Automatic' },
      position: {
        title: 'Position',
        type: 'object',
        properties: {
          latitude: { type: 'number', minimum: -90, maximum: 90, title: 'Latitude' },
          longitude: { type: 'number', minimum: -180, maximum: 180, title: 'Longitude' },
        },
        required: ['latitude', 'longitude'],
        additionalProperties: false,
      },
      range: {
        title: 'Range',
        type: 'object',
        properties: {
          dim: { type: 'number', 'x-at-most': '1/usual', 'x-unit': 'nmi', title: 'At least' },
          usual: { type: 'number', 'x-at-most': '1/bright', 'x-unit': 'nmi', title: 'Usually' },
          bright: { type: 'number', 'x-unit': 'nmi', title: 'At most' },
        },
        additionalProperties: false,
      },
      sectors: {
        title: 'Sectors',
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          properties: { colour: { ...text, title: 'Colour' }, degrees: { type: 'integer', title: 'Degrees' } },
          required: ['colour'],
          additionalProperties: false,
        },
      },
      seen_from: {
        title: 'Seen from',
        type: 'array',
        minItems: 1,
        items: { type: 'string', 'x-references': 'lights', title: 'Light' },
      },
      evidence: spans,
    },
    ['name', 'kind'],
  ),
};

const view = `-- Which lights are seen from which ${hostile}
--
-- Columns:
-- what -> of: The light that is seen ${hostile}
SELECT 'lights' AS of, f.lights_id AS what, f.value AS whence, l.kind, l.position_latitude, l.position_longitude
FROM lights_seen_from AS f
JOIN lights AS l ON l.id = f.lights_id
`;

const kinds = ['tower', 'ship'];
const id = (i: number): string => `light-${String(i).padStart(3, '0')}`;

/** A hundred and twenty lights: more than a page of the table holds. */
const lights = Object.fromEntries(
  Array.from({ length: 120 }, (_, i) => {
    const light = {
      id: id(i),
      name: i === 0 ? `Eddystone ${hostile}` : `Light ${i}`,
      kind: kinds[i % 3 === 0 ? 0 : 1],
      lit: i === 0 ? '1882-05-18' : `18${String(10 + (i % 90))}`,
      automatic: i % 2 === 0,
      position: { latitude: 50 + (i % 12) / 2, longitude: -6 + (i % 10) },
      range: i % 4 === 0 ? { dim: i + 1, usual: i + 3, bright: i + 5 } : { dim: i + 1 },
      sectors:
        i === 21
          ? [{ colour: 'https://colours.example/red?a=1&b="2"' }, { colour: 'javascript:alert(1)//https://x.example' }]
          : [{ colour: 'red', degrees: 40 }, { colour: 'white' }],
      ...(i > 0 && i < 20 ? { seen_from: [id(i - 1)] } : {}),
      evidence: [
        span('41 metres high.', ['/name']),
        ...(i === 0 ? [span('18 May 1882.', ['/lit', '/sectors/0'])] : []),
      ],
    };
    return [`raw/lights/${light.id}.json`, light];
  }),
);

/** Builds a dataset with every kind of chart, and markup in every text. @returns the folder of its output */
export async function buildLights(): Promise<{ readonly folder: string; readonly dist: string }> {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'lights-')));
  writeFiles(folder, {
    ...schemas,
    'schema/views/sight.sql': view,
    ...lights,
    'raw/books/almanac.json': { id: 'almanac', document: { file: 'almanac.txt', sha256: sha256(document) } },
    'sources/almanac.txt': document,
  });
  const flags = ['--schema', 'schema', '--raw', 'raw', '--sources', 'sources', '--layout', 'any'];
  const built = await run(folder, 'build', [...flags, '--dist', 'dist', '--quiet']);
  if (built.status !== 0) throw new Error(built.out + built.err);
  return { folder, dist: path.join(folder, 'dist') };
}

/** Adds a table of changes or withdrawn records to the page of a release. */
async function withTable(release: string, added: Table, rows: readonly Row[]): Promise<void> {
  const files = nodeFileSystem();
  const { name } = added;
  const written = await writeTables(files, path.join(release, 'csv'), [added], inBatches(name, rows));
  const file = exportedFile('parquet', name);
  await writeParquet(path.join(release, file), added, written.get(name));
  const scripts = await writeTableScripts(files, release, [{ name, rows: rows.length, parquet: [file] }]);
  const model = readModel(release);
  const parts = scripts.get(name);
  const shown = { ...added, rows: rows.length, parts, parquet: [file], records: false, fields: [], bounds: [] };
  const tables = [...model.tables.filter((each) => each.name !== name), shown];
  writeFiles(release, { 'explorer/model.js': dataScript('model', { ...model, tables }) });
}

async function writeParquet(file: string, added: Table, csv: CsvFile | undefined): Promise<void> {
  if (csv === undefined) throw new Error(`no rows of ${added.name}`);
  const columns = added.columns.map((each): [string, string] => [each.name, fileType(each)]);
  const query = `SELECT * FROM ${csvRowsOf(csv.file, columns, csv.longestLine)}`;
  await withDuckDb(async (connection) =>
    fileFormats.parquet.write(connection, file, { query, table: added, size: csv, facts: undefined }),
  );
}

/** A copy of the release of the lights with a table of many rows: texts that all differ, and a few codes. */
export async function withManyRows(release: string, rows: number): Promise<string> {
  const folder = path.join(path.dirname(fs.realpathSync(release)), 'many');
  fs.cpSync(fs.realpathSync(release), folder, { recursive: true });
  const columns = [
    column('id', 'string'),
    column('text', 'string'),
    column('code', 'string'),
    column('size', 'integer'),
  ];
  const many = { ...changesTable, name: 'many', title: 'Many', columns, primaryKey: ['id'] };
  await withTable(
    folder,
    many,
    // a prime that does not divide the number of rows gives each number once
    Array.from({ length: rows }, (_, i) => {
      const n = (i * 7919) % rows;
      return [`row-${String(i).padStart(7, '0')}`, `The ferry ${n} left.`, `code ${n % 20}`, n];
    }),
  );
  return folder;
}

/** A copy of the release of the lights in which one light was renamed and one removed. */
export async function withHistory(release: string): Promise<string> {
  const folder = path.join(path.dirname(fs.realpathSync(release)), 'history');
  fs.cpSync(fs.realpathSync(release), folder, { recursive: true });
  const change = (...cells: readonly (string | null)[]): readonly (string | null)[] => cells;
  await withTable(
    folder,
    changesTable,
    [[1, ...change('lights', 'light-001', 'lights', '["light-001"]', 'name', 'changed', '"Old"', '"Light 1"')]].map(
      (row) => [...row, `Respelt ${hostile}`, '0.9.0'],
    ),
  );
  const textColumn = (name: string): Column => column(name, 'string', { nullable: true });
  const columns = ['table_name', 'record_id', 'date', 'reason', 'replaced_by'].map(textColumn);
  const withdrawn = { ...changesTable, name: 'withdrawn', title: 'Withdrawn records', columns, primaryKey: [] };
  await withTable(folder, withdrawn, [['lights', 'light-gone', '2026-01-02', `Never built ${hostile}`, 'light-002']]);
  return folder;
}
