import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { codeBlocks } from '../support/markdown.ts';
import { openRelease } from '../support/reconstruct.ts';
import { root } from '../support/run.ts';

const schemaPage = fs.readFileSync(path.join(root, 'schema/README.md'), 'utf8');
const dataPages = `${fs.readFileSync(path.join(root, 'README.md'), 'utf8')}\n${schemaPage}`;

const release = inject('shipped');

describe('README and schema/README', () => {
  test.each(codeBlocks(dataPages, 'sql').map((sql) => [sql]))(
    'runs in the database and finds rows: %s',
    async (sql) => {
      const connection = await openRelease(release, 'demarche.duckdb');
      await connection.run('USE release');
      const result = await connection.runAndReadAll(sql);
      expect(result.currentRowCount).toBeGreaterThan(0);
    },
  );

  test.each(codeBlocks(dataPages, 'duckdb').map((sql) => [sql]))(
    'runs on the files and finds rows: %s',
    async (sql) => {
      const connection = await openRelease(release, 'demarche.duckdb');
      const result = await connection.runAndReadAll(sql.replaceAll('dist/next', release));
      expect(result.currentRowCount).toBeGreaterThan(0);
    },
  );

  test.each([...codeBlocks(dataPages, 'python'), ...codeBlocks(dataPages, 'r')].map((code) => [code]))(
    'names existing files and columns: %s',
    (code) => {
      const files = [...code.matchAll(/"dist\/next\/([^"]+)"/g)].map(([, file]) => file ?? '');
      expect(files.length).toBeGreaterThan(0);
      const columns = files.flatMap((file) => {
        expect(fs.existsSync(path.join(release, file))).toBe(true);
        const csv = file.replace(/^parquet\//, 'csv/').replace(/\.parquet$/, '.csv');
        return fs.readFileSync(path.join(release, csv), 'utf8').split('\n', 1)[0]?.split(',') ?? [];
      });
      const named = [...code.matchAll(/\["(\w+)"\]|\$(\w+)|_on="(\w+)"|\[\[([^\]]+)\]\]/g)].flatMap(([, a, b, c, d]) =>
        [a, b, c, ...(d?.match(/\w+/g) ?? [])].filter((n) => n !== undefined),
      );
      expect(named.length).toBeGreaterThan(1);
      expect(columns).toEqual(expect.arrayContaining(named));
    },
  );

  test('lists the files of a build, and no others', () => {
    const start = schemaPage.indexOf('## What a build contains');
    const section = schemaPage.slice(start, schemaPage.indexOf('The three formats hold'));
    const listed = [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, file]) => file?.split('/')[0]);
    expect(listed.toSorted()).toEqual(fs.readdirSync(release).toSorted());
  });
});
