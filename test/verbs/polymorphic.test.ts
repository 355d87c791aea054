import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { compile } from '../../scripts/compile/compile.ts';
import { compileOptions } from '../../scripts/project/openProject.ts';
import { tableFinder } from '../../scripts/project/tableFinder.ts';
import { sha256 } from '../support/fixture.ts';
import { projectAt, recordsOf } from '../support/projectAt.ts';
import { freshFolder, run, writeFiles } from '../support/run.ts';

const id = { type: 'string', minLength: 1 };
const schema = (properties: object, required = ['id']): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: { id, ...properties },
  required,
  additionalProperties: false,
});
const span = {
  type: 'object',
  properties: {
    source: { type: 'string', 'x-references': ['books', 'ships'] },
    start: { type: 'integer' },
    end: { type: 'integer' },
    sha256: { type: 'string' },
    begins: { type: 'string' },
    ends: { type: 'string' },
    supports: { type: 'array', items: { type: 'string' } },
  },
  required: ['source', 'start', 'end', 'sha256', 'begins', 'ends', 'supports'],
  additionalProperties: false,
};
const spans = [
  { source: 'log', start: 0, end: 1, sha256: sha256('a'), begins: 'a', ends: 'a', supports: ['/about'] },
  { source: 'anna', start: 0, end: 1, sha256: sha256('a'), begins: 'a', ends: 'a', supports: ['/about'] },
];

const here = ['--schema', 'schema', '--raw', 'raw'];

/** Books about ships, ports and other books: some are read before what they are about, some after. */
const files = {
  'schema/books.schema.json': schema({
    about: {
      title: 'About',
      type: 'array',
      minItems: 1,
      items: { type: 'string', 'x-references': ['books', 'ships', 'ports'] },
    },
    cover: { type: 'object', properties: { shows: { type: 'string', 'x-references': ['ports', 'ships'] } } },
    evidence: { type: 'array', minItems: 1, 'x-spans': true, items: span },
  }),
  'schema/ports.schema.json': schema({ book: { type: 'string', 'x-references': 'books' } }),
  'schema/ships.schema.json': schema({}),
  'raw/books/log.json': {
    id: 'log',
    about: ['tale', 'visby', 'anna', 'log'],
    cover: { shows: 'anna' },
    evidence: spans,
  },
  'raw/books/tale.json': { id: 'tale' },
  'raw/ports/visby.json': { id: 'visby', book: 'tale' },
  'raw/ships/fleet.ndjson': '{"id":"anna"}\n{"id":"bore"}\n',
};

function csv(release: string, table: string): string {
  return fs.readFileSync(path.join(release, 'csv', `${table}.csv`), 'utf8');
}

/** Changes a file of CSV, and its size and digests wherever a release has them. */
function forge(release: string, name: string, content: string): void {
  const read = (at: string): string => fs.readFileSync(path.join(release, at), 'utf8');
  const old = read(name);
  const sumsOf = (text: string): string =>
    sha256(
      text
        .split('\n')
        .filter((line) => line.includes('  csv/'))
        .join('\n') + '\n',
    );
  const sums = read('SHA256SUMS').replace(sha256(old), sha256(content));
  const descriptor = read('datapackage.json')
    .replace(sha256(old), sha256(content))
    .replace(`"bytes": ${old.length},`, `"bytes": ${content.length},`)
    .replace(sumsOf(read('SHA256SUMS')), sumsOf(sums));
  fs.writeFileSync(path.join(release, name), content);
  fs.writeFileSync(
    path.join(release, 'SHA256SUMS'),
    sums.replace(sha256(read('datapackage.json')), sha256(descriptor)),
  );
  fs.writeFileSync(path.join(release, 'datapackage.json'), descriptor);
}

test('a reference to several tables has a column that names the table, in the same build or another one', async () => {
  const folder = freshFolder();
  writeFiles(folder, files);
  expect(await run(folder, 'build', [...here, '--quiet', '--dist', 'dist'])).toEqual({ status: 0, out: '', err: '' });
  const release = fs.realpathSync(path.join(folder, 'dist/next'));
  expect(csv(release, 'books_about')).toBe(
    'books_id,about_position,value,value_table\n' +
      'log,0,tale,books\nlog,1,visby,ports\nlog,2,anna,ships\nlog,3,log,books\n',
  );
  expect(csv(release, 'books')).toBe('id,cover_shows,cover_shows_table,_rest\nlog,anna,ships,\ntale,,,\n');
  expect(csv(release, 'provenance')).toMatch(/^books,log,\/about,anna,.*,ships$/m);
  expect(csv(release, 'codelists')).toContain('books_about,value_table,ports,');

  const damaged = path.join(folder, 'damaged');
  fs.cpSync(release, damaged, { recursive: true });
  const changed = csv(release, 'books_about').replace('anna,ships', 'anna,ports').replace('tale,books', 'tale,');
  forge(damaged, 'csv/books_about.csv', changed);
  const { out } = await run(folder, 'verify', ['--release', damaged]);
  const at = 'damaged/csv/books_about.csv';
  const fault = 'error reference: "value_table" and "value": there is no row';
  expect(out).toContain(`${at}:2:1 ${fault} "tale"`);
  expect(out).toContain(`${at}:4:1 ${fault} "ports, anna"`);
});

test('a table is found even if only some of its records are read', () => {
  const folder = freshFolder();
  writeFiles(folder, files);
  const project = projectAt(folder, here);
  const compilation = compile(project.types, compileOptions(project));
  const some = [...recordsOf(project)].flatMap((record) =>
    record.file.stem === 'log' ? [{ ...record, file: record.file.name }] : [],
  );
  const rows = [...compilation.rows(some, tableFinder(project))].filter(({ table }) => table === 'books_about');
  expect(rows.flatMap((batch) => batch.rows.map((row) => row.at(-1)))).toEqual(['books', 'ports', 'ships', 'books']);
  expect(tableFinder(project)(['ports', 'ships'], 'nobody')).toBeUndefined();
});

test('a property with the name of that column is rejected', async () => {
  const folder = freshFolder();
  const shows = { type: 'string', 'x-references': ['ports', 'ships'] };
  writeFiles(folder, { ...files, 'schema/books.schema.json': schema({ shows, shows_table: { type: 'string' } }) });
  const { status, err } = await run(folder, 'build', [...here, '--dist', 'dist']);
  expect(err).toContain('table "books": /shows and /shows_table would both be the column "shows_table"');
  expect(status).toBe(2);
});

test('a new record gets no identifier of a table that a reference can mean as well', async () => {
  const folder = freshFolder();
  const named = schema({ name: { type: 'string', minLength: 1 } });
  writeFiles(folder, {
    ...files,
    'schema/ports.schema.json': named,
    'raw/ships/visby-bore.json': { id: 'visby-bore' },
  });
  const { out } = await run(folder, 'new', ['ports', '--set', 'name=Visby Bore', '--schema', 'schema', '--raw', 'raw']);
  expect(out).toContain('raw/ports/visby-bore-2.json');
  const batch = [{ table: 'ports', values: { name: 'Tale' } }];
  writeFiles(folder, { 'batch.json': batch });
  expect((await run(folder, 'add', ['batch.json', ...here])).err).toContain('raw/ports/tale-2.json');
});

test('a new record gets no number of a table that a reference can mean as well', async () => {
  const folder = freshFolder();
  const numbered = (properties: object): object => ({
    ...schema(properties),
    properties: { id: { type: 'integer' }, ...properties },
  });
  const name = { type: 'string', minLength: 1 };
  writeFiles(folder, {
    'schema/cats.schema.json': numbered({ name }),
    'schema/dogs.schema.json': numbered({ name }),
    'schema/pets.schema.json': numbered({ name, is: { type: 'integer', 'x-references': ['cats', 'dogs'] } }),
    'raw/cats/2.json': { id: 2, name: 'Tom' },
    'raw/dogs/1.json': { id: 1, name: 'Rex' },
    'raw/pets/1.json': { id: 1, name: 'A', is: 2 },
  });
  const { out } = await run(folder, 'new', ['dogs', '--set', 'name=Ben', '--schema', 'schema', '--raw', 'raw']);
  expect(out).toContain('raw/dogs/3.json');
});
