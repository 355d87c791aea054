import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { openRelease } from '../support/reconstruct.ts';
import { root } from '../support/run.ts';

type Connection = Awaited<ReturnType<typeof openRelease>>;
type Row = Readonly<Record<string, unknown>>;

const release = inject('shipped');
const flat = ['corroboration', 'dyads', 'entities', 'events', 'troop_claims'];
let connection: Connection;

beforeAll(async () => {
  connection = await openRelease(release, 'demarche.duckdb');
  await connection.run('USE release');
});

async function rowsOf(sql: string): Promise<readonly Row[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}

/** The rows that answer a question in schema/examples, each cut down to some columns. */
async function answer(question: string, columns: readonly string[]): Promise<readonly (readonly unknown[])[]> {
  const rows = await rowsOf(fs.readFileSync(path.join(release, 'examples', `${question}.sql`), 'utf8'));
  return rows.map((row) => columns.map((column) => row[column]));
}

describe('the questions of the dataset', () => {
  test('who speaks to whom', async () => {
    const rows = await answer('who_speaks_to_whom', ['link', 'source', 'target', 'events']);
    expect(rows).toContainEqual(['target', 'RU', 'UA', '4']);
    expect(rows).toContainEqual(['target', 'UA', 'RU', '1']);
    expect(rows).toContainEqual(['addressee', 'RU', 'TR', '3']);
    expect(rows).toContainEqual(['meeting', 'CN', 'RU', '1']);
    expect(rows).toContainEqual(['meeting', 'RU', 'US', '5']);
  });

  test('troop claims with their ranges', async () => {
    expect(await answer('troop_claims_with_ranges', ['low', 'best', 'high', 'comparator', 'claimants'])).toEqual([
      ['175000', '175000', '175000', 'exactly', 'Intelligence services of the United States'],
      ['100000', null, null, 'more_than', null],
      ['0', '0', '0', 'exactly', 'Oleksii Reznikov'],
      ['30000', '30000', '30000', 'exactly', 'Jens Stoltenberg'],
      ['115000', '115000', '115000', 'about', 'Oleksii Reznikov'],
      ['100000', null, null, 'at_least', null],
    ]);
  });

  test('denials by side', async () => {
    expect(await answer('denials_by_side', ['side', 'id'])).toEqual([
      ['nato', '2022-10-western-dirty-bomb-denial'],
      ['russia', '2022-01-17-lavrov-false-flag-denial'],
      ['russia', '2022-01-russia-invasion-denial'],
      ['russia', '2022-10-24-lavrov-denials-not-serious'],
      ['ukraine', '2022-02-03-reznikov-no-attack-plans'],
    ]);
  });

  test('claims with more than one independent source', async () => {
    expect(await answer('claims_with_independent_sources', ['id', 'independent_sources'])).toEqual([
      ['2022-10-21-austin-shoigu-call', '2'],
      ['2022-10-23-akar-shoigu-call', '2'],
      ['2022-10-23-austin-shoigu-call', '2'],
      ['2022-10-23-lecornu-shoigu-call', '2'],
      ['2022-10-23-wallace-shoigu-call', '2'],
      ['2022-10-23-shoigu-dirty-bomb-warning', '2'],
    ]);
  });

  test('contradicting figures', async () => {
    const rows = await answer('contradicting_figures', ['type', 'low', 'claim', 'other_low', 'other_claim']);
    expect(rows.filter(([type]) => type === 'differs_from')).toEqual([
      ['differs_from', '100000', '2022-02-03-russian-troops-100000', '115000', '2022-02-03-russian-troops-115000'],
    ]);
  });

  test('where records disagree', async () => {
    const rows = await answer('where_records_disagree', ['type', 'record', 'other']);
    const count = (wanted: string): number => rows.filter(([type]) => type === wanted).length;
    expect(['denies', 'rejects', 'contradicts', 'differs_from'].map(count)).toEqual([6, 2, 0, 1]);
    expect(rows).toContainEqual([
      'differs_from',
      '2022-02-03-russian-troops-100000',
      '2022-02-03-russian-troops-115000',
    ]);
  });

  test('forces that are there against those that are planned', async () => {
    const rows = await answer('held_and_planned_troops', ['held', 'status', 'low']);
    expect(rows.filter(([held]) => held === true)).toHaveLength(8);
    expect(rows).toContainEqual([false, 'planned', '175000']);
    expect(rows).toContainEqual([false, 'expected', '30000']);
    expect(rows).toContainEqual([false, 'possible', null]);
  });

  test('the lag from said to reported', async () => {
    const rows = await answer('lag_from_said_to_reported', ['id', 'least_days', 'most_days']);
    expect(rows[0]).toEqual(['2021-12-us-intelligence-offensive-plan', '17', '47']);
    expect(rows).toContainEqual(['2022-01-14-kirby-false-flag-plan', '3', '3']);
    // nothing says when it was said first
    expect(rows).toContainEqual(['2022-01-biden-sanctions-threat', '0', null]);
    expect(rows.every(([, least, most]) => most === null || Number(least) <= Number(most))).toBe(true);
  });

  test('everything about Belarus, through its city, its border and its forces too', async () => {
    const rows = await answer('everything_about_belarus', ['id', 'through']);
    expect(rows).toHaveLength(12);
    expect(rows).toContainEqual(['2022-02-03-shoigu-minsk-visit', 'Belarus (location), Minsk (location)']);
    expect(rows).toContainEqual([
      '2022-02-10-russia-belarus-war-games',
      'Armed forces of Belarus (force), Belarus (place_at)',
    ]);
    expect(rows).toContainEqual([
      '2022-02-03-no-battle-groups-belarus-border',
      'Border of Ukraine with Belarus (place_at)',
    ]);
  });

  test('a map', async () => {
    const rows = await answer('map_of_events', ['latitude', 'longitude', 'geo_precision', 'ids']);
    expect(rows).toContainEqual([53.9, 27.56667, 'city', '2022-02-03-shoigu-minsk-visit']);
    expect(rows.map(([, , precision]) => precision)).toEqual(expect.arrayContaining(['country', 'border', 'region']));
  });

  test('actors by country', async () => {
    const rows = await answer('actors_by_country', ['country', 'actor', 'wikidata_id', 'acts', 'is_target']);
    expect(rows).toContainEqual(['RU', 'Government of Russia', null, '14', '17']);
    expect(rows).toContainEqual(['(nato)', 'Jens Stoltenberg', 'Q57665', '6', '0']);
  });
});

describe('the flat tables', () => {
  test('have one row an event', async () => {
    const [counted] = await rowsOf(
      `SELECT (SELECT count(*) FROM events) AS events, (SELECT count(DISTINCT (table_name, id)) FROM events) AS different,
       (SELECT count(*) FROM statements) + (SELECT count(*) FROM meetings) + (SELECT count(*) FROM deployments) AS records`,
    );
    expect(counted?.['events']).toBe(counted?.['records']);
    expect(counted?.['different']).toBe(counted?.['records']);
  });

  test('name who acts, with a side, in every event, and count a source for it', async () => {
    expect(
      await rowsOf(
        'SELECT id FROM events WHERE actors IS NULL OR actor_sides IS NULL OR sources IS NULL OR sources < 1',
      ),
    ).toEqual([]);
  });

  test('give both ends of each dyad a side', async () => {
    expect(await rowsOf('SELECT id FROM dyads WHERE source_side IS NULL OR target_side IS NULL')).toEqual([]);
  });

  test('describe each of their columns, and no other', async () => {
    const rows = await rowsOf(
      `SELECT table_name AS view, column_name AS name, comment FROM duckdb_columns()
       WHERE database_name = 'release' AND schema_name = 'main' AND table_name IN ('${flat.join("','")}')`,
    );
    expect(new Set(rows.map(({ view }) => view))).toEqual(new Set(flat));
    expect(rows.filter(({ comment }) => comment === null)).toEqual([]);
    const codebook = fs.readFileSync(path.join(release, 'CODEBOOK.md'), 'utf8');
    for (const { name } of rows) expect(codebook).toContain(`| \`${String(name)}\` |`);
  });
});

test('the coding rules give each code a definition, an example and what it is not', async () => {
  const rules = fs.readFileSync(path.join(root, 'schema/CODING.md'), 'utf8').replaceAll(/\n +/g, ' ');
  const codes = await rowsOf(
    `SELECT DISTINCT table_name, column_name, code FROM codelists
     WHERE table_name <> 'reliability'
     AND NOT regexp_matches(column_name, 'cameo_root|plover_type|country_code|^code$|date_precision$|_table$|applies_to')`,
  );
  expect(codes.length).toBeGreaterThan(100);
  const lacks = codes.filter(({ code }) => {
    const at = rules.search(new RegExp(`\`${String(code)}\`(?:: |\\. Example)`));
    return at < 0 || !/Example: [^\n]+? Not: /.test(rules.slice(at, rules.indexOf('\n', at)));
  });
  expect(lacks).toEqual([]);
});

describe('the reliability of the coding', () => {
  test('covers each table for all three pairs of codings of both rounds', async () => {
    const rows = await rowsOf(
      `SELECT first_coding, second_coding, count(DISTINCT compared_table) AS tables,
       count(*) FILTER (compared_field IN ('/kind', '/status', '/reported/date')) AS fields
       FROM reliability GROUP BY ALL ORDER BY ALL`,
    );
    expect(rows).toEqual(
      [
        ['dataset', 'coder_a'],
        ['dataset', 'coder_b'],
        ['dataset', 'coder_c'],
        ['dataset', 'coder_d'],
        ['coder_a', 'coder_b'],
        ['coder_c', 'coder_d'],
      ].map(([first, second]) => ({ first_coding: first, second_coding: second, tables: '3', fields: '8' })),
    );
  });

  test('has an alpha that fits its agreement', async () => {
    expect(
      await rowsOf(
        `SELECT id FROM reliability WHERE krippendorff_alpha = 1 AND percent_agreement < 100
         OR krippendorff_alpha < 1 AND percent_agreement = 100
         OR krippendorff_alpha IS NULL AND percent_agreement < 100`,
      ),
    ).toEqual([]);
  });

  test('says in schema/README what the table says', async () => {
    const readme = fs.readFileSync(path.join(root, 'schema/README.md'), 'utf8');
    const section = readme.slice(readme.indexOf('## How reliable the coding is'), readme.indexOf('All coders were'));
    const rounds = section.split(/^(?=\| field )/m).slice(1);
    expect(rounds).toHaveLength(2);
    for (const round of rounds) {
      const [head = [], ...rows] = [...round.matchAll(/^\| (.+?) +\|$/gm)].map(([, cells = '']) =>
        cells.split(/ +\| +/),
      );
      expect(rows.length).toBeGreaterThan(7);
      for (const [field, ...figures] of rows.slice(1))
        expect([field, ...figures]).toEqual([field, ...(await figuresOf(field ?? '', head.slice(1)))]);
    }
  });
});

/** What the table says of a field such as "kind of a meeting", for pairs of codings such as "dataset and A". */
async function figuresOf(field: string, pairs: readonly string[]): Promise<readonly string[]> {
  const [name, kindOfRecord] = field.split(' of a ');
  const rows = await rowsOf(
    `SELECT first_coding AS a, second_coding AS b, percent_agreement AS percent, krippendorff_alpha AS alpha
     FROM reliability
     WHERE compared_table = '${kindOfRecord}s' AND regexp_matches(compared_field, '^/${name}(/actor|/[*])?$')`,
  );
  const coding = (letter: string): string => (letter === 'dataset' ? letter : `coder_${letter.toLowerCase()}`);
  return pairs.flatMap((pair) => {
    const [first, second] = pair.split(' and ').map(coding);
    const { percent, alpha } = rows.find(({ a, b }) => a === first && b === second) ?? {};
    return `${String(percent)} %, α ${Number(alpha).toFixed(3).replace('-', '−')}`;
  });
}
