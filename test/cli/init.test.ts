import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { repositoryIn } from '../../scripts/cli/version.ts';
import { inferSchema } from '../../scripts/verbs/inferSchema.ts';
import { freshFolder, run, writeFiles } from '../support/run.ts';

const schemaOf = (folder: string, table: string): unknown =>
  JSON.parse(fs.readFileSync(path.join(folder, `schema/${table}.schema.json`), 'utf8'));

const ships = [
  { id: 'anna', name: 'Anna', launched: '1901-05-02', tons: 120 },
  { id: 'berta', name: 'Berta', tons: 80.5, crew: [{ name: 'Ida', role: null }] },
];

test('init makes a dataset that validates and builds at once', async () => {
  const folder = path.join(freshFolder(), 'Lights of 1882');
  fs.mkdirSync(folder);
  const made = await run(folder, 'init', []);
  expect(made.status).toBe(0);
  expect(made.out).toContain('.github/workflows/validate.yml\n.gitignore\n');
  expect(fs.readFileSync(path.join(folder, 'schema/dataset.json'), 'utf8')).toContain('"title": "Lights of 1882"');
  // also from a folder inside it
  const inside = path.join(folder, 'raw/lighthouses');
  expect(await run(inside, 'validate', ['--strict'])).toMatchObject({ status: 0, out: '' });
  expect(await run(folder, 'build', [])).toMatchObject({ status: 0 });
  expect(fs.readFileSync(path.join(folder, 'dist/next/csv/lighthouses.csv'), 'utf8')).toContain('eddystone');
  const again = await run(folder, 'init', []);
  expect(again).toMatchObject({ status: 2, err: expect.stringContaining('already holds a dataset') as string });
});

test('no page that init writes names the example table, which can be deleted', async () => {
  const folder = freshFolder();
  await run(folder, 'init', []);
  for (const page of ['README.md', 'CONTRIBUTING.md'])
    expect(fs.readFileSync(path.join(folder, page), 'utf8')).not.toContain('lighthouses');
});

test('init --toolkit writes workflows that call those of a repository', async () => {
  const folder = freshFolder();
  writeFiles(folder, { 'data/ships.json': ships });
  const read = (file: string): string => fs.readFileSync(path.join(folder, '.github/workflows', file), 'utf8');
  const { err } = await run(folder, 'init', ['--toolkit', 'octo/demarche@toolkit-v9', '--from', 'data']);
  expect(err).toContain('call those of octo/demarche; replace toolkit-v9 with a commit to pin them\n');
  expect(read('validate.yml')).toContain('uses: octo/demarche/.github/workflows/validate.yml@toolkit-v9\n');
  expect(read('report.yml')).toContain("paths: ['data/**', ");
  expect(fs.readdirSync(path.join(folder, '.github/workflows'))).toHaveLength(4);
  expect(fs.existsSync(path.join(folder, 'callers'))).toBe(false);
  for (const file of fs.readdirSync(path.join(folder, '.github/workflows'))) expect(read(file)).not.toMatch(/\{\{\w/);
});

test('init --toolkit accepts only a repository', async () => {
  const folder = freshFolder();
  const { status, err } = await run(folder, 'init', ['--toolkit', 'octo']);
  expect({ status, err }).toEqual({ status: 2, err: 'init: --toolkit is owner/name or owner/name@ref, not "octo"\n' });
  expect(fs.readdirSync(folder)).toEqual([]);
});

test.each([
  ['github:octo/demarche', 'octo/demarche'],
  ['octo/demarche', 'octo/demarche'],
  [{ type: 'git', url: 'git+https://github.com/octo/demarche.git' }, 'octo/demarche'],
  [{ url: 'ssh://git@github.com/octo/demarche.js.git' }, 'octo/demarche.js'],
  ['https://example.org/octo/demarche', undefined],
  [undefined, undefined],
])('the repository %j of a package.json is %s', (repository, found) => {
  expect(repositoryIn(repository === undefined ? {} : { repository })).toBe(found);
});

test('init replaces no file', async () => {
  const folder = freshFolder();
  writeFiles(folder, { 'README.md': 'mine\n', 'package.json': '{}\n' });
  const { err } = await run(folder, 'init', []);
  expect(err).toContain('init: left unchanged: README.md and package.json\n');
  expect(fs.readFileSync(path.join(folder, 'README.md'), 'utf8')).toBe('mine\n');
});

test.each([
  ['a folder of files', { 'data/ships/a.json': ships[0], 'data/ships/b.json': ships[1] }, 'data'],
  ['a folder with a record in each file', { 'ships/a.json': ships[0], 'ships/b.json': ships[1] }, 'ships'],
  ['a list in a file', { 'data/ships.json': ships }, 'data/ships.json'],
  ['lines in a file', { 'data/ships.ndjson': ships.map((ship) => `${JSON.stringify(ship)}\n`).join('') }, 'data'],
  ['a list in an object', { 'data/fleet.json': { ships } }, 'data/fleet.json'],
])('init --from %s infers a schema, and builds', async (_, files, from) => {
  const folder = freshFolder();
  writeFiles(folder, files as Record<string, string | object>);
  const made = await run(folder, 'init', ['--from', from]);
  expect(made.err).toContain('init: ships: a schema inferred from 2 records, identified by id\n');
  expect(await run(folder, 'validate', [])).toMatchObject({ status: 0, out: '' });
  expect(await run(folder, 'build', [])).toMatchObject({ status: 0 });
  const csv = fs.readFileSync(path.join(folder, 'dist/next/csv/ships.csv'), 'utf8');
  expect(csv).toMatch(/^id,name,launched,tons,.*\nanna,Anna,1901-05-02,120,.*\nberta,Berta,,80.5,/);
  expect(schemaOf(folder, 'ships')).toMatchObject({ required: ['id', 'name', 'tons'] });
});

test('init --from makes a table of each file if the records are not alike', async () => {
  const folder = freshFolder();
  const port = { id: 'ystad', latitude: 55.4, longitude: 13.8, name: 'Ystad' };
  writeFiles(folder, { 'data/ship.json': { ...ships[0] }, 'data/port.json': port, 'data/more.ndjson': '{"id":1}\n' });
  const { err } = await run(folder, 'init', ['--from', 'data']);
  expect([...err.matchAll(/^init: (\w+): a schema inferred/gm)].map(([, table]) => table)).toEqual([
    'more',
    'port',
    'ship',
  ]);
});

test('records from elsewhere are copied', async () => {
  const [folder, other] = [freshFolder(), freshFolder()];
  writeFiles(other, { 'ships.json': ships });
  await run(folder, 'init', ['--from', other]);
  expect(fs.existsSync(path.join(folder, 'raw/ships.json'))).toBe(true);
  expect(await run(folder, 'build', [])).toMatchObject({ status: 0 });
});

test.each([
  ['nothing', '--from: nothing at '],
  ['empty', '--from: no JSON objects in '],
  ['.', '--from: put the records into a folder of their own'],
  ['data/broken.json', '--from: broken.json is not JSON: '],
])('init --from %s says what is wrong', async (from, message) => {
  const folder = freshFolder();
  writeFiles(folder, { 'data/broken.json': '{', 'empty/a.txt': '' });
  expect(await run(folder, 'init', ['--from', from])).toMatchObject({
    status: 2,
    err: expect.stringContaining(message) as string,
  });
});

test('init --from makes tables from any names, with distinct file names', async () => {
  const folder = freshFolder();
  const names = [
    'ships',
    'Ships',
    'ships/a',
    '{a,b}/x',
    'a*/x',
    '[a]/y',
    '!(a)/z',
    'dataset',
    'con',
    '__proto__/p',
    '\u001b[1m',
  ];
  // records that are not alike, so that each file is a table
  const record = (i: number): object => ({ id: `i${i}`, [`a${i}`]: 1, [`b${i}`]: 1 });
  writeFiles(folder, Object.fromEntries(names.map((name, i) => [`data/${name}.json`, record(i)])));
  const made = await run(folder, 'init', ['--from', 'data']);
  expect(made.err).not.toContain('\u001b');
  const tables = made.err.split('\n').flatMap((line) => /^init: (\S+): a schema/.exec(line)?.[1] ?? []);
  expect(tables.toSorted()).toEqual(
    ['Ships', '_1m', '_a_', '_a__2', '__proto__', '_a_b_', 'a_', 'con_2', 'dataset_2', 'ships_2', 'ships_3'].toSorted(),
  );
  const { status, err, out } = await run(folder, 'validate', []);
  expect([status, out]).toEqual([0, '']);
  expect(err).toContain(`${names.length} records in ${names.length} tables`);
});

test('init --from rejects records that are nested too deeply for a schema', async () => {
  const folder = freshFolder();
  for (const deep of ['['.repeat(50_000) + ']'.repeat(50_000), '{"a":'.repeat(1000) + '1' + '}'.repeat(1000)]) {
    writeFiles(folder, { 'data/ships.json': `[{"id":"a","x":${deep}}]` });
    const err = 'init: --from: ships.json is nested deeper than 60 levels\n';
    expect(await run(folder, 'init', ['--from', 'data'])).toEqual({ status: 2, out: '', err });
  }
  // a name that is reserved gets a schema that loads
  const deep = '[{"a":'.repeat(28) + '1' + '}]'.repeat(28);
  writeFiles(folder, { 'data/ships.json': `[{"id":"a","x":${deep}},{"id":"b","x":${deep.replace('1', '"x"')}}]` });
  expect((await run(folder, 'init', ['--from', 'data'])).status).toBe(0);
  expect(await run(folder, 'validate', [])).toMatchObject({ status: 0, out: '' });
});

test('a map with as many keys as records is inferred in one pass', () => {
  const records = Array.from({ length: 20_000 }, (_, i) => ({ id: i, counts: { [`k${i}`]: i } }));
  expect(inferSchema('lights', records).schema).toMatchObject({
    properties: { counts: { additionalProperties: { type: 'integer' } } },
  });
});

test('guesses are marked', () => {
  const record = (i: number): Record<string, never> => ({ [`k${i}`]: i }) as never;
  const records = Array.from({ length: 30 }, (_, i) => ({
    code: `c${i}`,
    on: '1882-05-18',
    about: `188${i % 10}~`,
    page: 'https://example.org/',
    counts: record(i),
    unknown: null,
  }));
  const { schema, key } = inferSchema('lights', records);
  expect(key).toBe('code');
  expect(schema).toMatchObject({
    'x-key': 'code',
    properties: {
      on: { format: 'date', $comment: expect.stringContaining('Guess') as string },
      about: { format: 'edtf' },
      page: { format: 'uri' },
      counts: {
        additionalProperties: { type: 'integer' },
        $comment: expect.stringContaining('Guess: a map') as string,
      },
      unknown: { $comment: 'Guess: any type, because every value is null.' },
    },
  });
  expect(inferSchema('lights', [{ name: 'a' }, { name: 'a' }]).key).toBeNull();
});
