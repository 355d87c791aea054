import fs from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { root } from '../support/run.ts';

/** The pointers that a check of the dataset finds in tables of these statements. */
async function found(check: string, tables: readonly string[]): Promise<readonly unknown[]> {
  const connection = await (await DuckDBInstance.create()).connect();
  for (const table of tables) await connection.run(table);
  const sql = fs.readFileSync(path.join(root, `schema/checks/${check}.sql`), 'utf8');
  const rows = (await connection.runAndReadAll(sql)).getRowObjectsJS();
  connection.closeSync();
  return rows.map(({ record }) => record).toSorted();
}

test('figures are compared as writers group their digits', async () => {
  const rows = [
    ['german', 30000, 'rund 30.000 Soldaten'],
    ['english', 30000, 'some 30,000 troops'],
    ['spaced', 1200, 'близько 1\u00a0200 військових'],
    ['worded', 127000, 'близько 127 тисяч'],
    ['wrong', 3000, 'rund 30.000 Soldaten'],
  ].map(([id, figure, words]) => `('${id}', ${figure}, ${figure}, '${words}')`);
  const table = `CREATE TABLE deployments AS
    SELECT * FROM (VALUES ${rows.join(', ')}) AS t(id, personnel_low, personnel_high, personnel_as_written)`;
  expect(await found('figures_as_written', [table])).toEqual(['wrong']);
});

test('a stated date has a figure in its words', async () => {
  const dates = (table: string, columns: readonly string[], rows: string): string =>
    `CREATE TABLE ${table} AS SELECT * FROM (VALUES ${rows}) AS t(id, ${columns.flatMap((c) => [`${c}_basis`, `${c}_as_written`]).join(', ')})`;
  const tables = [
    dates(
      'statements',
      ['said'],
      `('said', 'stated', 'am Donnerstag'), ('resolved', 'resolved', 'am Donnerstag'), ('figure', 'stated', 'on 3 May')`,
    ),
    dates('meetings', ['occurs'], `('met', 'stated', 'у суботу'), ('none', 'stated', NULL)`),
    dates('deployments', ['claimed', 'occurs'], `('moved', 'stated', '2 May', 'stated', 'soon')`),
  ];
  expect(await found('stated_dates', tables)).toEqual(['met', 'moved', 'said']);
});
