import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crossing, document, schemas, sha256 } from '../support/fixture.ts';
import { writeFiles } from '../support/run.ts';
import { type Ended, execute, installIn, packedFiles } from './installed.ts';

const around = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'package-')));
const top = path.join(around, 'atlas');
const records = path.join(top, 'raw');
const read = (file: string): string => fs.readFileSync(path.join(top, file), 'utf8');

const git = (...args: readonly string[]): Ended => execute(top, 0, 'git', ...args);
/** Calls the installed toolkit, which must succeed, from a folder inside the dataset. */
const demarche = (...args: readonly string[]): Ended => execute(records, 0, 'npx', '--no-install', 'demarche', ...args);

/** An example script of the library as JavaScript that uses the installed package. */
function exampleOf(name: string): string {
  const text = fs.readFileSync(path.resolve(import.meta.dirname, `../library/${name}.ts`), 'utf8');
  return transformSync(text.replace('../../scripts/index.ts', 'demarche'), { loader: 'ts' }).code;
}

beforeAll(() => installIn(top));
afterAll(() => fs.rmSync(around, { recursive: true, force: true }));

test('the package contains what runs, and nothing else', () => {
  const needed =
    /^(?:lib\/[\w.-]+\.(?:mjs|json|js|css)|lib\/types\/[\w/.-]+\.d\.m?ts|scripts\/(?:run|nodeVersion)\.mjs|scripts\/(?:template|comment)\/.+|(?:scripts\/|schema\/)?\w+\.md|scripts\/(?:cli|project|validate\/rules)\/README\.md|LICENSE|package\.json)$/;
  const files = packedFiles();
  expect(files.filter((file) => !needed.test(file))).toEqual([]);
  expect(files).toEqual(
    expect.arrayContaining(['lib/demarche.mjs', 'scripts/run.mjs', 'scripts/template/demarche.config.json']),
  );
});

test('a page in the package links only to pages in it', () => {
  const files = packedFiles();
  const pages = files.filter((file) => file.endsWith('.md') && !file.startsWith('scripts/template/'));
  const broken = pages.flatMap((page) => {
    const text = fs.readFileSync(path.resolve(import.meta.dirname, '../..', page), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]+\.md)/g)].map(([, link = '']) => link);
    return links
      .filter((link) => !files.includes(path.join(path.dirname(page), link)))
      .map((link) => `${page}: ${link}`);
  });
  expect(pages).toContain('TUTORIAL.md');
  expect(broken).toEqual([]);
});

describe('the package in an empty folder', () => {
  test('init makes a dataset that can be committed, built and released', () => {
    git('init', '--quiet', '--initial-branch=main');
    const made = execute(top, 0, 'npx', '--no-install', 'demarche', 'init');
    expect(made.err).toContain('init: left unchanged: package.json\n');
    demarche('hooks');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'Begin');
    expect(demarche('validate', '--strict').out).toBe('');
    demarche('build');
    expect(read('dist/next/csv/lighthouses.csv')).toContain('Eddystone');
    demarche('release');
    expect(git('tag').out).toBe('v0.1.0\n');
  });

  test('a table with evidence: new, cite, trace, fix', () => {
    const tables = ['papers', 'ships', 'ports', 'crossings'];
    for (const table of tables) {
      const file = `schema/${table}.schema.json`;
      writeFiles(top, { [file]: schemas[file] ?? {} });
      fs.mkdirSync(path.join(records, table));
    }
    writeFiles(top, { 'sources/gazette.txt': document });
    demarche('new', 'ships', '--set', 'name=Anna', '--id', 'anna');
    demarche('new', 'ports', '--set', 'name=Ystad', '--id', 'ystad');
    const source = ['--set', 'document.file=gazette.txt', '--set', `document.sha256=${sha256(document)}`];
    demarche('new', 'papers', '--id', 'gazette', ...source);
    const { kind, ship, port, on, cars } = crossing;
    const values = Object.entries({ kind, ship, port, on, cars }).flatMap(([key, value]) => [
      '--set',
      `${key}=${value}`,
    ]);
    demarche('new', 'crossings', '--id', 'monday', ...values);
    const about = ['--supports', '/port,/cars,/on'];
    demarche(
      'cite',
      'crossings/monday',
      '--source',
      'gazette',
      '--quote',
      'left Ystad on Monday with 40 cars',
      ...about,
    );
    expect(demarche('trace', 'crossings/monday').out).toContain('Ystad');
    expect(demarche('validate', '--strict', '--require-sources').out).toBe('');
    const file = 'raw/crossings/monday.json';
    const text = read(file);
    fs.writeFileSync(path.join(top, file), text.replace('\n  "', '\n      "'));
    execute(records, 1, 'npx', '--no-install', 'demarche', 'fix', '--check');
    demarche('fix');
    expect(read(file)).toBe(text);
  });

  test('add, set, uncite and find change and name records', () => {
    writeFiles(top, {
      'batch.yaml': [
        '- table: ships',
        '  values: { name: Berta }',
        '- record: crossings/monday',
        '  quotes: [{ quote: with 40 cars, supports: cars }]',
        '',
      ].join('\n'),
    });
    demarche('add', '../batch.yaml');
    expect(demarche('find', 'berta').out).toContain('ships/berta /name: Berta');
    const before = read('raw/crossings/monday.json');
    demarche('set', 'crossings/monday', 'remark=Late');
    expect(demarche('validate', 'crossings/monday.json').out).toBe('');
    demarche('set', 'crossings/monday', '--remove', 'remark');
    expect(read('raw/crossings/monday.json')).toBe(before);
    demarche('uncite', 'crossings/monday', 'with 40 cars', '--supports', 'cars');
    fs.rmSync(path.join(top, 'batch.yaml'));
    fs.rmSync(path.join(records, 'ships/berta.json'));
  });

  test('the hook fixes and checks what is committed', () => {
    const file = path.join(top, 'raw/lighthouses/eddystone.json');
    const text = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(file, text.replace('"Eddystone"', '7'));
    git('add', '--all');
    const refused = execute(records, 1, 'git', 'commit', '--quiet', '--message', 'Break a record');
    expect(`${refused.out}${refused.err}`).toContain('raw/lighthouses/eddystone.json:3:11 error type: ');
    fs.writeFileSync(file, text.replace('\n  "height"', '\n      "height"'));
    git('add', '--all');
    git('commit', '--quiet', '--message', 'Add crossings');
    expect(git('show', 'HEAD:raw/lighthouses/eddystone.json').out).toBe(text);
  });

  test('staged, report and diff show the change', () => {
    demarche('staged');
    const report = demarche('report', '--base', 'v0.1.0').out;
    expect(report).toContain('Minimum version bump: **minor**');
    expect(JSON.parse(demarche('report', '--base', 'v0.1.0', '--format', 'json').out)).toMatchObject({ format: '1' });
    expect(demarche('diff', '--base', 'v0.1.0').out).toContain('crossings');
    expect(demarche('diff', '--base', '../dist/0.1.0').out).toContain('crossings');
  });

  test('a second release; both can be verified and reproduced', () => {
    writeFiles(top, { 'schema/dataset.json': read('schema/dataset.json').replace('"0.1.0"', '"0.2.0"') });
    git('commit', '--quiet', '--all', '--message', 'Release 0.2.0');
    demarche('release');
    expect(git('tag').out).toBe('v0.1.0\nv0.2.0\n');
    for (const version of ['0.1.0', '0.2.0']) {
      expect(demarche('verify', '--release', `../dist/${version}`).out).toBe('');
      expect(demarche('reproduce', '--version', version).err).toContain('byte for byte');
    }
    expect(git('status', '--porcelain').out).toBe('');
  });

  test('reanchor follows a text that was corrected', () => {
    writeFiles(top, { 'sources/gazette.txt': `Corrected. ${document}` });
    demarche('reanchor', 'gazette');
    expect(demarche('validate', '--strict', '--require-sources').out).toBe('');
  });

  test('is a library that prints nothing, with declarations for its types', () => {
    for (const name of ['example', 'editing']) writeFiles(top, { [`${name}.mjs`]: exampleOf(name) });
    writeFiles(top, {
      'use.mjs': [
        "import { example } from './example.mjs';",
        "import { edit } from './editing.mjs';",
        'const { verified, problems } = await example(process.cwd());',
        "const edited = await edit(process.cwd(), 'crossings/monday');",
        'process.stdout.write(JSON.stringify({ verified, problems, ...edited }));',
        '',
      ].join('\n'),
    });
    const used = execute(top, 0, process.execPath, 'use.mjs');
    expect(used.err).toBe('');
    expect(JSON.parse(used.out)).toMatchObject({
      verified: true,
      problems: [],
      hooks: ['pre-commit', 'pre-merge-commit'],
      added: ['dora.json', 'emma.json'],
      found: ['ships/dora'],
      cited: ['/cars'],
      uncited: ['/cars'],
      rewritten: [],
    });
    expect(read('node_modules/demarche/lib/types/index.d.ts')).toContain('newRecord');
    for (const file of ['use.mjs', 'example.mjs', 'editing.mjs']) fs.rmSync(path.join(top, file));
  });
});
