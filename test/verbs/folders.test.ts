import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { crossing, dataset, here } from '../support/fixture.ts';
import { freshFolder, run, writeFiles } from '../support/run.ts';

const config = (folder: string, value: object): void => writeFiles(folder, { 'demarche.config.json': value });

test('an output folder that overlaps a folder that a build reads is rejected, through links too', async () => {
  const folder = dataset();
  fs.symlinkSync('raw', path.join(folder, 'link'));
  const tried = ['raw', 'raw/ships', '.', 'schema/out', 'sources', 'link', 'link/new'];
  const refused = [];
  for (const dist of tried) {
    config(folder, { dist });
    const { status, err } = await run(folder, 'build', []);
    refused.push(`${status} ${err.replace(/^build: the folder for the output, | a build reads; .*\n$/g, '')}`);
  }
  expect(refused).toEqual([
    '2 raw, is the same as raw, which',
    '2 raw/ships, is inside raw, which',
    '2 ., is around raw, which',
    '2 schema/out, is inside schema, which',
    '2 sources, is the same as sources, which',
    '2 link, is the same as raw, which',
    '2 link/new, is inside raw, which',
  ]);
  expect(fs.readdirSync(path.join(folder, 'raw')).toSorted()).toEqual(['crossings', 'papers', 'ports', 'ships']);
  expect((await run(folder, 'build', ['--raw', 'raw', '--dist', 'raw/ships'])).status).toBe(2);
});

test('the configuration cannot name folders outside the repository, a flag can', async () => {
  const outside = freshFolder();
  const folder = dataset();
  for (const name of ['raw', 'schema', 'dist']) {
    config(folder, { [name]: outside });
    const { status, err } = await run(folder, 'validate', []);
    expect([status, err]).toEqual([
      2,
      `validate: the configuration puts ${name} outside the repository, at ${outside}; ` +
        `if you trust that, name it with --${name}\n`,
    ]);
  }
  config(folder, {});
  expect((await run(folder, 'build', ['--dist', outside])).status).toBe(0);
  // a dataset in a folder of a repository may use the other folders of it
  fs.mkdirSync(path.join(path.dirname(folder), '.git'));
  config(folder, { dist: '../out' });
  expect((await run(folder, 'validate', [])).status).toBe(0);
});

test('a configuration that is not a file is rejected, since other rules would apply without it', async () => {
  const folder = dataset();
  const at = path.join(folder, 'demarche.config.json');
  const planted: readonly (readonly [string, () => void])[] = [
    ['a folder', () => fs.mkdirSync(at)],
    ['not a regular file', () => void execFileSync('mkfifo', [at])],
    ['not a regular file', () => fs.symlinkSync('/dev/zero', at)],
    ['a broken link', () => fs.symlinkSync('nothing', at)],
    ['a broken link', () => fs.symlinkSync('demarche.config.json', at)],
  ];
  for (const [what, plant] of planted) {
    plant();
    // from below it too, where the nearest configuration counts
    for (const [cwd, shown] of [
      [folder, 'demarche.config.json'],
      [path.join(folder, 'raw'), '../demarche.config.json'],
    ] as const) {
      const err = `validate: ${shown} is ${what}: put a file there, or remove it\n`;
      expect(await run(cwd, 'validate', [])).toEqual({ status: 2, out: '', err });
    }
    fs.rmSync(at, { recursive: true });
  }
});

test('nothing is written through a link that was planted in place of a folder', async () => {
  const outside = freshFolder();
  const folder = dataset({ 'raw/crossings/monday-ystad.json': JSON.stringify(crossing) });
  fs.symlinkSync(outside, path.join(folder, 'dist'));
  const built = await run(folder, 'build', []);
  expect([built.status, built.err]).toEqual([
    2,
    `build: dist is a link out of the repository, to ${outside}, and nothing is written there; ` +
      'put a folder there, or name the folder with --dist\n',
  ]);
  // to what is not there yet, too
  fs.rmSync(path.join(folder, 'dist'));
  fs.symlinkSync(path.join(outside, 'new'), path.join(folder, 'dist'));
  expect((await run(folder, 'build', [])).status).toBe(2);
  expect(fs.readdirSync(outside)).toEqual([]);

  fs.renameSync(path.join(folder, 'raw'), path.join(outside, 'raw'));
  fs.symlinkSync(path.join(outside, 'raw'), path.join(folder, 'raw'));
  const added = ['crossings/monday-ystad', '--source', 'gazette', '--quote', 'on Monday', '--supports', '/on'];
  for (const [verb, args] of [
    ['fix', []],
    ['cite', added],
    ['new', ['ships', '--id', 'berta']],
  ] as const) {
    const { status, err } = await run(folder, verb, args);
    expect([status, err]).toEqual([2, expect.stringContaining(': raw is a link out of the repository, to ')]);
  }
  expect(fs.readdirSync(path.join(outside, 'raw/ships'))).toEqual(['anna.json']);
  // reading is no harm, and neither is a folder that the user names
  expect((await run(folder, 'validate', [])).out).toContain('canonical-form');
  expect((await run(folder, 'fix', here)).status).toBe(0);
});

test('fix ends with 1 for a record that is a link, and says so', async () => {
  const folder = dataset({ 'raw/ships/berta.json': '{"id": "berta", "name": "Berta"}' });
  fs.renameSync(path.join(folder, 'raw/ships/berta.json'), path.join(folder, 'raw/other.txt'));
  fs.symlinkSync('../other.txt', path.join(folder, 'raw/ships/berta.json'));
  const { status, err } = await run(folder, 'fix', []);
  expect(err).toContain('left raw/ships/berta.json as it is: it is a link');
  expect(err).toContain('1 link to replace with the file itself');
  expect(status).toBe(1);
});

test('a schema of records without a folder is a warning, unless another schema refers to it or tables are named', async () => {
  const folder = dataset();
  const schema = (properties: object): object => ({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Sailors',
    type: 'object',
    properties: { id: { type: 'string', pattern: '^[a-z]+$' }, ...properties },
    required: ['id'],
    additionalProperties: false,
  });
  writeFiles(folder, { 'schema/sailors.schema.json': schema({}), 'schema/shared.schema.json': { $defs: {} } });
  const validate = async (): Promise<string> => (await run(folder, 'validate', [])).out;
  expect(await validate()).toBe(
    'schema/sailors.schema.json:1:1 warning file: no table is called "sailors": the schema has no folder of records ' +
      '(create raw/sailors, and put an empty .gitkeep into it for git to keep it)\n',
  );
  writeFiles(folder, { 'raw/sailors/.gitkeep': '' });
  expect(await validate()).toBe('');
  // now it is a part of a table
  fs.rmSync(path.join(folder, 'raw/sailors'), { recursive: true });
  writeFiles(folder, {
    'schema/crews.schema.json': schema({ captain: { $ref: 'sailors.schema.json' } }),
    'raw/crews/.gitkeep': '',
  });
  expect(await validate()).toBe('');
  fs.rmSync(path.join(folder, 'schema/crews.schema.json'));
  fs.rmSync(path.join(folder, 'raw/crews'), { recursive: true });
  expect(await validate()).not.toBe('');
  config(folder, { tables: [{ name: 'ships', schema: 'ships.schema.json', files: 'ships/*.json' }] });
  expect(await validate()).not.toContain('sailors');
});
