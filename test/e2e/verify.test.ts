import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { list } from '../../scripts/base/text.ts';
import { fileFormats } from '../../scripts/engine/duckdb/formats/index.ts';
import { parseJson } from '../../scripts/json/json.ts';
import { type FormatName, exportFormats, exportedFile } from '../../scripts/release/exportFormats.ts';
import { readDescriptor } from '../../scripts/verify/descriptor.ts';
import { bytesScript, dataScript } from '../../scripts/write/explorer/script.ts';
import { readModel, readScript } from '../support/explorer.ts';
import { ask } from '../../scripts/verify/ask.ts';
import { failingTexts, timeForPatterns } from '../../scripts/verify/tables.ts';
import { crossing, dataset as newDataset, document, here, records, schemas, sha256 } from '../support/fixture.ts';
import { withDuckDb } from '../support/duckdb.ts';
import { freshFolder, run, type Run, writeFiles } from '../support/run.ts';

let built = '';
let viewed = '';
let sources = '';

const view = "-- Ports by name.\nSELECT id, upper(name) AS name FROM ports WHERE id <> '' ORDER BY name\n";
const typed = `-- Values of many types.
-- Columns:
-- whole: A whole number,
-- of any size.
SELECT id AS crossing, length * 2 AS twice, sum(cars) OVER () AS whole, cars > 1 AS many, on_earliest AS day,
  '' AS nothing, NULL::INTEGER AS none, [id, 'a,"b"'] AS several, {'x': 1.5::DECIMAL(4, 1)} AS one,
  TIMESTAMP '2022-02-28 12:00:00.5' AS moment, kind
FROM crossings
`;
const contributors = [{ givenName: 'Åsa', familyName: 'Berg', roles: ['author'] }];

beforeAll(async () => {
  built = fs.mkdtempSync(path.join(os.tmpdir(), 'verify-'));
  sources = path.join(built, 'sources');
  writeFiles(built, { ...schemas, ...records, 'sources/gazette.txt': document });
  const done = { status: 0, out: '', err: '' };
  expect(await run(built, 'build', [...here, '--quiet', '--dist', 'dist'])).toEqual(done);
  viewed = path.join(built, 'with views');
  writeFiles(viewed, {
    ...schemas,
    'schema/dataset.json': { ...schemas['schema/dataset.json'], contributors },
    'schema/views/by_name.sql': view,
    'schema/views/counted.sql': '-- How many.\nSELECT count(*) AS n FROM by_name',
    'schema/views/gone.sql': 'SELECT id FROM ships;',
    'schema/views/remarked.sql': '-- One.\nWITH one AS (SELECT 1 AS x) SELECT x FROM one',
    'schema/views/typed.sql': typed,
    'sources/gazette.txt': document,
    ...records,
  });
  expect(await run(viewed, 'build', [...here, '--quiet', '--dist', 'dist'])).toEqual(done);
});

afterAll(() => fs.rmSync(built, { recursive: true }));

/** A copy of a release that can be damaged. */
function copy(of = built, name = 'release'): string {
  const folder = path.join(freshFolder(), name);
  fs.cpSync(fs.realpathSync(path.join(of, 'dist/next')), folder, { recursive: true });
  return folder;
}

async function verify(folder: string, ...args: readonly string[]): Promise<Run> {
  return run(path.dirname(folder), 'verify', ['--release', folder, ...args]);
}

function filesOf(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => path.relative(folder, path.join(e.parentPath, e.name)))
    .toSorted();
}

/**
 * Updates `SHA256SUMS`, and sizes and digests in the metadata, to the files as they are: what a careful forger does.
 */
function reseal(folder: string): void {
  const digest = (name: string): string => sha256(fs.readFileSync(path.join(folder, name)));
  const at = path.join(folder, 'datapackage.json');
  const descriptor = JSON.parse(fs.readFileSync(at, 'utf8')) as {
    resources: {
      path: string;
      format: string;
      derived?: boolean;
      bytes?: number;
      hash?: string;
      contentHash?: string;
    }[];
  };
  const lines = (names: readonly string[]): string => names.map((name) => `${digest(name)}  ${name}\n`).join('');
  for (const resource of descriptor.resources) {
    if (resource.format === 'duckdb') {
      const csv = descriptor.resources.filter((r) => r.format === 'csv' && r.derived !== true).map((r) => r.path);
      resource.contentHash = `sha256:${sha256(lines(csv.toSorted()))}`;
    } else {
      resource.bytes = fs.statSync(path.join(folder, resource.path)).size;
      resource.hash = `sha256:${digest(resource.path)}`;
    }
  }
  fs.writeFileSync(at, `${JSON.stringify(descriptor, null, 2)}\n`);
  for (const name of ['croissant.json', 'schema.jsonld']) {
    editJson(name, (metadata) => {
      for (const file of metadata.distribution) {
        if (file.sha256 === undefined || !fs.existsSync(path.join(folder, file.contentUrl))) continue;
        file.sha256 = digest(file.contentUrl);
        file.contentSize = `${fs.statSync(path.join(folder, file.contentUrl)).size} B`;
      }
    })(folder);
  }
  sealSums(folder);
}

/** Updates `SHA256SUMS` to the files as they are. */
function sealSums(folder: string): void {
  const names = filesOf(folder).filter((name) => name !== 'SHA256SUMS');
  const lines = names.map((name) => `${sha256(fs.readFileSync(path.join(folder, name)))}  ${name}\n`);
  fs.writeFileSync(path.join(folder, 'SHA256SUMS'), lines.join(''));
}

interface Metadata {
  readonly distribution: { contentUrl: string; contentSize?: string; sha256?: string }[];
  readonly resources: { format: string; views?: { name: string; sql: string }[] }[];
}

/** Changes the value of a JSON file. */
function editJson(file: string, to: (value: Metadata) => void): (folder: string) => void {
  return (folder) => {
    const at = path.join(folder, file);
    const value = JSON.parse(fs.readFileSync(at, 'utf8')) as Metadata;
    to(value);
    fs.writeFileSync(at, `${JSON.stringify(value, null, 2)}\n`);
  };
}

function edit(file: string, from: string | RegExp, to: string): (folder: string) => void {
  return (folder) => {
    const text = fs.readFileSync(path.join(folder, file), 'utf8');
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    fs.writeFileSync(path.join(folder, file), changed);
  };
}

function editDescriptor(change: (table: string, schema: Schema) => void): (folder: string) => void {
  return (folder) => {
    const at = path.join(folder, 'datapackage.json');
    const before = fs.readFileSync(at, 'utf8');
    const descriptor = JSON.parse(before) as { resources: { name: string; schema?: Schema }[] };
    for (const { name, schema } of descriptor.resources) if (schema !== undefined) change(name, schema);
    expect(JSON.stringify(descriptor)).not.toBe(JSON.stringify(JSON.parse(before)));
    fs.writeFileSync(at, JSON.stringify(descriptor));
  };
}

interface Schema {
  fields: { name: string; type: string; constraints?: Record<string, unknown> }[];
  primaryKey?: string[];
  foreignKeys?: unknown[];
}

function constrain(table: string, field: string, constraints: Record<string, unknown>): (folder: string) => void {
  return editDescriptor((name, { fields }) => {
    for (const f of fields)
      if (name === table && f.name === field) f.constraints = { ...f.constraints, ...constraints };
  });
}

/** Runs SQL on the database of a release, which is attached as `r`. */
function sql(...statements: readonly string[]): (folder: string) => Promise<void> {
  return async (folder) =>
    withDatabase(folder, async (connection) => {
      for (const statement of statements) await connection.run(statement.replaceAll('FOLDER', folder));
    });
}

async function withDatabase(folder: string, work: (connection: DuckDBConnection) => Promise<void>): Promise<void> {
  await withDuckDb(async (connection) => {
    await connection.run(`ATTACH '${path.join(folder, 'ferries.duckdb')}' AS r`);
    await connection.run('USE r');
    await work(connection);
  });
}

const facts = {
  name: 'ferries',
  version: '1.2.3',
  title: 'Ferries',
  commit: null,
  date: null,
  license: 'CC0-1.0',
  citation: '',
  schemas: '',
};

/** Writes the rows of a query over the database into the file of a table, as a build writes it. */
function rewrite(format: FormatName, name: string, query: string): (folder: string) => Promise<void> {
  return async (folder) => {
    const parsed = parseJson(fs.readFileSync(path.join(folder, 'datapackage.json'), 'utf8'));
    const read = readDescriptor('value' in parsed ? parsed.value : null);
    if ('message' in read) throw new Error(read.message);
    const table = [...read.tables, ...read.derived].map((each) => each.table).find((each) => each.name === name);
    if (table === undefined) throw new Error(`there is no table ${name}`);
    const file = path.join(folder, exportedFile(format, name));
    const rows = { query, table, size: { rows: 2, bytes: 100 }, facts };
    await withDatabase(folder, async (connection) => fileFormats[format].write(connection, file, rows));
  };
}

/** The problem of a file that alone differs from the others of its table. */
function unlike(format: 'csv' | FormatName, table: string): RegExp {
  const files = ['csv', ...exportFormats.map(({ name }) => name)].map((name) => `${name}/${table}.${name}`);
  const file = `${format}/${table}.${format}`;
  const others = [...files.filter((each) => each !== file), 'ferries.duckdb'];
  return new RegExp(`${file}:1:1 .*not those of ${list(others)}`);
}

const metadata = (version: string): string =>
  `(FORMAT parquet, KV_METADATA {dataset: 'ferries', version: '${version}'})`;

const all =
  (...changes: readonly ((folder: string) => unknown)[]) =>
  async (folder: string): Promise<void> => {
    for (const each of changes) await each(folder);
  };

describe('a release as it was built', () => {
  test('passes, even if the sources are not available', async () => {
    const folder = copy();
    const held = await verify(folder, '--sources', sources, '--require-sources');
    expect(held.out + held.err).toMatch(
      /^verify: \d+ files; 8 tables with 22 rows; all 1 distinct span compared with the sources; 0 errors and 0 warnings\n$/,
    );
    expect(held.status).toBe(0);
    const alone = await verify(folder, '--sources', freshFolder());
    expect(alone.err).toMatch(/0 of 1 distinct span compared with the sources, 1 not checked: texts not available/);
    expect(alone.status).toBe(0);
    const required = await verify(folder, '--sources', freshFolder(), '--require-sources');
    expect(required.out).toMatch(/csv\/papers.csv:2:1 error document: the text of "gazette.txt" is not available\n$/);
    expect(required.status).toBe(1);
  });

  test('passes with texts that begin with a byte order mark', async () => {
    const folder = newDataset({
      'raw/ports/ystad.json': { id: 'ystad', name: '\uFEFFYstad' },
      'schema/views/marked.sql': '-- Ports.\nSELECT id, name, [name] AS names, chr(65279) || id AS mark FROM ports',
    });
    const flags = [...here, '--layout', 'any', '--quiet', '--dist', 'dist'];
    expect(await run(folder, 'build', flags)).toMatchObject({ status: 0, out: '' });
    const release = path.join(folder, 'dist/next');
    expect(fs.readFileSync(path.join(release, 'csv/marked.csv'), 'utf8')).toContain('ystad,"\uFEFFYstad",');
    expect(await run(folder, 'verify', ['--release', release, '--quiet'])).toMatchObject({ status: 0, out: '' });
  });

  test('looks up the lines of few of many rows with the same fault', async () => {
    const ids = Array.from({ length: 60 }, (_, i) => `paper-${i + 10}`);
    const [span] = crossing.evidence;
    const papers = ids.map((id) => [
      `raw/papers/${id}.json`,
      { id, document: { file: `${id}.txt`, sha256: sha256(id) } },
    ]);
    const folder = newDataset({
      ...Object.fromEntries(papers),
      'raw/crossings/monday-ystad.json': { ...crossing, evidence: ids.map((source) => ({ ...span, source })) },
    });
    await run(folder, 'build', ['--schema', 'schema', '--raw', 'raw', '--quiet', '--dist', 'dist']);
    const { out } = await verify(path.join(folder, 'dist/next'), '--sources', freshFolder(), '--require-sources');
    expect(out.match(/is not available/g)).toHaveLength(20);
    expect(out).toMatch(/csv\/papers.csv:1:1 error document: and 40 more rows of the same kind\n/);
  });

  test.each([
    ['nothing', {}],
    ['something else', { 'a.csv': 'x\n' }],
  ])('is not found in a folder with %s: exit status 2', async (_, files) => {
    const folder = freshFolder();
    writeFiles(folder, files);
    const { status, err } = await verify(folder);
    expect(err).toMatch(/^verify: no release at .*: it has neither SHA256SUMS nor datapackage.json\n$/);
    expect(status).toBe(2);
    expect((await verify(path.join(folder, 'nowhere'))).status).toBe(2);
  });
});

describe('sources without a document, as the schema has it', () => {
  const file = 'schema/papers.schema.json';
  const { properties, ...rest } = schemas[file] as { readonly properties: { readonly document: object } };
  const { 'x-document': _, ...unmarked } = properties.document as Record<string, unknown>;
  test.each([
    ['a source that has none', { ...rest, properties, required: ['id'] }, { id: 'gazette' }],
    [
      'a file and its digest that are not called a document',
      { ...rest, properties: { ...properties, document: unmarked } },
      records['raw/papers/gazette.json'],
    ],
  ])('%s', async (_name, schema, gazette) => {
    const folder = freshFolder();
    writeFiles(folder, { ...schemas, [file]: schema, ...records, 'raw/papers/gazette.json': gazette ?? {} });
    const build = await run(folder, 'build', ['--schema', 'schema', '--raw', 'raw', '--dist', 'dist']);
    expect(build.status, build.out + build.err).toBe(0);
    const { out, status } = await run(folder, 'verify', ['--release', 'dist/next']);
    expect(out).toBe('');
    expect(status).toBe(0);
  });
});

describe('damage', () => {
  test('of one bit in any file is reported with the name of the file', async () => {
    const folder = copy();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...filesOf(folder)), fc.nat(), fc.nat(7), async (name, place, bit) => {
        const at = path.join(folder, name);
        const whole = fs.readFileSync(at);
        const damaged = Buffer.from(whole);
        damaged[place % damaged.length] = (damaged[place % damaged.length] ?? 0) ^ (1 << bit);
        fs.writeFileSync(at, damaged);
        const { status, out, err } = await verify(folder);
        fs.writeFileSync(at, whole);
        expect(out).toContain(name);
        expect(err).not.toMatch(/\n +at /);
        expect(status).toBe(1);
      }),
      { numRuns: 30 },
    );
  });

  test.each<[string, (folder: string) => unknown, RegExp]>([
    ['a missing file', (f) => fs.rmSync(path.join(f, 'CODEBOOK.md')), /CODEBOOK.md:1:1 .*it is missing/],
    ['a file besides', (f) => writeFiles(f, { 'csv/x.csv': '' }), /csv\/x.csv:1:1 .*SHA256SUMS does not list it/],
    ['a link', (f) => fs.symlinkSync('CODEBOOK.md', path.join(f, 'x')), /x:1:1 .*not a regular file/],
    ['no digests', (f) => fs.rmSync(path.join(f, 'SHA256SUMS')), /SHA256SUMS:1:1 .*it is missing/],
    ['no descriptor', (f) => fs.rmSync(path.join(f, 'datapackage.json')), /datapackage.json:1:1 .*it is missing/],
    [
      'a path that leads out',
      edit('SHA256SUMS', /  CODEBOOK.md/, '  ../CODEBOOK.md'),
      /SHA256SUMS:1:1 .*leaves the release/,
    ],
    ['a file listed twice', edit('SHA256SUMS', /^(.*\n)/, '$1$1'), /SHA256SUMS:2:1 .*listed twice/],
  ])('%s', async (_, damage, says) => {
    const folder = copy();
    damage(folder);
    const { status, out } = await verify(folder);
    expect(out).toMatch(says);
    expect(status).toBe(1);
  });
});

describe('a forgery with correct digests is reported', () => {
  test.each<[string, (folder: string) => unknown, RegExp]>([
    ['a changed cell', edit('csv/crossings.csv', ',40,', ',41,'), unlike('csv', 'crossings')],
    [
      'a value of another type',
      edit('csv/crossings.csv', ',40,', ',x,'),
      /csv\/crossings.csv:2:1 error type: "cars" is "x", which is not of the type integer/,
    ],
    [
      'a code that is none',
      edit('csv/crossings.csv', 'departure', 'depart'),
      /csv\/crossings.csv:2:1 error enum: "kind" is "depart", none of the codes/,
    ],
    ['a code with NUL', constrain('crossings', 'cars', { enum: ['a\0b'] }), /datapackage.json:1:1 .*NUL/],
    [
      'a bound that is no number',
      constrain('crossings', 'cars', { minimum: '5; DROP' }),
      /datapackage.json:1:1 .*"minimum" of field cars of crossings is not a number/,
    ],
    [
      'no code among 300,000',
      constrain('crossings', 'kind', { enum: Array.from({ length: 300_000 }, (_, i) => `code ${i}`) }),
      /"kind" is "departure", none of the codes/,
    ],
    ['a value too small', edit('csv/crossings.csv', ',40,', ',-4,'), /"cars" is "-4", less than 0/],
    [
      'a value that is missing',
      edit('csv/ships.csv', 'Anna', ''),
      /csv\/ships.csv:2:1 error required: "name" is empty, but a value is required/,
    ],
    [
      'a text against its pattern',
      edit('csv/ships.csv', 'anna', 'ANNA'),
      /csv\/ships.csv:2:1 error pattern: "id" is "ANNA", which its pattern/,
    ],
    [
      'a day that is none',
      edit('csv/crossings.csv', /(2022-02-28,)2022-02-28/, '$12022-02-30'),
      /"on_earliest" is "2022-02-30", which is not of the type date/,
    ],
    [
      'a row twice',
      edit('csv/ports.csv', /(trelleborg.*\n)/, '$1$1'),
      /csv\/ports.csv:\d:1 error unique-id: a second row with the key "trelleborg"/,
    ],
    [
      'a reference that dangles',
      edit('csv/crossings.csv', ',anna,', ',berta,'),
      /csv\/crossings.csv:2:1 error reference: "ship": no row of ships has "berta"/,
    ],
    [
      'a record with another value in a list below it',
      edit('records/crossings.ndjson', '"Ida"', '"Eva"'),
      /records\/crossings.ndjson:1:1 .*not the one that "crossings" and the tables below it hold/,
    ],
    [
      'a record too few',
      edit('records/ports.ndjson', /^.*\n/, ''),
      /records\/ports.ndjson:1:1 .*not the one that "ports"/,
    ],
    ['a record too many', edit('records/ports.ndjson', /(.*\n)$/, '$1$1'), /ndjson:3:1 .*"ports" has no row for this/],
    [
      'no last record',
      edit('records/ports.ndjson', /.*\n$/, ''),
      /ndjson:1:1 .*"ports" has rows that are in no record/,
    ],
    ['a record that is no JSON', edit('records/ships.ndjson', '{', '['), /records\/ships.ndjson:1:1 .*not JSON/],
    [
      'records of no table',
      (f) => writeFiles(f, { 'records/x.ndjson': '' }),
      /x.ndjson:1:1 .*mapping.json does not name/,
    ],
    ['no mapping', (f) => fs.rmSync(path.join(f, 'mapping.json')), /mapping.json:1:1 .*it is missing/],
    [
      'a mapping to another column',
      edit('mapping.json', '"column": "name"', '"column": "id"'),
      /records\/(?:ports|ships).ndjson:1:1 .*not the one/,
    ],
    [
      'a mapping to a table that is not there',
      edit('mapping.json', '"list": "crossings_stops"', '"list": "stops"'),
      /mapping.json:1:1 .*the table stops is not described/,
    ],
    ['another schema', edit('schema/ships.schema.json', 'Ships', 'Boats'), /ferries.duckdb:1:1 .*schemas_sha256/],
    [
      'a row of provenance without its record',
      edit('csv/provenance.csv', 'monday-ystad', 'tuesday'),
      /csv\/provenance.csv:2:1 error reference: no row of "crossings" is "tuesday"/,
    ],
    [
      'a header of other names',
      edit('csv/ships.csv', 'id,name', 'name,id'),
      /csv\/ships.csv:1:1 .*its header is not "id,name"/,
    ],
    ['a field too many', edit('csv/ships.csv', 'Anna', 'Anna,x'), /csv\/ships.csv:2:1 .*not a CSV file with 2 fields/],
    ...exportFormats.flatMap(({ name, title }): [string, (folder: string) => unknown, RegExp][] => [
      [
        `a dropped row of ${title}`,
        rewrite(name, 'ports', 'SELECT * FROM ports LIMIT 1'),
        new RegExp(`${name}/ports.${name}:1:1 .*1 row, but datapackage.json says 2`),
      ],
      [
        `another order in ${title}`,
        rewrite(name, 'ports', 'SELECT * FROM ports ORDER BY id DESC'),
        unlike(name, 'ports'),
      ],
    ]),
    [
      'another type in Parquet',
      sql(
        `COPY (SELECT * REPLACE (cars::INTEGER AS cars), kind::VARCHAR AS kind FROM crossings) TO 'FOLDER/parquet/crossings.parquet' ${metadata('1.2.3')}`,
      ),
      /parquet\/crossings.parquet:1:1 .*column \d+ is/,
    ],
    [
      'another version in Parquet',
      sql(`COPY ports TO 'FOLDER/parquet/ports.parquet' ${metadata('1.2.4')}`),
      /parquet\/ports.parquet:1:1 .*its metadata says version 1.2.4/,
    ],
    [
      'a changed row in DuckDB',
      sql("UPDATE crossings_stops_crew SET value = 'Eva' WHERE value = 'Ida'"),
      /ferries.duckdb:1:1 .*rows of "crossings_stops_crew" are not those of csv/,
    ],
    [
      'another version in DuckDB',
      sql("UPDATE dataset SET version = '1.2.4'"),
      /ferries.duckdb:1:1 .*table dataset says .*1.2.4/,
    ],
    [
      'one more table in DuckDB',
      sql('CREATE TABLE more (x INTEGER)'),
      /ferries.duckdb:1:1 .*does not describe its table "more"/,
    ],
    ['one table less in DuckDB', sql('DROP TABLE codelists'), /ferries.duckdb:1:1 .*table "codelists" is missing/],
    [
      'a constraint that is gone',
      constrain('ships', 'name', { required: undefined }),
      /ferries.duckdb:1:1 .*table "ships": lacks column 2 name VARCHAR and has column 2 name VARCHAR NOT NULL/,
    ],
    [
      'a constraint that is wrong',
      constrain('crossings', 'cars', { maximum: 39 }),
      /csv\/crossings.csv:2:1 error range: "cars" is "40", more than 39/,
    ],
    [
      'a length that is wrong',
      constrain('ships', 'name', { maxLength: 3 }),
      /csv\/ships.csv:2:1 error length: "name" is "Anna", longer than 3/,
    ],
    [
      'a code less',
      constrain('crossings', 'kind', { enum: ['arrival'] }),
      /csv\/crossings.csv:2:1 error enum: "kind" is "departure"/,
    ],
    [
      'a key that is gone',
      editDescriptor((_, schema) => delete schema.foreignKeys),
      /ferries.duckdb:1:1 .*has FOREIGN KEY/,
    ],
    [
      'another primary key',
      editDescriptor((name, schema) => {
        if (name === 'ships') schema.primaryKey = ['name'];
      }),
      /datapackage.json:1:1 .*the table "crossings" cannot be created/,
    ],
    [
      'a key of nothing',
      editDescriptor((name, schema) => {
        if (name === 'ships') schema.primaryKey = ['x'];
      }),
      /datapackage.json:1:1 .*primary key of ships names x/,
    ],
    [
      'another type',
      editDescriptor((_, { fields }) => {
        for (const f of fields) if (f.name === 'length') f.type = 'string';
      }),
      /parquet\/crossings.parquet:1:1 .*DOUBLE/,
    ],
    [
      'a span of other words',
      all(
        edit('csv/provenance.csv', /,left,/g, ',ferry,'),
        sql('UPDATE provenance SET "begins" = \'ferry\''),
        ...exportFormats.map(({ name }) => rewrite(name, 'provenance', 'FROM provenance')),
      ),
      /csv\/provenance.csv:2:1 error span-words: begins: not the first words of the span/,
    ],
  ])('%s', async (_, forge, says) => {
    const folder = copy();
    await forge(folder);
    reseal(folder);
    const { status, out, err } = await verify(folder, '--sources', sources);
    expect(out).toMatch(says);
    expect(err).not.toMatch(/\n +at /);
    expect(status).toBe(1);
  });

  test.each<[string, readonly string[], readonly RegExp[]]>([
    [
      'objects that a release never has',
      [
        'CREATE MACRO sum(a) AS 5',
        'CREATE MACRO rows() AS TABLE SELECT 1',
        'CREATE SEQUENCE numbers',
        'CREATE SCHEMA more',
        "CREATE TYPE kind AS ENUM ('a')",
        'CREATE INDEX fast ON codelists ((length(code)))',
        'CREATE VIEW extra AS SELECT * FROM ports',
      ],
      [
        /it has "sum" among its macros, but a release has none/,
        /it has "rows" among its macros/,
        /it has "numbers" among its sequences/,
        /it has "more" among its schemas/,
        /it has "kind" among its types/,
        /it has "fast" among its indexes/,
        /does not describe its view "extra"/,
      ],
    ],
    [
      'comments, defaults and conditions',
      [
        "COMMENT ON TABLE ships IS 'No ships'",
        "COMMENT ON COLUMN ports.id IS 'Anything'",
        "ALTER TABLE codelists ALTER code SET DEFAULT 'x'",
        'DROP TABLE dataset',
        'CREATE TABLE dataset (name VARCHAR NOT NULL, CHECK (length(name) < 9))',
      ],
      [
        /table "ships": lacks .*has the comment No ships/,
        /table "ports": .*has the comment on column id: Anything/,
        /table "codelists": .*DEFAULT or AS 'x'/,
        /table "dataset": .*CHECK/,
      ],
    ],
    [
      'facts and rows',
      [
        "INSERT INTO codelists VALUES ('a', 'b', 'c', 'd')",
        "UPDATE dataset SET title = 'Boats', licence = NULL, citation = 'Me'",
        "UPDATE dataset SET date = '2022-02-28T00:00:00Z', schemas_sha256 = 'x'",
      ],
      [
        /"codelists" has more than 11 rows, but its CSV has 11/,
        /table dataset says title "Boats", but datapackage.json "Ferries"/,
        /table dataset says licence nothing, but datapackage.json "CC0-1.0"/,
        /table dataset says citation "Me", but datapackage.json "Ferries \(version 1.2.3-next\)/,
        /table dataset says date "2022-02-28 00:00:00\+00", but datapackage.json nothing/,
        /says schemas_sha256 "x", but the schemas give "[0-9a-f]{64}"/,
      ],
    ],
    ['a second row of facts', ['INSERT INTO dataset SELECT * FROM dataset'], [/dataset must have one row/]],
    [
      'a computed column',
      ['DROP TABLE codelists', 'CREATE TABLE codelists (code VARCHAR, x BIGINT AS (length(code)))'],
      [/table "codelists": lacks .* has .*DEFAULT or AS/],
    ],
  ])('in DuckDB: %s', async (_, statements, says) => {
    const folder = copy();
    await sql(...statements)(folder);
    sealSums(folder);
    const { status, out } = await verify(folder);
    for (const each of says) expect(out).toMatch(each);
    expect(out).not.toMatch(/ {4}at /);
    expect(status).toBe(1);
  });

  test.each<[string, (folder: string) => unknown, readonly RegExp[]]>([
    [
      'digests and facts',
      all(
        edit('croissant.json', /"sha256": "[0-9a-f]{4}/, '"sha256": "0000'),
        edit('schema.jsonld', / B"/, '0 B"'),
        edit('prov.jsonld', /sha256":"../, 'sha256":"zz'),
        edit('README.md', 'Version 1.2.3', 'Version 1.2.4'),
        edit('README.md', '| 2 |', '| 3 |'),
        edit('README.md', /^> .*/m, '> Me.'),
        (folder) => writeFiles(folder, { 'CITATION.cff': 'x' }),
      ),
      [
        /croissant.json:1:1 .*\/distribution\/0\/sha256 is "0000[0-9a-f]+", but by/,
        /schema.jsonld:1:1 .*\/distribution\/0\/contentSize is "\d+0 B"/,
        /prov.jsonld:\d+:1 .*not what datapackage.json and the tables say/,
        /README.md:1:1 .*it lacks the line "Version 1.2.3/,
        /README.md:1:1 .*it lacks the line "\| `\w+` \| 2 \|/,
        /README.md:1:1 .*it lacks the line "> Ferries/,
        /CITATION.cff:1:1 .*names nobody to cite/,
      ],
    ],
    [
      'a version and a record',
      all(edit('schema.jsonld', '1.2.3', '1.2.4'), edit('prov.jsonld', 'monday', 'sunday')),
      [/schema.jsonld:1:1 .*\/version is "1.2.4-next", but/, /prov.jsonld:\d+:1 .*not what/],
    ],
    [
      'files that are gone',
      (folder) => ['croissant.json', 'prov.jsonld'].map((name) => fs.rmSync(path.join(folder, name))),
      [/croissant.json:1:1 .*it is missing/, /prov.jsonld:1:1 .*it is missing/],
    ],
  ])('in the metadata: %s', async (_, forge, says) => {
    const folder = copy();
    await forge(folder);
    sealSums(folder);
    const { status, out } = await verify(folder);
    for (const each of says) expect(out).toMatch(each);
    expect(status).toBe(1);
  });

  test.each<[string, (folder: string) => void, RegExp]>([
    [
      'a value',
      (folder) => {
        const part = 'explorer/tables/ports.js';
        const [name, bytes] = readScript(folder, part);
        bytes[100]! ^= 1;
        writeFiles(folder, { [part]: bytesScript(name, bytes) });
      },
      /explorer\/model.js:1:1 .*the table "ports": its rows in the page are not those of parquet\/ports.parquet/,
    ],
    [
      'code that would run',
      (folder) => fs.appendFileSync(path.join(folder, 'explorer/tables/ports.js'), 'alert(1)\n'),
      /the table "ports": "explorer\/tables\/ports.js" cannot be read as data of a page/,
    ],
    [
      'a title',
      (folder) => {
        const model = readModel(folder);
        const dataset = { ...model.dataset, title: 'Fairies' };
        writeFiles(folder, { 'explorer/model.js': dataScript('model', { ...model, dataset }) });
      },
      /explorer\/model.js:1:1 .*its title or version is not that of datapackage.json/,
    ],
    [
      'rows that are left out',
      (folder) => {
        const model = readModel(folder);
        const tables = model.tables.map(({ parts: _, ...table }) => table);
        writeFiles(folder, { 'explorer/model.js': dataScript('model', { ...model, tables }) });
      },
      /the table "ports": the page leaves out its rows, though they are few enough/,
    ],
    [
      'a Parquet file that is left out',
      (folder) => {
        const model = readModel(folder);
        const tables = model.tables.map((table) => ({ ...table, parts: [] }));
        writeFiles(folder, { 'explorer/model.js': dataScript('model', { ...model, tables }) });
      },
      /the table "ports": the page does not have all of its Parquet files/,
    ],
    [
      'the rows of another table',
      (folder) => {
        const [, bytes] = readScript(folder, 'explorer/tables/ships.js');
        writeFiles(folder, { 'explorer/tables/ports.js': bytesScript('explorer/tables/ports.js', bytes) });
      },
      /the table "ports": its rows in the page are not those of parquet\/ports.parquet/,
    ],
    [
      'a script under another name, for which the page would wait forever',
      (folder) => {
        const [, bytes] = readScript(folder, 'explorer/tables/ports.js');
        writeFiles(folder, { 'explorer/tables/ports.js': bytesScript('explorer/tables/ships.js', bytes) });
      },
      /the table "ports": "explorer\/tables\/ports.js" cannot be read as data of a page/,
    ],
    [
      'a table that the release does not have',
      (folder) => {
        const model = readModel(folder);
        const tables = model.tables.flatMap((table) => [table, { ...table, name: `${table.name}_more` }]);
        writeFiles(folder, { 'explorer/model.js': dataScript('model', { ...model, tables }) });
      },
      /explorer\/model.js:1:1 .*it shows the table "ports_more", which datapackage.json does not have/,
    ],
    [
      'no data',
      (folder) => writeFiles(folder, { 'explorer/model.js': 'alert(1)' }),
      /explorer\/model.js:1:1 .*it cannot be read as the data of a page/,
    ],
  ])('in the page: %s', async (_, forge, says) => {
    const folder = copy();
    forge(folder);
    sealSums(folder);
    const { status, out } = await verify(folder);
    expect(out).toMatch(says);
    expect(status).toBe(1);
  });

  test('in the page: a value of a view', async () => {
    const folder = copy(viewed);
    const part = 'explorer/tables/by_name.js';
    const [name, bytes] = readScript(folder, 'explorer/tables/ports.js');
    expect(name).toBe('explorer/tables/ports.js');
    writeFiles(folder, { [part]: bytesScript(part, bytes) });
    sealSums(folder);
    const { status, out } = await verify(folder);
    expect(out).toMatch(
      /explorer\/model.js:1:1 .*the table "by_name": its rows in the page are not those of parquet\/by_name/,
    );
    expect(status).toBe(1);
  });

  test('in Parquet: another licence', async () => {
    const folder = copy();
    const stated = "{dataset: 'ferries', version: '1.2.3-next', licence: 'MIT'}";
    await sql(`COPY ports TO 'FOLDER/parquet/ports.parquet' (FORMAT parquet, KV_METADATA ${stated})`)(folder);
    reseal(folder);
    const { out } = await verify(folder);
    expect(out).toMatch(/parquet\/ports.parquet:1:1 .*licence MIT, but datapackage.json says CC0-1.0\n$/);
  });

  test.each([
    [
      'foreignKeys',
      'foreignKey',
      /unknown key "foreignKey" in schema of resources ".*" of the descriptor \(did you mean/,
    ],
    ['primaryKey', 'primarykey', /unknown key "primarykey" in schema of/],
    ['required', 'requird', /unknown key "requird" in constraints of fields ".*" of schema/],
    ['constraints', 'constraint', /unknown key "constraint" in fields ".*" of schema of resources/],
    ['licenses', 'licences', /unknown key "licences" in the descriptor/],
    ['rowCount', 'rowcount', /unknown key "rowcount" in resources/],
  ])('the key %s of datapackage.json misspelt as %s', async (right, wrong, says) => {
    const folder = copy();
    edit('datapackage.json', `"${right}":`, `"${wrong}":`)(folder);
    sealSums(folder);
    const { status, out } = await verify(folder);
    expect(out).toMatch(says);
    expect(status).toBe(1);
  });

  test('in a descriptor nested too deep', async () => {
    const folder = copy();
    fs.writeFileSync(path.join(folder, 'datapackage.json'), '['.repeat(100_000) + ']'.repeat(100_000));
    sealSums(folder);
    const { status, out, err } = await verify(folder);
    expect(out).toMatch(/datapackage.json:1:1 error release/);
    expect(err).not.toMatch(/\n +at /);
    expect(status).toBe(1);
  });

  test('in a bound too large for a number', async () => {
    const folder = copy();
    constrain('crossings', 'cars', { minimum: 987654321 })(folder);
    edit('datapackage.json', '987654321', '1e400')(folder);
    sealSums(folder);
    const { status, out, err } = await verify(folder);
    expect(out).toMatch(/datapackage.json:1:1 .*it contains a number that is too large/);
    expect(err).not.toMatch(/Binder|\n +at /);
    expect(status).toBe(1);
  });

  test('but not one that was only sealed again', async () => {
    const folder = copy();
    reseal(folder);
    expect((await verify(folder, '--sources', sources)).out).toBe('');
  });
});

describe('SQL of a release is never run', () => {
  test.each([
    ['dataset', "SELECT * FROM read_csv('CANARY')"],
    ['dataset', "SELECT 'ferries' AS name, content AS version FROM read_text('CANARY')"],
    ['codelists', 'WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n) SELECT * FROM n'],
    ['codelists', 'SELECT list_sum(range(1000000000)) AS x'],
  ])('where %s is the view %s', async (table, select) => {
    const folder = copy();
    const canary = path.join(path.dirname(folder), 'canary.csv');
    fs.writeFileSync(canary, 'name,version\nsecret,secret\n');
    await sql(`DROP TABLE ${table}`, `CREATE VIEW ${table} AS ${select.replace('CANARY', canary)}`)(folder);
    reseal(folder);
    const { status, out, err } = await verify(folder);
    expect(out).toMatch(new RegExp(`ferries.duckdb:1:1 .*the table "${table}" is missing`));
    expect(out).toMatch(new RegExp(`datapackage.json does not describe its view "${table}"`));
    expect(out + err).not.toContain('secret');
    expect(status).toBe(1);
  });

  test('for longer than a question may take', async () => {
    const endless = 'SELECT count(*) FROM range(1000000) AS a, range(1000000) AS b WHERE (a.range * b.range) % 7 = 3';
    await withDuckDb(async (connection) => {
      await expect(ask(connection, endless, 50)).rejects.toThrow('it takes more than 0.05 seconds to read');
      expect(await ask(connection, 'SELECT 1')).toEqual([[1]]);
    });
  });

  test('and no expression runs for longer than that', () => {
    const endless = /^(a+)+$/;
    const time = timeForPatterns(50);
    expect(failingTexts(/^a+$/, ['a', 'b', 'aa', ''], time)).toEqual([1, 3]);
    expect(failingTexts(endless, [`${'a'.repeat(40)}b`], time)).toBeUndefined();
    // all patterns of a release share the time
    expect(failingTexts(/^a+$/, ['a'], time)).toBeUndefined();
  });
});

describe('views of a release', () => {
  const viewsOf = ({ resources }: Metadata): { name: string; sql: string }[] =>
    resources.find(({ format }) => format === 'duckdb')?.views ?? [];
  const describeAs = (name: string, to: string): ((folder: string) => void) =>
    editJson('datapackage.json', (descriptor) => {
      for (const each of viewsOf(descriptor)) if (each.name === name) each.sql = to;
    });
  const both = (name: string, select: string): ((folder: string) => Promise<void>) =>
    all(sql(`CREATE OR REPLACE VIEW ${name} AS ${select}`), describeAs(name, select));

  test('are described with their SQL, and match it', async () => {
    const folder = copy(viewed);
    const descriptor = JSON.parse(fs.readFileSync(path.join(folder, 'datapackage.json'), 'utf8')) as Metadata;
    expect(viewsOf(descriptor)).toHaveLength(5);
    expect(viewsOf(descriptor)[0]).toEqual({
      name: 'by_name',
      description: 'Ports by name.',
      sql: "SELECT id, upper(name) AS name FROM ports WHERE id <> '' ORDER BY name",
    });
    expect(await verify(folder)).toMatchObject({ status: 0, out: '' });
  });

  test('have their rows in files too, with types and documentation', async () => {
    const release = path.join(viewed, 'dist/next');
    const text = (name: string): string => fs.readFileSync(path.join(release, name), 'utf8');
    expect(text('csv/by_name.csv')).toBe('id,name\ntrelleborg,TRELLEBORG\nystad,YSTAD\n');
    expect(text('csv/typed.csv').split('\n')[1]).toBe(
      'monday-ystad,345,40,true,2022-02-28,"",,"[""monday-ystad"",""a,\\""b\\""""]","{""x"":1.5}",' +
        '2022-02-28T12:00:00.5Z,departure',
    );
    const descriptor = JSON.parse(text('datapackage.json')) as {
      resources: { name: string; derived?: boolean; schema: { fields: { type: string; description?: string }[] } }[];
    };
    const derived = descriptor.resources.filter((each) => each.derived === true);
    const names = ['by_name', 'counted', 'gone', 'remarked', 'typed'];
    expect(derived.map(({ name }) => name)).toEqual([
      ...names,
      ...exportFormats.flatMap((format) => names.map((name) => `${name}-${format.name}`)),
    ]);
    const fields = derived.find(({ name }) => name === 'typed')?.schema.fields ?? [];
    expect(fields.map(({ type }) => type).join(' ')).toBe(
      'string number integer boolean date string integer any any datetime string',
    );
    expect(fields[0]?.description).toBe('Lower-case slug.');
    expect(fields[2]?.description).toBe('A whole number, of any size.');
  });

  test.each<[string, (folder: string) => unknown, readonly RegExp[]]>([
    [
      'in a file of its rows',
      edit('csv/by_name.csv', 'YSTAD', 'MALMÖ'),
      [/csv\/by_name.csv:1:1 .*the rows of "by_name" are not those of parquet\/by_name.parquet/],
    ],
    [
      'in all files of its rows',
      all(
        edit('csv/by_name.csv', 'YSTAD', 'MALMÖ'),
        ...exportFormats.map(({ name }) =>
          rewrite(name, 'by_name', "SELECT id, replace(name, 'YSTAD', 'MALMÖ') AS name FROM by_name"),
        ),
        edit('csv/counted.csv', '\n2\n', '\n3\n'),
        ...exportFormats.map(({ name }) => rewrite(name, 'counted', 'SELECT 3::BIGINT AS n')),
      ),
      [
        /csv\/by_name.csv:1:1 .*the view "by_name": row 2 is not what the view returns/,
        /csv\/counted.csv:1:1 .*the view "counted": row 1 is not what the view returns/,
      ],
    ],
    [
      'in what the descriptor says is derived',
      editJson('datapackage.json', (descriptor) => {
        for (const each of viewsOf(descriptor)) if (each.name === 'gone') each.name = 'lost';
      }),
      [/no resource holds the rows of the view "lost"/, /"gone" is derived, but the database has no view of that name/],
    ],
    [
      'in the database',
      all(
        sql(
          "CREATE OR REPLACE VIEW by_name AS SELECT id, name FROM ports WHERE id <> 'ystad'",
          'CREATE OR REPLACE VIEW counted (x) AS SELECT count(*) AS n FROM by_name',
          "COMMENT ON VIEW counted IS 'How many.'",
          'DROP VIEW gone',
          "COMMENT ON VIEW remarked IS 'Another.'",
        ),
        edit('CITATION.cff', 'Berg', 'Bergh'),
      ),
      [
        /ferries.duckdb:1:1 .*view "by_name" is "CREATE VIEW .*ystad.*", but datapackage.json has "SELECT id, upper/,
        /the view "counted" is "CREATE VIEW counted \(x\) AS/,
        /the view "gone" is missing/,
        /the comment on the view "remarked" is not its description/,
        /CITATION.cff:1:1 .*does not cite what datapackage.json describes/,
      ],
    ],
    [
      'in the descriptor',
      describeAs('by_name', 'SELECT id, name FROM ports'),
      [/ferries.duckdb:1:1 .*the view "by_name" is .*upper/],
    ],
    [
      'in both',
      all(
        both('counted', "SELECT content AS n FROM read_text('FOLDER/../canary.csv')"),
        both('gone', 'SELECT list_sum(range(1000000000)) AS id'),
      ),
      [
        /datapackage.json:1:1 .*the view "counted": a view cannot call read_text\(\)/,
        /datapackage.json:1:1 .*the view "gone": planning it takes more than \d+ MiB of memory/,
      ],
    ],
  ])('changed %s', async (_, forge, says) => {
    const folder = copy(viewed);
    fs.writeFileSync(path.join(path.dirname(folder), 'canary.csv'), 'secret\n');
    await forge(folder);
    reseal(folder);
    const { status, out, err } = await verify(folder);
    for (const each of says) expect(out).toMatch(each);
    expect(out + err).not.toContain('secret');
    expect(status).toBe(1);
  });
});

describe('the folder of a release', () => {
  test.each(['rel*', 'rel?[a-z]', '~it\'s "so"\n[!a]\u00e9**'])('can be called %j', async (name) => {
    const folder = copy(built, name);
    // what the name would be a pattern for holds other rows
    const sibling = path.join(path.dirname(folder), name.replaceAll(/[*?]/g, 'X').replace('[a-z]', 'b'));
    if (sibling !== folder) {
      fs.cpSync(folder, sibling, { recursive: true });
      edit('csv/crossings.csv', ',40,', ',41,')(sibling);
    }
    const { status, out } = await verify(folder);
    expect(out).toBe('');
    expect(status).toBe(0);
  });

  test('can be a pattern when it is built', async () => {
    const folder = path.join(freshFolder(), 'a*b');
    writeFiles(folder, { ...schemas, ...records, 'sources/gazette.txt': document });
    writeFiles(path.dirname(folder), { 'aXb/dist/csv/ports.csv': 'x\n' });
    expect(await run(folder, 'build', [...here, '--quiet', '--dist', 'dist'])).toEqual({ status: 0, out: '', err: '' });
  });

  test.each<[string, (folder: string) => unknown, RegExp]>([
    ['an empty folder', (f) => fs.mkdirSync(path.join(f, 'csv/more')), /csv\/more\/:1:1 .*an empty folder/],
    ['SHA256SUMS as a link', moved('SHA256SUMS'), /SHA256SUMS:1:1 .*not a regular file/],
    ['datapackage.json as a link', moved('datapackage.json'), /datapackage.json:1:1 .*not a regular file/],
    ['a folder as a link', moved('csv'), /csv:1:1 .*not a regular file/],
  ])('does not hold %s', async (_, damage, says) => {
    const folder = copy();
    damage(folder);
    const { status, out } = await verify(folder);
    expect(out).toMatch(says);
    expect(status).toBe(1);
  });
});

/** Moves a file or folder beside the release, and leaves a link to it. */
function moved(name: string): (folder: string) => void {
  return (folder) => {
    const away = path.join(path.dirname(folder), 'away');
    fs.renameSync(path.join(folder, name), away);
    fs.symlinkSync(away, path.join(folder, name));
  };
}
