import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { freshFolder, root, run } from './run.ts';

describe('the shipped dataset', () => {
  test('has no problem', async () => {
    const { status, out, err } = await run(root, 'validate', []);
    expect(out).toBe('');
    expect(err).toMatch(/0 errors and 0 warnings/);
    expect(status).toBe(0);
  });

  test('builds in every format', async () => {
    const dist = freshFolder();
    const { status, err } = await run(root, 'build', ['--dist', dist]);
    expect(err).toMatch(/read back equal from CSV, Parquet and DuckDB/);
    expect(status).toBe(0);
    expect(fs.readdirSync(path.join(dist, 'next')).toSorted()).toEqual([
      'CODEBOOK.md',
      'SHA256SUMS',
      'csv',
      'datapackage.json',
      'demarche.duckdb',
      'parquet',
    ]);
  });
});
