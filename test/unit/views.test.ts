import process from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { column } from '../../scripts/compile/model.ts';
import { parseJson } from '../../scripts/json/json.ts';
import { allowedInExpressions, allowedInFrom } from '../../scripts/engine/duckdb/viewFunctions.ts';
import { type SyntaxFault, syntaxFault } from '../../scripts/engine/duckdb/viewSyntax.ts';
import { inTime } from '../../scripts/engine/duckdb/instance.ts';
import { planViews } from '../../scripts/engine/duckdb/planViews.ts';
import { literal } from '../../scripts/engine/duckdb/sql.ts';
import { dataset, here } from '../support/fixture.ts';
import { run } from '../support/run.ts';

let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
});

afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

async function faultOf(sql: string): Promise<SyntaxFault | undefined> {
  const rows = (await connection.runAndReadAll(`SELECT json_serialize_sql(${literal(sql)})`)).getRows();
  const parsed = parseJson(String(rows[0]?.[0]));
  return syntaxFault('value' in parsed ? parsed.value : null, new Set(['ships', 'Ports']));
}

test('a process that cannot start is an error for those who wait for it, when they do', async () => {
  const { execPath } = process;
  process.execPath = '/nowhere/node';
  const planning = planViews([], [{ name: 'v', sql: 'SELECT 1' }]);
  process.execPath = execPath;
  // an error that nobody awaits ends a process about now
  for (let turn = 0; turn < 3; turn++) await setImmediate();
  await expect(planning).rejects.toMatchObject({ code: 'ENOENT', path: '/nowhere/node' });
});

describe('a report about views', () => {
  const table = { title: undefined, description: undefined, primaryKey: [], foreignKeys: [], optional: false };
  const ships = { ...table, name: 'ships', columns: [column('id', 'string')] };
  const sound = [{ name: 'v', sql: 'SELECT id FROM ships' }];

  /** Whether a process is started for a task; none can be. */
  async function isPlanned(...task: Parameters<typeof planViews>): Promise<boolean> {
    const { execPath } = process;
    process.execPath = '/nowhere/node';
    const planning = planViews(...task);
    process.execPath = execPath;
    const [{ status }] = await Promise.allSettled([planning]);
    return status === 'rejected';
  }

  test('is kept, and used for the same tables, views and checks only', async () => {
    const kept = new Map<string, string>();
    const report = await planViews([ships], sound, [], kept);
    expect(report).toEqual({ faults: [], stored: [['v', 'SELECT id FROM ships']] });
    expect(await planViews([ships], sound, [], kept)).toEqual(report);
    expect(await isPlanned([ships], sound, [], kept)).toBe(false);
    expect(await isPlanned([ships], sound, [], undefined)).toBe(true);
    const others: readonly Parameters<typeof planViews>[] = [
      [[{ ...ships, columns: [column('id', 'integer')] }], sound],
      [[ships], [{ name: 'v', sql: 'SELECT id AS name FROM ships' }]],
      [[ships], [{ name: 'w', sql: 'SELECT id FROM ships' }]],
      [[ships], sound, sound],
    ];
    for (const [tables, views, checks = []] of others) expect(await isPlanned(tables, views, checks, kept)).toBe(true);
  });

  test('is not kept if there is a fault', async () => {
    const kept = new Map<string, string>();
    const { faults } = await planViews([ships], [...sound, { name: 'w', sql: 'SELECT mast FROM ships' }], [], kept);
    expect(faults).toMatchObject([{ view: 'w' }]);
    expect(kept.size).toBe(0);
  });
});

describe('a view', () => {
  test.each([
    'SELECT id, upper(name) || name FROM ships',
    'FROM PORTS JOIN main.ships USING (id)',
    'SELECT count(*) FILTER (id > 1) OVER (PARTITION BY name ORDER BY id) FROM ships QUALIFY row_number() OVER () < 3',
    'WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n WHERE x < 9) SELECT * FROM n',
    'SELECT * FROM (WITH ships2 AS (FROM ships) FROM ships2), range(3), unnest([1, 2]), (VALUES (1), (2)) AS v(z)',
    "SELECT list_transform([1], x -> x + 1), {'a': 1}.a, name COLLATE NOCASE, DATE '2020-01-01' FROM ships",
    'FROM (PIVOT ships ON id IN (1, 2) USING count(*))',
    "SELECT j.value FROM ships, json_each('[1]') AS j",
    'SELECT DISTINCT ON (id) id FROM ships GROUP BY ALL ORDER BY ALL LIMIT 5',
    'SELECT CASE WHEN id IN (SELECT id FROM ports) THEN 1 END, EXISTS (SELECT 1), coalesce(id, 2) FROM ships',
  ])('can be %s', async (sql) => {
    expect(await faultOf(sql)).toBeUndefined();
  });

  test.each([
    ["SELECT * FROM sniff_csv('a.csv')", /cannot call sniff_csv\(\)/],
    ["SELECT * FROM range(nextval('s'))", /cannot call nextval\(\)/],
    ["SELECT * FROM read_parquet('a')", /cannot call read_parquet\(\)/],
    ["SELECT * FROM main.glob('*')", /cannot call glob\(\)/],
    ["SELECT * FROM query('SELECT 1')", /cannot call query\(\)/],
    ["SELECT * FROM query_table('ships')", /cannot call query_table\(\)/],
    ['SELECT * FROM duckdb_settings()', /cannot call duckdb_settings\(\)/],
    ["SELECT * FROM pragma_table_info('ships')", /cannot call pragma_table_info\(\)/],
    ["SELECT getenv('HOME')", /cannot call getenv\(\)/],
    ["SELECT current_setting('threads') FROM ships", /cannot call current_setting\(\)/],
    ["SELECT (SELECT max(nextval('s')) FROM ships)", /cannot call nextval\(\)/],
    ['SELECT id FROM ships WHERE sleep_ms(9) IS NULL', /cannot call sleep_ms\(\)/],
    ["SELECT list_transform([1], x -> write_log('a'))", /cannot call write_log\(\)/],
    ["SELECT * FROM ships ORDER BY getvariable('x')", /cannot call getvariable\(\)/],
    ['SELECT other.sum(id) FROM ships', /cannot call sum\(\)/],
    ["SELECT * FROM 'a.csv'", /cannot read "a.csv": that is neither/],
    ['WITH a AS (SELECT * FROM (WITH "a.csv" AS (SELECT 1) SELECT 1)) SELECT * FROM \'a.csv\'', /cannot read "a.csv"/],
    ['SELECT * FROM shps', /cannot read "shps": that is neither .* \(did you mean "ships"\?\)$/],
    ['SELECT * FROM sqlite_master', /cannot read "sqlite_master"/],
    ['SELECT * FROM information_schema.tables', /cannot read "information_schema.tables"/],
    ['SELECT * FROM other.main.ships', /cannot read "other.main.ships"/],
    ['SELECT * FROM (SUMMARIZE ships)', /cannot use DESCRIBE, SHOW or SUMMARIZE/],
    ['SHOW TABLES', /cannot use DESCRIBE, SHOW or SUMMARIZE/],
    ['SELECT $1', /cannot hold an expression of the kind PARAMETER/],
    ['SELECT 1; SELECT 2', /must be one SELECT/],
    ["ATTACH 'a.duckdb'", /must be one SELECT/],
    ['SELECT FROM WHERE', /cannot be parsed: syntax error/],
  ])('cannot be %s', async (sql, says) => {
    expect((await faultOf(sql))?.message).toMatch(says);
  });

  test.each([
    ['SELECT nam FROM ships', 'views/v.sql:1:1: Referenced column "nam" not found .* (the most similar names: "name"'],
    ['SELECT s.nam FROM ships AS s', 'does not have a column named "nam" (the most similar names: "name"'],
    [
      '-- Ships.\n-- Columns:\n--   nam: Their names.\nSELECT name FROM ships',
      'describes a column "nam", which the view',
    ],
  ])('with a wrong column is reported with the ones that are meant: %s', async (sql, says) => {
    const { status, err } = await run(dataset({ 'schema/views/v.sql': sql }), 'build', [...here, '--dist', 'dist']);
    for (const part of says.split(' .* ')) expect(err).toContain(part);
    expect(status).toBe(2);
  });

  test('does not run forever, statement after statement', async () => {
    const endless = 'WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n) SELECT * FROM n';
    const work = async (): Promise<void> => {
      await expect(connection.run(endless)).rejects.toThrow(/interrupt/i);
      const result = await connection.stream(endless);
      while ((await result.fetchChunk()) !== null);
    };
    await expect(inTime(connection, 50, work)).rejects.toThrow('it takes longer than 0.05 seconds');
    expect((await connection.runAndReadAll('SELECT 1')).getRows()).toEqual([[1]]);
  });

  test('with a fault is reported with line and column, characters beyond ASCII counted as one', async () => {
    const sql = '-- A view.\n\nSELECT\n  name, /* é */ getenv(name) AS x\nFROM ships\n';
    const { status, err } = await run(dataset({ 'schema/views/v.sql': sql }), 'build', [...here, '--dist', 'dist']);
    expect(err).toMatch(/^build: schema\/views\/v.sql:4:17: a view cannot call getenv\(\): only functions that/m);
    expect(status).toBe(2);
  });

  test.each([
    [
      'ships.sql',
      'SELECT 1 AS x',
      'schema/views/ships.sql:1:1: a table or view is already called "ships": rename this',
    ],
    [
      'Ships.sql',
      'SELECT 1 AS x',
      'schema/views/Ships.sql:1:1: a table or view is already called "ships": rename this',
    ],
    [
      'v.sql',
      'SELECT id, name AS ID FROM ships',
      'schema/views/v.sql:1:1: "id" and "ID" differ only by case: rename one with AS',
    ],
    [
      'v.sql',
      'SELECT * FROM ships AS a JOIN ships AS b ON a.id = b.id',
      'schema/views/v.sql:1:1: two columns are called "id": rename one with AS',
    ],
    ['v.sql', '\n-- nothing\n', 'schema/views/v.sql:1:1: a view must be one SELECT'],
  ])('in %s is refused with a place in its file and what to do', async (name, sql, says) => {
    const folder = dataset({ [`schema/views/${name}`]: sql });
    const { status, err } = await run(folder, 'build', [...here, '--quiet', '--dist', 'dist']);
    expect(err).toContain(`build: ${says}`);
    expect(status).toBe(2);
  });
});

/** Parsed as functions, although DuckDB does not list them. */
const operators = new Set(['coalesce', 'grouping', 'grouping_id', 'if', 'ifnull', 'try']);

test('the functions that views can call are functions of DuckDB', async () => {
  const of = async (types: string): Promise<ReadonlySet<string>> => {
    const sql = `SELECT DISTINCT lower(function_name) FROM duckdb_functions() WHERE function_type IN (${types})`;
    return new Set((await connection.runAndReadAll(sql)).getRows().map(([name]) => String(name)));
  };
  const called = await of("'scalar', 'aggregate', 'macro', 'table'");
  const read = await of("'table', 'table_macro', 'macro', 'scalar'");
  expect([...allowedInExpressions].filter((name) => !called.has(name) && !operators.has(name))).toEqual([]);
  expect([...allowedInFrom].filter((name) => !read.has(name))).toEqual([]);
});
