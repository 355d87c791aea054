import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { keywords } from '../../scripts/schema/extensions.ts';
import { openRelease } from '../support/reconstruct.ts';
import { root } from '../support/run.ts';

const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');
const contributing = fs.readFileSync(path.join(root, 'CONTRIBUTING.md'), 'utf8');
const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** The code blocks of a language in a Markdown text. */
function blocks(text: string, language: string): string[] {
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].flatMap(([, name, code]) =>
    name === language && code !== undefined ? [code] : [],
  );
}

const release = inject('shipped');

describe('README', () => {
  test.each(blocks(readme, 'sql').map((sql) => [sql]))('runs in the database and finds rows: %s', async (sql) => {
    const connection = await openRelease(release, 'demarche.duckdb');
    await connection.run('USE release');
    const result = await connection.runAndReadAll(sql);
    expect(result.currentRowCount).toBeGreaterThan(0);
  });

  test.each(blocks(readme, 'duckdb').map((sql) => [sql]))('runs on the files and finds rows: %s', async (sql) => {
    const connection = await openRelease(release, 'demarche.duckdb');
    const result = await connection.runAndReadAll(sql.replaceAll('dist/next', release));
    expect(result.currentRowCount).toBeGreaterThan(0);
  });

  test.each([...blocks(readme, 'python'), ...blocks(readme, 'r')].map((code) => [code]))(
    'names files and columns that are there: %s',
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
    const section = readme.slice(readme.indexOf('## What a build contains'), readme.indexOf('The three formats hold'));
    const listed = [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, file]) => file?.split('/')[0]);
    expect(listed.toSorted()).toEqual(fs.readdirSync(release).toSorted());
  });

  test('names every Make target and every command', () => {
    const targets = execFileSync('make', ['-s'], { cwd: root, encoding: 'utf8' })
      .trim()
      .split('\n')
      .map((line) => line.split(/\s/)[0]);
    expect(targets).toEqual(expect.arrayContaining(['setup', 'validate', 'fix', 'build', 'test', 'check']));
    for (const target of targets.filter((t) => t !== 'help'))
      expect(readme).toMatch(new RegExp(`make ${target}\\b|\\*\\*${target}\\*\\*`));
    expect(targets).toEqual(
      expect.arrayContaining(Object.keys(manifest.scripts).filter((name) => !/:|^pre/.test(name))),
    );
  });
});

describe('CONTRIBUTING', () => {
  test('explains every keyword', () => {
    const explained = [...contributing.matchAll(/^\| `([a-z-]+)`/gm)].map(([, name]) => name);
    expect(explained.toSorted()).toEqual(keywords.toSorted());
  });
});

describe('the schemas', () => {
  const files = fs.readdirSync(path.join(root, 'schema')).filter((file) => /^(?!common).*\.schema\.json$/.test(file));

  test.each(files)('%s refuses {}', async (file) => {
    const { compileOne } = await import('../support/compileOne.ts');
    expect(compileOne(file)({}).length).toBeGreaterThan(0);
  });

  test('document every property and every code', async () => {
    const { undocumented } = await import('../support/compileOne.ts');
    expect(undocumented()).toEqual([]);
  });
});

describe('SECURITY', () => {
  const text = fs.readFileSync(path.join(root, 'SECURITY.md'), 'utf8');
  const columns = text.split('\n').flatMap((line) => (line.startsWith('|') ? [line.split('|').at(-2) ?? ''] : []));
  const sentences = [...text.matchAll(/Tests:\s+([^.]+)\./g)].map(([, tests = '']) => tests);
  const named = [...columns, ...sentences].flatMap((part) => [...part.matchAll(/`([^`]+)`/g)].map(([, name]) => name));

  test('names tests that exist', () => {
    const tests = [...new Set(named.filter((name) => name !== 'make fuzz'))];
    expect(tests.length).toBeGreaterThan(15);
    const files = fs.readdirSync(path.join(root, 'test'), { recursive: true, encoding: 'utf8' });
    const known = new Set(files.map((file) => path.basename(file, '.test.ts')));
    expect(tests.filter((name) => name === undefined || !known.has(name))).toEqual([]);
  });
});
