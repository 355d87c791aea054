import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { dataset, here } from '../support/fixture.ts';
import { openRelease } from '../support/reconstruct.ts';
import { root, run } from '../support/run.ts';

const examples = fs.readdirSync(path.join(root, 'schema/examples'));
const inLanguage = (extension: string): string[] => examples.filter((file) => file.endsWith(extension));

const release = inject('shipped');

async function rowsOf(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const connection = await openRelease(release, 'demarche.duckdb');
  await connection.run('USE release');
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}

function node(script: string): string {
  return execFileSync(process.execPath, [script], { cwd: release, encoding: 'utf8' });
}

function example(name: string): string {
  return path.join(release, 'examples', name);
}

describe('the examples of the shipped dataset', () => {
  test('are in each build, unchanged', () => {
    expect(fs.readdirSync(path.join(release, 'examples'))).toEqual(examples);
    for (const name of examples)
      expect(fs.readFileSync(example(name))).toEqual(fs.readFileSync(path.join(root, 'schema/examples', name)));
  });

  test.each(inLanguage('.sql'))('%s finds rows', async (name) => {
    expect((await rowsOf(fs.readFileSync(example(name), 'utf8'))).length).toBeGreaterThan(3);
  });

  test.each(inLanguage('.mjs'))('%s prints rows', (name) => {
    expect(node(example(name)).split('\n').length).toBeGreaterThan(6);
  });

  test('count the same calls in SQL and in JavaScript', async () => {
    const rows = await rowsOf(fs.readFileSync(example('calls_between_countries.sql'), 'utf8'));
    const printed = node(example('calls_between_countries.mjs'));
    const counted = [...printed.matchAll(/'(\w\w) – (\w\w)' +│ +(\d+)/g)].map(([, a, b, n]) => [a, b, Number(n)]);
    expect(counted).toEqual(rows.map((row) => [row['country'], row['other_country'], Number(row['calls'])]));
  });

  test('show every span on which a warning or an accusation rests', async () => {
    const rows = await rowsOf(fs.readFileSync(example('who_warned_whom.sql'), 'utf8'));
    const csv = fs.readFileSync(path.join(release, 'csv/statements.csv'), 'utf8');
    const charges = new Set([...csv.matchAll(/^([\w-]+),(?:warning|accusation),/gm)].map(([, id]) => id));
    const spans = fs
      .readFileSync(path.join(release, 'csv/provenance.csv'), 'utf8')
      .split('\n')
      .map((line) => line.split(','))
      .filter(([table, id, field]) => table === 'statements' && charges.has(id) && field === '/kind');
    expect(spans.length).toBeGreaterThan(charges.size);
    expect(rows.map((row) => [row['span_start'], row['span_end']].join('-')).toSorted()).toEqual(
      spans.map(([, , , , start, end]) => `${start}-${end}`).toSorted(),
    );
  });
});

describe('another dataset', () => {
  const built = async (more: Parameters<typeof dataset>[0]): Promise<string> => {
    const folder = dataset(more);
    const { status, err } = await run(folder, 'build', [...here, '--dist', 'dist']);
    expect(status, err).toBe(0);
    return path.join(folder, 'dist/next');
  };

  test('has its views described, column by column', async () => {
    const head = '-- Numbers.\n--\n-- Columns:\n-- n: A number,\n--   and no other.\n';
    const next = await built({ 'schema/views/numbers.sql': `${head}SELECT 1 AS n\n` });
    const codebook = fs.readFileSync(path.join(next, 'CODEBOOK.md'), 'utf8');
    expect(codebook).toContain('### numbers\n\nNumbers.\n');
    expect(codebook).toContain('| `n` | integer | A number, and no other. |');
  });

  test('is not built if a view describes a column that it does not have', async () => {
    const folder = dataset({ 'schema/views/numbers.sql': '-- Columns:\n-- m: A number.\nSELECT 1 AS n\n' });
    const { status, err } = await run(folder, 'build', [...here, '--dist', 'dist']);
    expect(status).toBe(2);
    expect(err).toContain('schema/views/numbers.sql: ');
    expect(err).toContain('"m"');
  });

  test('gets its own LICENSE, and its examples with any content', async () => {
    const next = await built({ 'schema/LICENSE': 'Do as you like.\n', 'schema/examples/query.json': '{ not JSON' });
    expect(fs.readFileSync(path.join(next, 'LICENSE'), 'utf8')).toBe('Do as you like.\n');
    expect(fs.readFileSync(path.join(next, 'examples/query.json'), 'utf8')).toBe('{ not JSON');
  });
});
