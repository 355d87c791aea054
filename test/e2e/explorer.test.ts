import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, inject, test } from 'vitest';
import { snippets } from '../../scripts/web/explorer/snippets.ts';
import { type Selection, everything } from '../../scripts/web/explorer/selection.ts';
import type { ExplorerColumn, ExplorerTable } from '../../scripts/write/explorer/model.ts';
import { readModel, readScript, readTable, selectedRows, selections } from '../support/explorer.ts';
import { dataset, here } from '../support/fixture.ts';
import { openRelease } from '../support/reconstruct.ts';
import { run } from '../support/run.ts';

const release = inject('shipped');
const model = readModel(release);

/** The header and the rows of the CSV of a table, null for NULL. */
function rowsOfCsv(folder: string, name: string): readonly (readonly (string | null)[])[] {
  return parse(fs.readFileSync(path.join(folder, 'csv', `${name}.csv`), 'utf8'), {
    cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
  });
}

test('the page holds the rows of the CSV, table by table', async () => {
  for (const { name, columns, rows } of model.tables) {
    const [header, ...expected] = rowsOfCsv(release, name);
    expect(columns.map((column) => column.name)).toEqual(header);
    const data = await readTable(release, model, name);
    expect(data.rows).toBe(rows);
    expect(selectedRows(data, everything), name).toEqual(expected);
  }
});

test('each data script hands over the bytes of a Parquet file under its own path', () => {
  for (const { name, parquet, parts } of model.tables) {
    expect(parts).toEqual([[`explorer/tables/${name}.js`]]);
    const bytes = fs.readFileSync(path.join(release, parquet[0] ?? ''));
    const [own, held] = readScript(release, parts?.[0]?.[0] ?? '');
    expect([own, held.equals(bytes)]).toEqual([parts?.[0]?.[0], true]);
  }
});

test('the page knows the records, how they nest, and which numbers bound each other', () => {
  const records = model.tables.filter((table) => table.records).map(({ name }) => name);
  expect(records).toEqual(expect.arrayContaining(['actors', 'places', 'statements', 'meetings', 'deployments']));
  expect(records).not.toContain('statements_relations');
  const deployments = model.tables.find(({ name }) => name === 'deployments');
  expect(deployments?.bounds).toContainEqual({ from: 'personnel_low', to: 'personnel_high' });
  const fields = deployments?.fields.map(({ name }) => name) ?? [];
  expect(fields.slice(0, 6)).toEqual(['id', 'kind', 'status', 'summary', 'force', 'co_forces']);
  expect(deployments?.fields.find(({ name }) => name === 'co_forces')?.tables).toEqual(['deployments_co_forces']);
  expect(deployments?.fields.find(({ name }) => name === 'personnel')?.title).toBe('Personnel');
});

describe('views', () => {
  const views = {
    // no order, codes as an ENUM, a list, a name that agrees by chance
    'schema/views/a_loose.sql': `-- Calls.
-- Columns:
-- record -> which: The record.
SELECT kind, ship, upper(port) AS port, [ship, 'a'] AS several, cars, 'crossings' AS which, id AS record FROM crossings
UNION ALL SELECT NULL, NULL, NULL, [], NULL, 'ships', id FROM ships`,
    'schema/views/b_own.sql': `SELECT c.id, c.port AS harbour, s.port AS stop, c.kind::VARCHAR AS "row_number", s.stops_position AS n
FROM crossings AS c JOIN crossings_stops AS s ON s.crossings_id = c.id ORDER BY n DESC`,
  };
  const more = { 'raw/ships/berta.json': { id: 'berta', name: 'Berta' } };

  test('are tables of the page, with codes and links where they hold for each row', async () => {
    const folder = dataset({ ...more, ...views });
    expect(await run(folder, 'build', [...here, '--quiet', '--dist', 'dist'])).toMatchObject({ status: 0, err: '' });
    const built = path.join(folder, 'dist/next');
    const known = readModel(built);
    const [loose, own] = known.tables.filter(({ view }) => view !== undefined);
    expect(known.tables.slice(-2)).toEqual([loose, own]);
    expect([loose?.view, own?.view]).toEqual([{ isOrdered: false }, { isOrdered: true }]);
    const factsOf = (table: ExplorerTable | undefined): object =>
      Object.fromEntries(
        (table?.columns ?? []).map(({ name, references, tableColumn, codes }) => [
          name,
          [
            ...references,
            ...(tableColumn === undefined ? [] : [`by ${tableColumn}`]),
            ...(codes ?? []).map((c) => c.code),
          ],
        ]),
      );
    expect(factsOf(loose)).toEqual({
      kind: ['departure', 'arrival'],
      ship: ['ships'],
      port: [],
      several: [],
      cars: [],
      which: [],
      record: ['crossings', 'ships', 'by which'],
    });
    expect(factsOf(own)).toEqual({
      id: ['crossings'],
      harbour: ['ports'],
      stop: ['ports'],
      row_number: ['departure', 'arrival'],
      n: [],
    });
    expect(fs.readFileSync(path.join(built, 'index.html'), 'utf8')).toContain('<h3>a_loose</h3>');
    expect(await run(folder, 'verify', ['--release', built])).toMatchObject({ status: 0 });

    const connection = await openRelease(built, known.dataset.database);
    const order = (column: string, descending = false): Selection => ({ ...everything, sort: { column, descending } });
    for (const [view, selection] of [
      ['a_loose', everything],
      ['a_loose', order('kind')],
      ['a_loose', order('several', true)],
      ['a_loose', { ...everything, search: 'ANNA', values: new Map([['kind', new Set(['departure'])]]) }],
      ['b_own', everything],
      ['b_own', order('id')],
    ] as const) {
      const data = await readTable(built, known, view);
      const code = snippets(known.dataset, data.table, selection)[0]?.code.replace(/^ATTACH .*\n/, '') ?? '';
      const cells = data.table.columns.map(({ name, type }) =>
        type === 'json' ? `to_json("${name}")::VARCHAR` : `"${name}"::VARCHAR`,
      );
      const found = await connection.runAndReadAll(`SELECT ${cells.join(', ')} FROM (${code.replace(/;$/, '')})`);
      expect(found.getRows(), code).toEqual(selectedRows(data, selection));
    }
  });

  test('show values of every type as their CSV prints them', async () => {
    const values = `SELECT n, day::DATE AS day, moment::TIMESTAMPTZ AS moment, whole::BIGINT AS whole, small::UTINYINT AS small,
  size::DOUBLE AS size, odd::DOUBLE AS odd, price::DECIMAL(18, 3) AS price, text, truth, [text] AS several, {'a': day} AS pair
FROM (
  SELECT 1 AS n, '0044-03-15 (BC)' AS day, '1969-12-31 23:59:59.999999+00' AS moment, '9007199254740993' AS whole,
    1 AS small, '1e21' AS size, '1e308' AS odd, '0.100' AS price, chr(65279) || 'mark' AS text, true AS truth
  UNION ALL SELECT 2, '0001-01-01', '0044-03-15 (BC) 00:00:00+00', '-9223372036854775808', 255, '1e-7', '-1e308', '-7', '', false
  UNION ALL SELECT 3, '4713-01-01 (BC)', '9999-12-31 23:59:59.5+00', '0', 0, '5e-324', '0.5', '123456789012345.678', 'Ü🛳', NULL
  UNION ALL SELECT 4, '5881580-07-10', '2022-03-01 12:00:00+00', '9223372036854775807', NULL, '0.1', '-0.0', NULL, 'a', NULL
  UNION ALL SELECT 5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
) ORDER BY n`;
    const folder = dataset({ 'schema/views/every_type.sql': values });
    expect(await run(folder, 'build', [...here, '--quiet', '--dist', 'dist'])).toMatchObject({ status: 0, err: '' });
    const built = path.join(folder, 'dist/next');
    const data = await readTable(built, readModel(built), 'every_type');
    const [, ...expected] = rowsOfCsv(built, 'every_type');
    expect(expected[0]?.slice(1, 6)).toEqual([
      '0044-03-15 (BC)',
      '1969-12-31T23:59:59.999999Z',
      '9007199254740993',
      '1',
      '1e+21',
    ]);
    expect(expected[3]?.[6]).toBe('0');
    expect(selectedRows(data, everything)).toEqual(expected);
  });

  test.each([
    ['cars / 0 AS n', 'the column "n" has NaN or infinity in 2 rows: make it NULL there'],
    ["['nan'::DOUBLE] AS n", 'the column "n" has NaN or infinity in 2 rows'],
    ["if(range = 0, 'infinity'::DATE, NULL) AS n", 'the column "n" has NaN or infinity in 1 row:'],
    ["'-infinity'::TIMESTAMPTZ AS n", 'the column "n" has NaN or infinity in 2 rows'],
  ])('with a value that JSON does not have are refused: %s', async (cell, says) => {
    const folder = dataset({ 'schema/views/v.sql': `-- V.\nSELECT id, ${cell} FROM crossings, range(2)` });
    const { status, err } = await run(folder, 'build', [...here, '--quiet', '--dist', 'dist']);
    expect(err).toContain(`schema/views/v.sql: ${says}`);
    expect(status).toBe(2);
  });

  test.each([
    ['x -> ships: A.', 'SELECT port AS x FROM crossings', 'says "x -> ships", but "ystad" is not a record of ships'],
    [
      'x -> boats: A.',
      'SELECT ship AS x FROM crossings',
      'says "x -> boats", but "boats" is not a table with a key of',
    ],
    [
      'x -> t: A.',
      "SELECT 'ships' AS t, port AS x FROM crossings",
      'says "x -> t", but "ystad" is not a record of ships',
    ],
  ])('that state a reference which does not hold are refused: %s', async (stated, sql, says) => {
    const folder = dataset({ 'schema/views/v.sql': `-- V.\n-- Columns:\n-- ${stated}\n${sql}` });
    const { status, err } = await run(folder, 'build', [...here, '--quiet', '--dist', 'dist']);
    expect(err).toContain(`schema/views/v.sql: its comment ${says}`);
    expect(status).toBe(2);
  });
});

function shownColumns({ columns }: ExplorerTable, selection: Selection): readonly ExplorerColumn[] {
  return columns.filter(({ name }) => selection.columns === undefined || selection.columns.includes(name));
}

describe('SQL gives the rows that the page shows', async () => {
  const connection = await openRelease(release, model.dataset.database);
  test.each(selections)('%s: %s', async (_, table, selection) => {
    const data = await readTable(release, model, table);
    const [sql] = snippets(model.dataset, data.table, selection);
    const query = sql?.code.replace(/^ATTACH .*\n/, '').replace(/;$/, '') ?? '';
    const result = await connection.runAndReadAll(`SELECT COLUMNS(*)::VARCHAR FROM (${query})`);
    const expected = selectedRows(data, selection);
    expect(expected.length).toBeGreaterThan(0);
    const shown = shownColumns(data.table, selection);
    // SQL writes 50.0 where the page writes 50
    const plain = result
      .getRows()
      .map((row) => row.map((cell, i) => (shown[i]?.type === 'number' && cell !== null ? String(Number(cell)) : cell)));
    expect(plain).toEqual(expected);
  });
});
