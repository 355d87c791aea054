import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { planViews } from '../../scripts/engine/duckdb/planViews.ts';
import { columnFault } from '../../scripts/engine/duckdb/runChecks.ts';
import { crossing, dataset, here } from '../support/fixture.ts';
import { freshFolder, root, run } from '../support/run.ts';

const crowded = `-- A ship carries 30 cars at most.
SELECT 'crossings' AS "table", id AS record, '/cars' AS pointer, cars || ' cars on ' || ship AS message
FROM crossings
WHERE cars > 30 -- more than there is room for
`;

const says =
  'raw/crossings/monday-ystad.json:7:11 error check: 40 cars on anna (the check "crowded": A ship carries 30 cars at most.)\n';

const validated = async (folder: string, ...more: readonly string[]): ReturnType<typeof run> =>
  run(folder, 'validate', [...here, '--checks', ...more]);

describe('a check', () => {
  test('reports its rows at their fields, in validate --checks', async () => {
    const folder = dataset({ 'schema/checks/crowded.sql': crowded });
    const temporary: string[] = [];
    const real = nodeFileSystem();
    const makeTemporaryFolder = (name: string): string => {
      temporary.push(real.makeTemporaryFolder(name));
      return temporary.at(-1) ?? '';
    };
    const { out, err, status } = await run(folder, 'validate', [...here, '--checks'], {
      fs: { ...real, makeTemporaryFolder },
    });
    expect(out).toBe(says);
    expect(temporary.map((each) => fs.existsSync(each))).toEqual([false]);
    expect(err).toMatch(/; 1 error and 0 warnings\n$/);
    expect(status).toBe(1);
  });

  test('stops a build before it is published', async () => {
    const folder = dataset({ 'schema/checks/crowded.sql': crowded });
    const { out, err, status } = await run(folder, 'build', [...here, '--dist', 'dist']);
    expect(out).toBe(says);
    expect(err).toContain('dist/next is unchanged');
    expect(fs.readdirSync(path.join(folder, 'dist'))).toEqual([]);
    expect(status).toBe(1);
  });

  test('is not run by validate alone', async () => {
    const { out, status } = await run(dataset({ 'schema/checks/broken.sql': 'SELECT' }), 'validate', [...here]);
    expect(out).toBe('');
    expect(status).toBe(0);
  });

  test('can read views, and returns no row if all is well', async () => {
    const folder = dataset({
      'schema/views/laden.sql': 'SELECT id, cars FROM crossings WHERE cars > 50',
      'schema/checks/laden.sql':
        "SELECT 'crossings' AS \"table\", id AS record, NULL AS pointer, 'too full' AS message FROM laden;",
    });
    const { out, status } = await validated(folder);
    expect(out).toBe('');
    expect(status).toBe(0);
  });

  test('finds records in lines, lists and tables without an identifier', async () => {
    const log = { type: 'object', properties: { note: { type: 'string' } } };
    const folder = dataset({
      'schema/log.schema.json': log,
      'raw/log/a.ndjson': '{"note":"calm"}\n{"note":"storm"}\n',
      'schema/checks/storm.sql': `SELECT 'log' AS "table", _file || ' ' || _index AS record, '/note' AS pointer,
        'stormy' AS message FROM log WHERE note = 'storm'`,
    });
    expect((await validated(folder)).out).toBe('raw/log/a.ndjson:2:9 error check: stormy (the check "storm")\n');
    const table = ['--layout', 'any', '--table', 'log=log.schema.json:log/*.json#/all/*'];
    const listed = dataset({
      'schema/log.schema.json': log,
      'raw/log/a.json': { all: [{ note: 'calm' }, { note: 'storm' }] },
      'schema/checks/storm.sql': `SELECT 'log' AS "table", _file || ' ' || _index AS record, '/note' AS pointer,
        'stormy' AS message FROM log WHERE note = 'storm'`,
    });
    expect((await validated(listed, ...table)).out).toBe(
      'raw/log/a.json:7:15 error check: stormy (the check "storm")\n',
    );
  });

  test('is not run while a record has an error', async () => {
    const folder = dataset({
      'schema/checks/crowded.sql': crowded,
      'raw/crossings/monday-ystad.json': { ...crossing, ship: 'bea' },
    });
    const { out, err, status } = await validated(folder);
    expect(out).toMatch(/^raw\/crossings\/monday-ystad.json:4:11 error reference: .*\n$/);
    expect(err).toMatch(/; 1 check not run because of the errors\n$/);
    expect(status).toBe(1);
  });

  test('needs all records', async () => {
    const { err, status } = await validated(dataset({ 'schema/checks/crowded.sql': crowded }), '--changed', 'HEAD');
    expect(err).toContain('--checks needs all records: leave out --changed');
    expect(status).toBe(2);
  });

  test('that returns something that is in no record is itself at fault', async () => {
    const giving = (values: string): string =>
      `-- Head.\n\nSELECT * FROM (VALUES (${values}, 'x')) AS v("table", record, pointer, message)`;
    const wrong: readonly (readonly [values: string, message: string])[] = [
      ["'crossing', 'a', NULL", 'it names "crossing", which is not a table of records (did you mean "crossings"?)'],
      ["NULL, 'a', NULL", 'it returns a row without a table'],
      ["'ships', 'bea', NULL", 'there is no record "bea" in ships'],
      ["'ships', NULL, NULL", 'it returns a row of ships without a record'],
      ["'ships', 'anna', '/nam'", 'the record "anna" of ships has nothing at "/nam"'],
      ["'ships', 'anna', 'name'", 'the record "anna" of ships has nothing at "name"'],
    ];
    const files = wrong.map(([values], i) => [`schema/checks/c${i}.sql`, giving(values)] as const);
    const { out, status } = await validated(dataset(Object.fromEntries(files)));
    const hint = '(correct what the SELECT returns as "table", "record" and "pointer")';
    expect(out).toBe(
      wrong.map(([, message], i) => `schema/checks/c${i}.sql:3:1 error check: ${message} ${hint}\n`).join(''),
    );
    expect(status).toBe(1);
  });

  test.each([
    ['is refused', "\nSELECT getenv('HOME')", /:2:8: a check cannot call getenv\(\)/],
    [
      'fails when it is run',
      `SELECT name::INT AS "table", 1 AS record, 2 AS pointer, 3 AS message FROM ships`,
      /:1:1: Conversion Error/,
    ],
  ])('that %s ends the run at its place', async (_, sql, message) => {
    const { err, status } = await validated(dataset({ 'schema/checks/wrong.sql': sql }));
    expect(err).toMatch(/^validate: schema\/checks\/wrong.sql:/);
    expect(err).toMatch(message);
    expect(status).toBe(2);
  });

  test('is examined before it is run', async () => {
    const wrong: readonly (readonly [sql: string, message: RegExp])[] = [
      [
        'SELECT 1 AS record, 2 AS pointer',
        /^a check returns the columns "table", "record", "pointer" and "message", not "record" and "pointer"$/,
      ],
      ["SELECT * FROM 'a.csv'", /^a check cannot read "a.csv"/],
      ['SELECT 1; SELECT 2', /^a check must be one SELECT$/],
      ['SELECT nothing', /^Referenced column "nothing" was not found/],
      ['SELECT * FROM c0', /^a check cannot read "c0"/],
    ];
    const checks = wrong.map(([sql], i) => ({ name: `c${i}`, sql }));
    const { faults } = await planViews([], [{ name: 'c1', sql: 'SELECT 1' }], checks);
    expect(faults.map(({ kind, view }) => [kind, view])).toEqual(checks.map(({ name }) => ['check', name]));
    for (const [i, [, message]] of wrong.entries()) expect(faults[i]?.message).toMatch(message);
  });
});

test.each([
  [['table', 'record', 'pointer', 'message'], true],
  [['Message', 'pointer', 'record', 'TABLE'], true],
  [['table', 'record', 'pointer'], false],
  [['table', 'record', 'pointer', 'message', 'id'], false],
  [['table', 'record', 'pointer', 'pointer'], false],
])('the columns %j', (columns, sound) => {
  expect(columnFault(columns) === undefined).toBe(sound);
});

describe('the checks of the shipped dataset', () => {
  const strength = 'deployments/2021-12-russian-offensive-175000.json';
  const plan = 'statements/2021-12-us-intelligence-offensive-plan.json';

  /** What `validate` says of the shipped dataset with a change to each of some records. */
  async function changed(
    changes: readonly (readonly [file: string, from: string, to: string])[],
    ...args: readonly string[]
  ): Promise<string> {
    const folder = path.join(freshFolder(), 'demarche');
    for (const part of ['schema', 'raw'])
      fs.cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
    for (const [file, from, to] of changes) {
      const text = fs.readFileSync(path.join(folder, 'raw', file), 'utf8');
      expect(text).toContain(from);
      fs.writeFileSync(path.join(folder, 'raw', file), text.replace(from, to));
    }
    return (await run(folder, 'validate', ['--schema', 'schema', '--raw', 'raw', ...args])).out;
  }

  const conference = 'crosswalk/meetings-conference.json';
  const other = 'deployments/2022-02-03-russian-troops-115000.json';
  const least = 'deployments/2022-02-03-russian-troops-100000.json';
  const denial = 'statements/2022-10-24-lavrov-denials-not-serious.json';

  test('find what the crosswalk lacks, what is stored twice, figures without words, and relations that cannot be', async () => {
    const once = ['claimed_in', '2022-02-03-reznikov-115000-troops'] as const;
    const twice = ['differs_from', '2022-02-03-russian-troops-100000'] as const;
    const relation = ([type, record]: typeof once | typeof twice): string =>
      `"type": "${type}",\n      "record": "${record}"`;
    const out = await changed(
      [
        [conference, '"kind": "conference"', '"kind": "congress"'],
        [other, relation(once), relation(twice)],
        [strength, '"as_written": "175,000 troops"', '"as_written": "176,000 troops"'],
        [strength, '"claimed_in"', '"about"'],
        [least, '"record": "2022-02-03-russian-troops-115000"', '"record": "2022-02-03-russian-troops-100000"'],
        [denial, '"denies"', '"rejects"'],
      ],
      '--checks',
    );
    for (const found of [
      /meetings-conference.json:\d+:\d+ error check: no kind congress of meetings/,
      /annual-meeting.json:\d+:\d+ error check: the kind conference has no row in crosswalk/,
      /115000.json:\d+:\d+ error check: differs_from holds both ways: store it at 2022-02-03-russian-troo/,
      /175000.json:\d+:\d+ error check: the words have the figure 176,000, which is neither/,
      /100000.json:\d+:\d+ error check: the record is related to itself/,
      /175000.json:\d+:\d+ error check: about does not lead from deployments to statements/,
      /not-serious.json:\d+:\d+ error check: a denial denies and does not reject/,
    ])
      expect(out).toMatch(found);
    expect(out.trimEnd().split('\n')).toHaveLength(7);
  });

  test('find a low figure above the high one, and what was said after it was reported', async () => {
    const out = await changed([
      [strength, '"high": 175000,\n    "best_estimate": 175000', '"high": 174000,\n    "best_estimate": 174000'],
      [plan, '"date": "2021-12"', '"date": "2022-02"'],
    ]);
    expect(out).toMatch(/175000.json:\d+:\d+ error at-most: 175000 is more than 174000 at \/personnel\/high/);
    expect(out).toMatch(/plan.json:\d+:\d+ error at-most: "2022-02" is later than "2022-01-17" at \/reported\/date/);
    expect(out.trimEnd().split('\n')).toHaveLength(2);
  });
});
