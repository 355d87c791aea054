import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, inject, test } from 'vitest';
import { snippets } from '../../scripts/web/explorer/snippets.ts';
import { type Selection, everything } from '../../scripts/web/explorer/selection.ts';
import type { ExplorerColumn, ExplorerTable } from '../../scripts/write/explorer/model.ts';
import { readModel, readScript, readTable, selectedRows, selections } from '../support/explorer.ts';
import { openRelease } from '../support/reconstruct.ts';

const release = inject('shipped');
const model = readModel(release);

test('the page holds the rows of the CSV, table by table', () => {
  for (const { name, columns, rows } of model.tables) {
    const text = fs.readFileSync(path.join(release, 'csv', `${name}.csv`), 'utf8');
    const [header, ...expected] = parse(text, {
      cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
    }) as unknown as (string | null)[][];
    expect(columns.map((column) => column.name)).toEqual(header);
    const data = readTable(release, model, name);
    expect(data.rows).toBe(rows);
    expect(selectedRows(data, everything), name).toEqual(expected);
  }
});

test('each data script hands over its value under its own path, and holds nothing that ends a script', () => {
  const parts = model.tables.flatMap(({ parts: all = [] }) => all);
  expect(parts.length).toBe(model.tables.filter(({ rows }) => rows > 0).length);
  for (const part of parts) expect(readScript(release, part)[0]).toBe(part);
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

function shownColumns({ columns }: ExplorerTable, selection: Selection): readonly ExplorerColumn[] {
  return columns.filter(({ name }) => selection.columns === undefined || selection.columns.includes(name));
}

describe('SQL gives the rows that the page shows', async () => {
  const connection = await openRelease(release, model.dataset.database);
  test.each(selections)('%s: %s', async (_, table, selection) => {
    const data = readTable(release, model, table);
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
