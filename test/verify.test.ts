import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { document, here, records, schemas, sha256 } from './fixture.ts';
import { freshFolder, run, type Run, writeFiles } from './run.ts';

let built = '';
let sources = '';

beforeAll(async () => {
  built = fs.mkdtempSync(path.join(os.tmpdir(), 'verify-'));
  sources = path.join(built, 'sources');
  writeFiles(built, { ...schemas, ...records, 'sources/gazette.txt': document });
  expect(await run(built, 'build', [...here, '--quiet', '--dist', 'dist'])).toEqual({ status: 0, out: '', err: '' });
});

afterAll(() => fs.rmSync(built, { recursive: true }));

/** A copy of the release that can be damaged. */
function copy(): string {
  const folder = path.join(freshFolder(), 'release');
  fs.cpSync(fs.realpathSync(path.join(built, 'dist/next')), folder, { recursive: true });
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

/** Makes `SHA256SUMS`, and sizes and digests in datapackage.json, those of the files as they are: what a careful forger would do. */
function reseal(folder: string): void {
  const digest = (name: string): string => sha256(fs.readFileSync(path.join(folder, name)));
  const at = path.join(folder, 'datapackage.json');
  const descriptor = JSON.parse(fs.readFileSync(at, 'utf8')) as {
    resources: { path: string; format: string; bytes?: number; hash?: string; contentHash?: string }[];
  };
  const lines = (names: readonly string[]): string => names.map((name) => `${digest(name)}  ${name}\n`).join('');
  for (const resource of descriptor.resources) {
    if (resource.format === 'duckdb') {
      const csv = descriptor.resources.filter((r) => r.format === 'csv').map((r) => r.path);
      resource.contentHash = `sha256:${sha256(lines(csv.toSorted()))}`;
    } else {
      resource.bytes = fs.statSync(path.join(folder, resource.path)).size;
      resource.hash = `sha256:${digest(resource.path)}`;
    }
  }
  fs.writeFileSync(at, `${JSON.stringify(descriptor, null, 2)}\n`);
  fs.writeFileSync(path.join(folder, 'SHA256SUMS'), lines(filesOf(folder).filter((name) => name !== 'SHA256SUMS')));
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
  return async (folder) => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`ATTACH '${path.join(folder, 'ferries.duckdb')}' AS r`);
    await connection.run('USE r');
    for (const statement of statements) await connection.run(statement.replaceAll('FOLDER', folder));
    connection.closeSync();
    instance.closeSync();
  };
}

const metadata = (version: string): string =>
  `(FORMAT parquet, KV_METADATA {dataset: 'ferries', version: '${version}'})`;

const all =
  (...changes: readonly ((folder: string) => unknown)[]) =>
  async (folder: string): Promise<void> => {
    for (const change of changes) await change(folder);
  };

describe('a release as it was built', () => {
  test('is found to be one, also where the sources are not at hand', async () => {
    const folder = copy();
    const held = await verify(folder, '--sources', sources, '--require-sources');
    expect(held.out + held.err).toBe(
      'verify: 25 files; 8 tables with 22 rows; all 1 span compared with the sources; 0 errors and 0 warnings\n',
    );
    expect(held.status).toBe(0);
    const alone = await verify(folder, '--sources', freshFolder());
    expect(alone.err).toMatch(/0 of 1 span compared with the sources, 1 not checked: texts not at hand/);
    expect(alone.status).toBe(0);
    const required = await verify(folder, '--sources', freshFolder(), '--require-sources');
    expect(required.out).toMatch(/csv\/papers.csv:2:1 error document: the text of "gazette.txt" is not at hand\n$/);
    expect(required.status).toBe(1);
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

describe('damage', () => {
  test('of one bit in any file is told with the name of the file', async () => {
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
      { numRuns: 60 },
    );
  });

  test.each<[string, (folder: string) => unknown, RegExp]>([
    ['a missing file', (f) => fs.rmSync(path.join(f, 'CODEBOOK.md')), /CODEBOOK.md:1:1 .*it is not there/],
    ['a file besides', (f) => writeFiles(f, { 'csv/x.csv': '' }), /csv\/x.csv:1:1 .*SHA256SUMS does not list it/],
    ['a link', (f) => fs.symlinkSync('CODEBOOK.md', path.join(f, 'x')), /x:1:1 .*no regular file/],
    ['no digests', (f) => fs.rmSync(path.join(f, 'SHA256SUMS')), /SHA256SUMS:1:1 .*it is not there/],
    ['no descriptor', (f) => fs.rmSync(path.join(f, 'datapackage.json')), /datapackage.json:1:1 .*it is not there/],
    ['a path that leads out', edit('SHA256SUMS', /  CODEBOOK.md/, '  ../CODEBOOK.md'), /SHA256SUMS:1:1 .*leads out/],
    ['a file listed twice', edit('SHA256SUMS', /^(.*\n)/, '$1$1'), /SHA256SUMS:2:1 .*listed twice/],
  ])('%s', async (_, damage, says) => {
    const folder = copy();
    damage(folder);
    const { status, out } = await verify(folder);
    expect(out).toMatch(says);
    expect(status).toBe(1);
  });
});

describe('a forgery with all digests made right is told', () => {
  test.each<[string, (folder: string) => unknown, RegExp]>([
    [
      'a changed cell',
      edit('csv/crossings.csv', ',40,', ',41,'),
      /csv\/crossings.csv:1:1 .*not those of parquet\/crossings.parquet and ferries.duckdb/,
    ],
    [
      'a value of another type',
      edit('csv/crossings.csv', ',40,', ',x,'),
      /csv\/crossings.csv:2:1 error schema: "cars" is "x", which is no integer/,
    ],
    [
      'a code that is none',
      edit('csv/crossings.csv', 'departure', 'depart'),
      /csv\/crossings.csv:2:1 error schema: "kind" is "depart", none of the codes/,
    ],
    ['a value too small', edit('csv/crossings.csv', ',40,', ',-4,'), /"cars" is "-4", less than 0/],
    [
      'a value that is missing',
      edit('csv/ships.csv', 'Anna', ''),
      /csv\/ships.csv:2:1 error schema: "name" is empty, but a value is required/,
    ],
    [
      'a text against its pattern',
      edit('csv/ships.csv', 'anna', 'ANNA'),
      /csv\/ships.csv:2:1 error schema: "id" is "ANNA", which its pattern/,
    ],
    [
      'a day that is none',
      edit('csv/crossings.csv', /(2022-02-28,)2022-02-28/, '$12022-02-30'),
      /"on_earliest" is "2022-02-30", which is no date/,
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
      'a row of provenance without its record',
      edit('csv/provenance.csv', 'monday-ystad', 'tuesday'),
      /csv\/provenance.csv:2:1 error reference: no row of "crossings" is "tuesday"/,
    ],
    [
      'a header of other names',
      edit('csv/ships.csv', 'id,name', 'name,id'),
      /csv\/ships.csv:1:1 .*its header is not "id,name"/,
    ],
    ['a field too many', edit('csv/ships.csv', 'Anna', 'Anna,x'), /csv\/ships.csv:2:1 .*no CSV of 2 fields/],
    [
      'a dropped row of Parquet',
      sql(`COPY (SELECT * FROM ports LIMIT 1) TO 'FOLDER/parquet/ports.parquet' ${metadata('1.2.3')}`),
      /parquet\/ports.parquet:1:1 .*1 row, but datapackage.json says 2/,
    ],
    [
      'another order in Parquet',
      sql(`COPY (SELECT * FROM ports ORDER BY id DESC) TO 'FOLDER/parquet/ports.parquet' ${metadata('1.2.3')}`),
      /parquet\/ports.parquet:1:1 .*not those of csv\/ports.csv and ferries.duckdb/,
    ],
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
      /parquet\/ports.parquet:1:1 .*its metadata say version 1.2.4/,
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
    ['one table less in DuckDB', sql('DROP TABLE codelists'), /ferries.duckdb:1:1 .*table "codelists" is not there/],
    [
      'a constraint that is gone',
      constrain('ships', 'name', { required: undefined }),
      /ferries.duckdb:1:1 .*table "ships": lacks column 2 name VARCHAR and has column 2 name VARCHAR NOT NULL/,
    ],
    [
      'a constraint that is wrong',
      constrain('crossings', 'cars', { maximum: 39 }),
      /csv\/crossings.csv:2:1 error schema: "cars" is "40", more than 39/,
    ],
    [
      'a length that is wrong',
      constrain('ships', 'name', { maxLength: 3 }),
      /csv\/ships.csv:2:1 error schema: "name" is "Anna", longer than 3/,
    ],
    [
      'a code less',
      constrain('crossings', 'kind', { enum: ['arrival'] }),
      /csv\/crossings.csv:2:1 error schema: "kind" is "departure"/,
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
      /datapackage.json:1:1 .*no table can be made of "crossings"/,
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
        sql(
          'UPDATE provenance SET "begins" = \'ferry\'',
          `COPY provenance TO 'FOLDER/parquet/provenance.parquet' ${metadata('1.2.3')}`,
        ),
      ),
      /csv\/provenance.csv:2:1 error evidence: begins: not the first words of the span/,
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

  test('but not one that was only sealed again', async () => {
    const folder = copy();
    reseal(folder);
    expect((await verify(folder, '--sources', sources)).out).toBe('');
  });
});
