import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { freshFolder, run, writeFiles } from '../support/run.ts';

const dialect = 'https://json-schema.org/draft/2020-12/schema';
const text = { type: 'string' };
const described = { name: 'finds', version: '1.0.0', title: 'Finds' };

/** A project of files in a folder of its own. */
function project(files: Readonly<Record<string, string | Uint8Array | object>>): string {
  const folder = freshFolder();
  writeFiles(folder, files);
  return folder;
}

function csv(folder: string, table: string): string {
  return fs.readFileSync(path.join(folder, 'dist/next/csv', `${table}.csv`), 'utf8');
}

test('keys that are whole numbers have the order of the schema, in records and in tables', async () => {
  const count = { type: 'integer' };
  const schema = {
    $schema: dialect,
    type: 'object',
    // as JSON: an object would list the years first
    properties: 'PROPERTIES',
    required: ['id'],
    additionalProperties: count,
  };
  const properties = '{"id": {"type": "string"}, "2021": {"type": "integer"}, "2020": {"type": "integer"}}';
  const record = '{\n  "id": "a",\n  "2021": 5,\n  "2020": 4,\n  "7": 1\n}\n';
  const folder = project({
    'schema/counts.schema.json': JSON.stringify(schema).replace('"PROPERTIES"', properties),
    'raw/counts/a.json': record,
    'raw/counts/b.json': '{\n  "2020": 4,\n  "id": "b",\n  "10": 0,\n  "9": 0\n}\n',
    'raw/counts/c.json': '{\n  "id": "c",\n  "10": 0,\n  "9": 0\n}\n',
  });
  const rule = 'keys go in the order of the schema';
  const hint = '(run `npx demarche fix`)';
  expect((await run(folder, 'validate', [])).out).toBe(
    `raw/counts/b.json:2:3 error canonical-form: the key "id" belongs here: ${rule} ${hint}\n` +
      `raw/counts/c.json:3:3 error canonical-form: the key "9" belongs here: ${rule}, ` +
      `and whole numbers that it does not name in ascending order ${hint}\n`,
  );
  expect((await run(folder, 'fix', [])).status).toBe(0);
  const written = (name: string): string => fs.readFileSync(path.join(folder, 'raw/counts', name), 'utf8');
  expect(written('a.json')).toBe(record);
  expect(written('b.json')).toBe('{\n  "id": "b",\n  "2020": 4,\n  "9": 0,\n  "10": 0\n}\n');
  expect((await run(folder, 'build', [])).status).toBe(0);
  expect(csv(folder, 'counts').split('\n')[0]).toBe('id,2021,2020');
});

test('an unknown format is reported once, at its first place, however it is referred to', async () => {
  const postcode = { type: 'string', format: 'post-code' };
  const folder = project({
    'schema/shops.schema.json': {
      $schema: dialect,
      $defs: { code: postcode },
      type: 'object',
      properties: {
        a: { $ref: '#/$defs/code' },
        b: { anyOf: [{ $ref: '#/$defs/code' }, { type: 'array', items: { $ref: '#/$defs/code' } }] },
        c: { oneOf: [{ $ref: 'codes.json' }, { type: 'number' }] },
      },
      required: ['a'],
    },
    'schema/codes.json': { $schema: dialect, ...postcode },
    'raw/shops/a.json': { a: '1', b: '2', c: '3' },
    'raw/shops/b.json': { a: '1', b: ['2', '3'], c: 4 },
  });
  const { out, err } = await run(folder, 'validate', [
    '--layout',
    'any',
    '--table',
    'shops=shops.schema.json:shops/*.json',
  ]);
  expect(out.match(/.* warning .*\n/g)).toEqual([
    expect.stringMatching(
      /^schema\/\w+(?:\.schema)?\.json:\d+:\d+ warning format: the format "post-code" is not known/,
    ),
  ]);
  expect(err).toContain('2 records in 1 table; 0 errors and 1 warning');
});

test('a schema can be called .jsonschema.json, be true, and have examples next to it', async () => {
  const folder = project({
    'schema/tools.jsonschema.json': { $schema: dialect, type: 'object', properties: { id: text }, required: ['id'] },
    'schema/any.json': 'true',
    'schema/example.json': { type: 'a tool', properties: 'none' },
    'raw/tools/a.json': { id: 'saw' },
    'raw/any/a.json': { x: [1] },
    'raw/any/b.json': '7',
  });
  const built = await run(folder, 'build', ['--layout', 'any']);
  expect([built.status, built.out]).toEqual([0, '']);
  expect(csv(folder, 'tools')).toBe('id,_rest\nsaw,\n');
  expect(csv(folder, 'any')).toContain('any/b.json,0,7');
});

describe('records as other people write them', () => {
  test('a record can be a text or a list, have a property without a name, and share its id', async () => {
    const folder = project({
      'demarche.config.json': { layout: 'any' },
      'schema/words.json': { $schema: dialect, ...text },
      'schema/pairs.json': { $schema: dialect, type: 'array', items: { type: 'number' } },
      'schema/blanks.json': { $schema: dialect, type: 'object', properties: { '': text } },
      'schema/entries.json': {
        $schema: dialect,
        type: 'object',
        properties: { id: text, tags: { type: 'array', items: text } },
        required: ['id'],
        additionalProperties: false,
      },
      'raw/words/a.json': '"x"',
      'raw/pairs/a.json': '[1, 2]',
      'raw/blanks/a.json': '{"": "x"}',
      'raw/entries/a.json': '{"id": "x", "tags": ["p"]}',
      'raw/entries/b.json': '{"id": "x"}',
    });
    const twice = await run(folder, 'validate', []);
    expect(twice.out).toContain(
      'error unique-id: the id "x" is also in raw/entries/a.json ' +
        '(if "id" does not identify records, say that the table has no key: --key entries=)',
    );
    expect((await run(folder, 'build', ['--key', 'entries='])).status).toBe(0);
    expect(csv(folder, 'words')).toBe('_file,_index,value\nwords/a.json,0,x\n');
    expect(csv(folder, 'pairs_value')).toContain('\npairs/a.json,0,1,2\n');
    expect(csv(folder, 'blanks')).toBe('_file,_index,_,_rest\nblanks/a.json,0,x,\n');
    expect(csv(folder, 'entries')).toContain('\nentries/b.json,0,x');
    const descriptor = fs.readFileSync(path.join(folder, 'dist/next/datapackage.json'), 'utf8');
    const { resources } = JSON.parse(descriptor) as {
      resources: { name: string; schema: { primaryKey: string[]; foreignKeys: unknown[] } }[];
    };
    const schemaOf = (name: string) => resources.find((resource) => resource.name === name)?.schema;
    expect(schemaOf('entries')?.primaryKey).toEqual(['_file', '_index']);
    expect(schemaOf('entries_tags')?.foreignKeys).toEqual([
      { fields: ['entries_file', 'entries_index'], reference: { resource: 'entries', fields: ['_file', '_index'] } },
    ]);
    expect((await run(folder, 'verify', [])).status).toBe(0);
  });

  test('YAML, JSON5, GeoJSON, lines and gzip of them are read under any layout, and never written', async () => {
    const properties = { id: text, port: { ...text, 'x-references': 'ports' }, n: { type: 'integer' } };
    const folder = project({
      'schema/ports.json': { $schema: dialect, type: 'object', properties: { id: text }, required: ['id'] },
      'schema/finds.json': {
        $schema: dialect,
        type: 'object',
        properties,
        required: ['id'],
        additionalProperties: false,
      },
      'raw/ports/ystad.geojson': '{"id": "ystad"}',
      'raw/finds/a.yaml': '# one\n---\nid: a\nport: ystad\n---\nid: b\nport: &p ysta\n',
      'raw/finds/c.json5': "{id: 'c',\n  n: 'x',}",
      'raw/finds/d.jsonl.gz': gzipSync('{"id":"d"}\n{"id":"e","n":1.5}\n'),
      'raw/finds/f.yml.gz': gzipSync('id: f\nn: 7\n'),
      'raw/finds/bomb.json.gz': gzipSync(new Uint8Array(17 << 20)),
      'raw/finds/cut.yaml.gz': gzipSync('id: cut\n').subarray(0, 20),
    });
    const { out } = await run(folder, 'validate', ['--layout', 'any', '--format', 'json']);
    const told = out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as { file: string; line: number; column: number; rule: string })
      .map(({ file, line, column, rule }) => `${file.replace('raw/finds/', '')}:${line}:${column} ${rule}`);
    expect(told.toSorted()).toEqual([
      'a.yaml:7:10 reference',
      'bomb.json.gz:1:1 size',
      'c.json5:2:6 type',
      'cut.yaml.gz:1:1 encoding',
      'd.jsonl.gz:2:15 type',
    ]);
    writeFiles(folder, {
      'raw/finds/a.yaml': 'id: a\nport: ystad\n---\nid: b\n',
      'raw/finds/c.json5': "{id: 'c', n: 0x10}",
      'raw/finds/d.jsonl.gz': gzipSync('{"id":"d"}\n'),
    });
    for (const name of ['bomb.json.gz', 'cut.yaml.gz']) fs.rmSync(path.join(folder, 'raw/finds', name));
    expect((await run(folder, 'build', ['--layout', 'any'])).status).toBe(0);
    expect(csv(folder, 'finds')).toBe('id,port,n,_rest\na,ystad,,\nb,,,\nc,,16,\nd,,,\nf,,7,\n');
    const fixed = await run(folder, 'fix', ['--layout', 'any']);
    expect(fixed.err).toContain('4 files left unchanged, because only JSON is written');
    const cited = await run(folder, 'cite', [
      'finds/c',
      '--layout',
      'any',
      '--quote',
      'x',
      '--supports',
      '/n',
      '--source',
      's',
    ]);
    expect(cited.err).toBe('cite: raw/finds/c.json5: commands write only uncompressed JSON; convert the file first\n');
    expect(cited.status).toBe(2);
    expect(fs.readFileSync(path.join(folder, 'raw/finds/c.json5'), 'utf8')).toBe("{id: 'c', n: 0x10}");
    const canonical = await run(folder, 'validate', []);
    expect(canonical.out).toContain(
      'raw/finds/c.json5:1:1 error file: not JSON or NDJSON, the only formats of a canonical project ' +
        '(convert it, or set "layout": "any" to read YAML, JSON5, GeoJSON and gzip)\n',
    );
  });

  test.each([{}, { 'schema/dataset.json': described }])('a dataset.json does not change the rules', async (more) => {
    const properties = {
      a_b: text,
      a: { type: 'object', properties: { b: text } },
      $schema: text,
      c: { ...text, 'x-taxonomy': 'finds' },
    };
    const folder = project({
      ...more,
      'schema/finds.json': { $schema: dialect, type: 'object', properties, additionalProperties: false },
      'raw/finds/one.json': '{"$schema": "s", "a_b": "1", "a": {"b": "2"}}',
    });
    expect((await run(folder, 'build', ['--layout', 'any'])).status).toBe(0);
    expect(csv(folder, 'finds').split('\n').slice(0, 2)).toEqual([
      expect.stringMatching(/^_file,_index,a_b,a_b_2,\$schema,c,/),
      expect.stringMatching(/^finds\/one\.json,0,1,2,s,,/),
    ]);
    const own = await run(folder, 'validate', []);
    expect(own.err).toBe(
      'validate: schema/finds.json: at /properties/c: "x-taxonomy" is not a keyword of this toolkit\n',
    );
  });
});

describe('a table without records', () => {
  test('is an error if it has a glob or a pointer, and leaves the last build unchanged', async () => {
    const folder = project({
      'schema/finds.json': { $schema: dialect, type: 'object', properties: { a: text } },
      'raw/2020/finds.json': '{"list": [{"a": "x"}], "none": []}',
    });
    const build = (files: string) => run(folder, 'build', ['--layout', 'any', '--table', `finds=finds.json:${files}`]);
    expect((await build('2020/*.json#/list/*')).status).toBe(0);
    const last = fs.readlinkSync(path.join(folder, 'dist/next'));
    const noFile = await build('2021/*.json');
    expect(noFile.out).toBe(
      'raw:1:1 error file: table "finds": no file in raw matches "2021/*.json" (files there: "2020/finds.json")\n',
    );
    const noRecord = await build('2020/*.json#/lists/*');
    expect(noRecord.out).toBe(
      'raw/2020/finds.json:1:1 error file: the pointer "/lists/*" matches no record of finds in any file ' +
        '(the top of the file has the keys "list" and "none")\n',
    );
    expect([noFile.status, noRecord.status]).toEqual([1, 1]);
    expect(fs.readlinkSync(path.join(folder, 'dist/next'))).toBe(last);
    // a list that is there may be empty, and so may the folder of a table
    expect((await build('2020/*.json#/none/*')).status).toBe(0);
    expect((await run(folder, 'verify', ['--release', 'dist/next'])).out).toBe('');
    fs.mkdirSync(path.join(folder, 'raw/finds'));
    fs.rmSync(path.join(folder, 'raw/2020'), { recursive: true });
    expect((await run(folder, 'build', ['--layout', 'any'])).status).toBe(0);
  });
});
