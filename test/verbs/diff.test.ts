import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { crossing, here, withdrawable } from '../support/fixture.ts';
import { codeTexts, outsideCode, render } from '../support/markdown.ts';
import { commit, git, repository } from '../support/repository.ts';
import { freshFolder, run, writeFiles } from '../support/run.ts';

const ship = (id: string, name = 'A ship', more: object = {}): object => ({ id, name, ...more });
const shipsFile = 'schema/ships.schema.json';
const ships = withdrawable[shipsFile] as { readonly properties: object; readonly required: readonly string[] };
const crossings = withdrawable['schema/crossings.schema.json'] as { readonly properties: Record<string, object> };

const kinds = (codes: readonly string[]): object => ({
  ...crossings,
  properties: {
    ...crossings.properties,
    kind: { type: 'string', oneOf: codes.map((code) => ({ const: code, description: 'A kind.' })) },
  },
});

const cases: readonly (readonly [
  what: string,
  files: Readonly<Record<string, object | undefined>>,
  says: readonly (string | RegExp)[],
])[] = [
  ['nothing', {}, ['no difference']],
  [
    'a record added',
    { 'raw/ships/bea.json': ship('bea') },
    ['minimum version bump: minor', 'ships: 1 record added', '  bea added'],
  ],
  [
    'a value corrected',
    { 'raw/ships/anna.json': ship('anna', 'Anna II') },
    ['version bump: patch', '  anna changed', '    name: "Anna" → "Anna II"'],
  ],
  [
    'a value of a child table corrected, one added and one gone',
    {
      'raw/crossings/monday-ystad.json': {
        ...crossing,
        stops: [
          { port: 'ystad', crew: ['Ida'] },
          { port: 'ystad', crew: ['Bo'] },
        ],
      },
    },
    [
      'version bump: patch',
      'crossings: 1 record changed',
      'crossings_stops [1] port: "trelleborg" → "ystad"',
      'crossings_stops_crew [1,0] + {"crossings_id":"monday-ystad","stops_position":1,"stops_crew_position":0,"value":"Bo"}',
      'crossings_stops_crew [0,1] − {',
    ],
  ],
  [
    'a record withdrawn',
    {
      'raw/crossings/monday-ystad.json': { ...crossing, withdrawn: { date: '2026-01-02', reason: 'It was Tuesday.' } },
    },
    [
      'version bump: minor',
      'crossings: 1 record withdrawn',
      'withdrawn ["monday-ystad"] + {"table_name":"crossings","record_id":"monday-ystad","date":"2026-01-02","reason":"It was Tuesday."}',
    ],
  ],
  ['a record deleted', { 'raw/ports/trelleborg.json': undefined }, ['version bump: major', '  trelleborg removed']],
  [
    'a column added',
    { [shipsFile]: { ...ships, properties: { ...ships.properties, tons: { type: 'number' } } } },
    ['version bump: minor', '  ships.tons: column added (minor)'],
  ],
  [
    'a column gone',
    {
      'schema/crossings.schema.json': {
        ...crossings,
        properties: Object.fromEntries(Object.entries(crossings.properties).filter(([name]) => name !== 'remark')),
      },
    },
    ['version bump: major', '  crossings.remark: column removed (major)'],
  ],
  [
    'a type changed, and a column that can be empty now',
    {
      'schema/crossings.schema.json': {
        ...crossings,
        required: ['id', 'kind', 'ship'],
        properties: { ...crossings.properties, cars: { type: 'number' } },
      },
    },
    [
      'version bump: major',
      'crossings.on: can be empty now (major)',
      'crossings.cars: type changed from integer to number (major)',
    ],
  ],
  [
    'a unit changed',
    {
      'schema/crossings.schema.json': {
        ...crossings,
        properties: { ...crossings.properties, length: { type: 'number', 'x-unit': 'ft' } },
      },
    },
    ['version bump: major', 'unit changed from m to ft'],
  ],
  [
    'a code added',
    { 'schema/crossings.schema.json': kinds(['departure', 'arrival', 'stop']) },
    ['version bump: minor', 'crossings.kind: code stop added (minor)'],
  ],
  [
    'a code gone',
    { 'schema/crossings.schema.json': kinds(['departure']) },
    ['version bump: major', 'crossings.kind: code arrival removed (major)'],
  ],
  [
    'a description changed',
    { [shipsFile]: { ...ships, description: 'Vessels.' } },
    ['version bump: patch', 'ships: documentation changed (patch)'],
  ],
];

describe('diff since a commit', () => {
  test.each(cases)('%s', async (_, files, says) => {
    const folder = repository();
    for (const [file, content] of Object.entries(files)) {
      if (content === undefined) fs.rmSync(path.join(folder, file));
      else writeFiles(folder, { [file]: content });
    }
    const { out, status } = await run(folder, 'diff', [...here, '--base', 'HEAD']);
    for (const text of says) expect(out).toContain(text);
    expect(status).toBe(0);
  });

  test('says the same against the release of that commit, in every format', async () => {
    const folder = repository();
    await run(folder, 'build', [...here, '--dist', 'dist']);
    writeFiles(folder, {
      'raw/ships/bea.json': ship('bea', 'a"b,\nc'.replace('\n', ' ')),
      'raw/ships/anna.json': ship('anna', ''.padEnd(3, 'x')),
      'schema/crossings.schema.json': kinds(['departure', 'arrival', 'stop']),
    });
    for (const format of ['text', 'json', 'markdown']) {
      const from = async (base: string): Promise<string> =>
        (await run(folder, 'diff', [...here, '--base', base, '--format', format])).out;
      const said = await from('HEAD');
      expect(said).toContain('bea');
      expect(await from('dist/next')).toBe(said);
    }
  });

  test('in JSON, one object a line; in Markdown, nothing from data is markup, a mention or a link', async () => {
    const folder = repository();
    writeFiles(folder, { 'raw/ships/anna.json': ship('anna', '<b>@ida</b> [x](https://example.org) #1 |') });
    const json = await run(folder, 'diff', [...here, '--base', 'HEAD', '--format', 'json']);
    expect(
      json.out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      {
        kind: 'row',
        change: 'changed',
        record_table: 'ships',
        record_id: 'anna',
        table: 'ships',
        row: ['anna'],
        field: 'name',
        old: 'Anna',
        new: '<b>@ida</b> [x](https://example.org) #1 |',
      },
    ]);
    const { out } = await run(folder, 'diff', [...here, '--base', 'HEAD', '--format', 'markdown']);
    expect(outsideCode(render(out))).not.toMatch(/<b>|<a|@ida|#1/);
    expect(codeTexts(render(out))).toContain('name: "Anna" → "<b>@ida</b> [x](https://example.org) #1 |"');
  });

  test('leaves work tree and index alone', async () => {
    const folder = repository();
    writeFiles(folder, { 'raw/ships/bea.json': ship('bea') });
    const before = git(folder, 'status', '--porcelain=v2');
    await run(folder, 'diff', [...here, '--base', 'HEAD']);
    expect(git(folder, 'status', '--porcelain=v2')).toBe(before);
  });

  test.each([
    ['--output=x', /git knows no commit called "--output=x"/],
    ['nowhere', /git knows no commit called "nowhere"/],
    ['HEAD..HEAD', /git knows no commit called/],
    ['schema', /schema\/datapackage.json: no such file/],
  ])('%s is not a base', async (name, says) => {
    const folder = repository();
    const { err, status } = await run(folder, 'diff', [...here, `--base=${name}`]);
    expect(err).toMatch(says);
    expect(status).toBe(2);
    expect(fs.existsSync(path.join(folder, 'x'))).toBe(false);
  });

  test('a release with a damaged descriptor is reported with its file', async () => {
    const folder = repository();
    await run(folder, 'build', [...here, '--dist', 'dist']);
    const file = path.join(folder, 'dist/next/datapackage.json');
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('"type": "string"', '"type": "text"'));
    const { err, status } = await run(folder, 'diff', [...here, '--base', 'dist/next']);
    expect(err).toMatch(/^diff: dist\/next\/datapackage.json: the field \w+ of \w+ has the unknown type text\n$/);
    expect(status).toBe(2);
  });

  test('a table without rows, which a release leaves out, is not a difference', async () => {
    const folder = freshFolder();
    const stops = { type: 'array', items: { type: 'string' } };
    writeFiles(folder, {
      'schema/ships.schema.json': { type: 'object', properties: { id: { type: 'string' }, stops }, required: ['id'] },
      'raw/ships/anna.json': { id: 'anna' },
    });
    const args = ['--schema', 'schema', '--raw', 'raw', '--layout', 'any'];
    await run(folder, 'build', [...args, '--dist', 'dist']);
    expect(fs.readdirSync(path.join(folder, 'dist/next/csv'))).toEqual(['ships.csv']);
    const { out } = await run(folder, 'diff', [...args, '--base', 'dist/next']);
    expect(out).toBe('no difference\n');
  });

  test('in a shallow clone without the base, the message says so', async () => {
    const folder = repository();
    const first = git(folder, 'rev-parse', 'HEAD').trim();
    commit(folder, 'More', { 'raw/ships/bea.json': ship('bea') });
    const clone = path.join(freshFolder(), 'ferries');
    git(folder, 'clone', '-q', '--depth', '1', `file://${folder}`, clone);
    const { err, status } = await run(clone, 'diff', ['--schema', 'schema', '--raw', 'raw', '--base', first]);
    expect(err).toMatch(
      /git knows no commit .*; this clone is shallow: fetch what is missing with `git fetch --unshallow --tags`/,
    );
    expect(status).toBe(2);
  });
});
