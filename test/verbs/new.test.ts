import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { dataset, document, here, records, schemas, sha256 } from '../support/fixture.ts';
import { type Run, freshFolder, root, run, writeFiles } from '../support/run.ts';

interface Left {
  readonly file: string;
  readonly left: readonly { readonly pointer: string }[];
  readonly problems: readonly { readonly pointer: string; readonly message: string }[];
}

const make = (folder: string, ...args: readonly string[]): Promise<Run> => run(folder, 'new', [...args, ...here]);

async function leftOf(folder: string, ...args: readonly string[]): Promise<Left> {
  const made = await make(folder, ...args, '--format', 'json');
  expect(made).toMatchObject({ status: 0 });
  return JSON.parse(made.out) as Left;
}

function read(folder: string, file: string): unknown {
  return JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
}

describe('new', () => {
  test('writes what the schema requires and what is set, typed, in canonical form', async () => {
    const folder = dataset();
    const sets = ['on=2022-03-01', 'ship=anna', 'cars=40', '/length=12.5', 'stops.0.port=ystad', 'stops.0.crew.1=Bo'];
    sets.push('stops.0.crew.0=Ida = captain');
    const made = await make(folder, 'crossings', '--source', 'gazette', ...sets.flatMap((set) => ['--set', set]));
    expect(made.status).toBe(0);
    const file = 'raw/crossings/2022-03-01-anna-ystad.json';
    expect(made.out.split('\n').slice(0, 4)).toEqual([
      file,
      `${file}:3:11 /kind  `,
      '    departure: A ship leaves.',
      '    arrival: A ship arrives.',
    ]);
    expect(made.err).toMatch(/1 field left to fill in; .*cite crossings\/2022-03-01-anna-ystad --source gazette /);
    expect(read(folder, file)).toEqual({
      id: '2022-03-01-anna-ystad',
      kind: '',
      ship: 'anna',
      on: '2022-03-01',
      cars: 40,
      length: 12.5,
      stops: [{ port: 'ystad', crew: ['Ida = captain', 'Bo'] }],
      evidence: [{ source: 'gazette', begins: '', ends: '', supports: [] }],
    });
    const checked = await run(folder, 'validate', here);
    expect(checked.out).not.toMatch(/canonical-form|file-name/);
    expect(checked.out).toMatch(/error enum: "" is not one of the codes \(the codes are departure or arrival\)/);
  });

  test('neither proposes nor accepts a name that Windows reserves for a device', async () => {
    const folder = dataset();
    expect((await make(folder, 'ships', '--set', 'name=Con')).out).toMatch(/^raw\/ships\/con-1\.json$/m);
    expect((await make(folder, 'ships', '--set', 'name=Con')).out).toMatch(/^raw\/ships\/con-2\.json$/m);
    const asked = await make(folder, 'ships', '--id', 'aux', '--set', 'name=A');
    expect(asked.status).toBe(2);
    expect(asked.err).toMatch(
      /--id: "aux" cannot be the name of a file on Windows: it reserves the name "aux" for a device/,
    );
    const ending = await make(folder, 'ships', '--id', 'a.', '--set', 'name=A');
    expect(ending.err).toMatch(/"a\." ends with a dot/);
  });

  test('accepts no id that another record has in another Unicode form', async () => {
    const folder = dataset({ 'raw/ships/caf\u00e9.json': { id: 'caf\u00e9', name: 'Café' } });
    expect((await make(folder, 'ships', '--id', 'cafe\u0301', '--set', 'name=A')).err).toMatch(/is taken/);
  });

  test('accepts several settings after one --set', async () => {
    const folder = dataset();
    const args = ['--set', 'name=Bea', 'id=bea', '--quiet'];
    expect(await make(folder, 'ports', '--id', 'b', '--set', 'name=Bea = Beata', '--quiet')).toMatchObject({
      status: 0,
    });
    expect((await make(folder, 'ships', ...args)).err).toMatch(/\/id is set twice/);
    await make(folder, 'crossings', '--id', 'a', '--set', 'ship=anna', 'port=ystad', '--set=cars=4', 'on=2022-03-01');
    expect(read(folder, 'raw/crossings/a.json')).toMatchObject({
      ship: 'anna',
      port: 'ystad',
      cars: 4,
      on: '2022-03-01',
    });
  });

  test('reports everything that cannot be set together, and writes nothing', async () => {
    const folder = dataset();
    const asked = (...sets: readonly string[]): ReturnType<typeof run> =>
      make(folder, 'crossings', '--id', 'a', ...sets.flatMap((set) => ['--set', set]));
    expect((await asked('kind=arival', 'cars=many')).err).toMatch(
      /"arival" is not one of the codes.*; --set: "many" is not /,
    );
    expect((await asked('on=14.01.2022', 'port=Ystad!', 'cars=-1')).err).toMatch(
      /\/on: .*write 2022-01-14.*; \/cars: /,
    );
    expect(fs.existsSync(path.join(folder, 'raw/crossings/a.json'))).toBe(false);
  });

  test('links the schema as the other records do', async () => {
    const folder = dataset({
      'schema/ships.schema.json': {
        type: 'object',
        properties: { id: { type: 'string' }, $schema: { type: 'string' } },
        required: ['id', '$schema'],
      },
    });
    const { file } = await leftOf(folder, 'ships', '--id', 'bertha');
    expect(fs.readFileSync(path.join(folder, file), 'utf8')).toBe(
      '{\n  "$schema": "../../schema/ships.schema.json",\n  "id": "bertha"\n}\n',
    );
  });

  const strange = {
    type: 'object',
    properties: {
      id: { type: 'string' },
      free: { type: 'string' },
      number: { type: 'number' },
      yes: { type: 'boolean' },
      always: { const: 'this' },
      list: { type: 'array', minItems: 2, items: { type: 'string', format: 'date' } },
      choice: { enum: ['', 'a'] },
      nested: { type: 'object', properties: { deep: { type: ['string', 'null'], minLength: 2 } }, required: ['deep'] },
      address: { type: 'string', format: 'uri' },
    },
    required: ['id', 'free', 'number', 'yes', 'always', 'list', 'choice', 'nested', 'address'],
  };

  test.each([
    ['the fixture', 'crossings', {}],
    ['a schema of every kind of field', 'ships', { 'schema/ships.schema.json': strange }],
  ])('validate rejects every field that is left, at its place: %s', async (_, name, more) => {
    const folder = dataset(more);
    const { file, left } = await leftOf(folder, name);
    expect(left.length).toBeGreaterThan(0);
    const { out } = await run(folder, 'validate', [...here, '--format', 'json']);
    const refused = out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { file: string; pointer: string })
      .filter((problem) => problem.file === file)
      .map(({ pointer }) => pointer);
    expect(refused).toEqual(expect.arrayContaining(left.map(({ pointer }) => pointer)));
  });

  test.each([
    ['text', { type: 'string' }],
    ['text that may be empty', { type: 'string', pattern: '^[a-z]*$' }],
    ['text or null', { type: ['string', 'null'] }],
    ['number', { type: 'number' }],
    ['truth value', { type: 'boolean' }],
    ['list that may be empty', { type: 'array', items: { type: 'string' } }],
    ['list of anything', { type: 'array' }],
    [
      'list of nullable texts',
      { type: 'array', items: { type: 'object', properties: { a: { type: ['string', 'null'] } }, required: ['a'] } },
    ],
    ['object', { type: 'object', properties: { a: { type: ['integer', 'null'] } }, required: ['a'] }],
    ['code or null', { enum: ['a', 'b', null] }],
    ['code that can be empty', { enum: ['', 'b'] }],
    ['alternative', { oneOf: [{ type: 'string' }, { type: 'null' }] }],
    ['anything', {}],
  ])('validate rejects what is left of a required %s, and counts it', async (_, field) => {
    const folder = freshFolder();
    const properties = { id: { type: 'string' }, field };
    writeFiles(folder, {
      'schema/trips.schema.json': { type: 'object', properties, required: ['id', 'field'] },
      'raw/trips/README.md': '',
    });
    const args = ['--raw', 'raw', '--schema', 'schema'];
    const made = await run(folder, 'new', ['trips', '--id', 'first', ...args]);
    expect(made.err).toMatch(/^new: 1 field left/);
    expect(made.out).toMatch(/^raw\/trips\/first.json\nraw\/trips\/first.json:\d+:\d+ \/field/);
    const { status, out } = await run(folder, 'validate', args);
    expect(out).toMatch(/^raw\/trips\/first.json:/);
    expect(status).toBe(1);
  });

  test('reports what is not valid yet, the fields to cite, and where a name is deeper in the record', async () => {
    const folder = dataset();
    const made = await make(
      folder,
      'crossings',
      '--id',
      'a',
      '--set',
      'ship=ana',
      '--set',
      'cars=4',
      '--source',
      'gazette',
    );
    expect(made.out).toContain('raw/crossings/a.json:4:11 /ship  no ship "ana" (did you mean "anna"?)\n');
    expect(made.status).toBe(1);
    expect(made.err).toContain('3 fields left to fill in');
    expect(made.err).toContain('`npx demarche cite crossings/a --source gazette --quote "…" --supports /cars`');
    const astray = await make(folder, 'crossings', '--set', 'crew=Ida');
    expect(astray.err).toBe('new: --set: the record has no field "crew" (did you mean stops.0.crew?)\n');
  });

  const own = fs.readdirSync(path.join(root, 'raw'));

  test.each(own)('in the shipped %s, each field that is left is rejected', async (name) => {
    const folder = freshFolder();
    fs.cpSync(path.join(root, 'schema'), path.join(folder, 'schema'), { recursive: true });
    for (const table of own) fs.mkdirSync(path.join(folder, 'raw', table), { recursive: true });
    const args = ['--schema', 'schema', '--raw', 'raw'];
    const made = await run(folder, 'new', [name, ...args, '--format', 'json']);
    const { left } = JSON.parse(made.out) as Left;
    const { out } = await run(folder, 'validate', [...args, '--format', 'json']);
    for (const { pointer } of left) expect(out).toContain(`"pointer":"${pointer}"`);
    expect(out).not.toContain('canonical-form');
    expect(left.length).toBeGreaterThan(0);
  });

  test('reports what the schema requires under a condition', async () => {
    const table = schemas['schema/crossings.schema.json'];
    const condition = { if: { properties: { kind: { const: 'arrival' } } }, then: { required: ['remark'] } };
    const folder = dataset({ 'schema/crossings.schema.json': { ...table, ...condition } });
    const { problems } = await leftOf(folder, 'crossings', '--set', 'kind=arrival');
    expect(problems).toEqual([
      expect.objectContaining({ message: '"kind" is "arrival", so "remark" is needed', pointer: '/kind' }),
    ]);
  });

  test('proposes an id that is free, and never writes over a record', async () => {
    const folder = dataset();
    const file = async (...args: readonly string[]): Promise<string> => (await leftOf(folder, ...args)).file;
    expect(await file('ships')).toBe('raw/ships/new-ships-1.json');
    expect(await file('ships')).toBe('raw/ships/new-ships-2.json');
    expect(await file('ships', '--set', 'name=Anna')).toBe('raw/ships/anna-2.json');
    expect(await file('ships', '--set', 'name=Ångström’s “Fähre” № 1')).toBe('raw/ships/angstroems-faehre-no-1.json');
    expect(await file('ships', '--set', 'name=Крым из Tromsø')).toBe('raw/ships/krym-iz-tromso.json');
    const doubtful = await make(folder, 'ships', '--set', 'name=Гай');
    expect(doubtful.err).toBe('new: "Гай" is "hai" in Ukrainian, else "gay": give an identifier with --id\n');
    // a name without some of its letters is no name
    expect(await file('ships', '--id', 'x', '--set', 'name=x')).toBe('raw/ships/x.json');
    expect(await file('ships', '--set', 'name=Ђорђе Ђурић')).toBe('raw/ships/new-ships-3.json');
    fs.rmSync(path.join(folder, 'raw/ships/new-ships-3.json'));
    expect(await file('ships', '--set', 'name=船')).toBe('raw/ships/new-ships-3.json');
    expect(await file('crossings', '--set', 'on=2022-01~/2022-02', '--set', 'remark=Late')).toBe(
      'raw/crossings/2022-01-late.json',
    );
    const repeated = ['--set', 'on=2022-03-01', '--set', 'remark=Late in Ystad', '--set', 'port=ystad'];
    expect(await file('crossings', ...repeated)).toBe('raw/crossings/2022-03-01-late-in-ystad.json');
    expect(read(folder, 'raw/ships/anna.json')).toEqual(records['raw/ships/anna.json']);
    const again = await make(folder, 'ships', '--id', 'ANNA');
    expect(again).toMatchObject({ status: 2, err: 'new: --id: "ANNA" is taken\n' });
  });

  test('numbers what is numbered', async () => {
    const numbered = { type: 'object', 'x-key': 'n', properties: { n: { type: 'integer' } }, required: ['n'] };
    const folder = dataset({ 'schema/ships.schema.json': numbered, 'raw/ships/7.json': { n: 7 } });
    const { file } = await leftOf(folder, 'ships');
    expect(file).toBe('raw/ships/8.json');
    expect(read(folder, file)).toEqual({ n: 8 });
  });

  test.each([
    ['no table', [], /<table>/],
    ['a misspelt table', ['ship'], /no table is called "ship" \(did you mean "ships"\?\)/],
    ['a misspelt field', ['ships', '--set', 'nme=x'], /the record has no field "nme" \(did you mean "name"\?\)/],
    [
      'a misspelt nested field',
      ['crossings', '--set', 'stops.0.prt=x'],
      /\/stops\/0 has no field "prt" \(did you mean "port"/,
    ],
    [
      'a misspelt code',
      ['crossings', '--set', 'kind=arival'],
      /not one of the codes of \/kind \(did you mean "arrival"\? the codes are departure or arrival\)/,
    ],
    ['no number', ['crossings', '--set', 'cars=many'], /"many" is not a whole number, which \/cars must be/],
    [
      'thousands with a point',
      ['crossings', '--set', 'length=3.000'],
      /\/length: 3\.000 is read as 3 \(write 3000 if the point separates thousands, else 3\)/,
    ],
    ['a whole number as 4.0', ['crossings', '--set', 'cars=4.0'], /\/cars: 4\.0 is read as 4 \(write 4\)/],
    [
      'more digits than a number holds',
      ['crossings', '--set', 'length=0.1234567890123456789'],
      /cannot be stored exactly/,
    ],
    ['half a car', ['crossings', '--set', 'cars=1.5'], /"1\.5" is not a whole number/],
    ['too few cars', ['crossings', '--set', 'cars=-1'], /\/cars: "cars" is -1, less than the minimum of 0/],
    ['no date', ['crossings', '--set', 'on=14.1.2022'], /\/on: "14\.1\.2022" is not a date .*\(write 2022-01-14\)/],
    ['a list', ['crossings', '--set', 'stops=ystad'], /\/stops is a list: set its elements, as in \/stops\/0/],
    ['an object', ['papers', '--set', 'document=x'], /\/document is an object: set its fields, as in \/document\/file/],
    [
      'an element without index',
      ['crossings', '--set', 'stops.port=x'],
      /\/stops is a list: its first element is \/stops\/0/,
    ],
    ['a value twice', ['ships', '--set', 'name=a', '--set', '/name=b'], /\/name is set twice/],
    ['no value', ['ships', '--set', 'name'], /a value is given as path=value, not "name"/],
    ['an id that leads elsewhere', ['ships', '--id', '../x'], /cannot be the name of a file/],
    [
      'an id of another form',
      ['ships', '--id', 'Anna Two'],
      /\/id: "Anna Two" does not have the required form \(write "anna-two"/,
    ],
    [
      'an unknown source',
      ['crossings', '--source', 'gazete'],
      /no papers record "gazete" \(did you mean "gazette"\?\)/,
    ],
    ['a source where there is no evidence', ['ships', '--source', 'gazette'], /the records of "ships" have no spans/],
    [
      'a document where there is none',
      ['ships', '--file', 'sources/gazette.txt'],
      /the records of "ships" have no document/,
    ],
    ['a file that is not there', ['papers', '--file', 'x.txt'], /no file at .*x\.txt/],
    [
      'a URL without a field',
      ['papers', '--url', 'https://example.org/'],
      /no field of "papers" holds a URI; use --set/,
    ],
  ])('rejects %s, and writes nothing', async (_, args, says) => {
    const folder = dataset();
    const before = fs.readdirSync(folder, { recursive: true });
    const made = await make(folder, ...args);
    expect(made).toMatchObject({ status: 2, out: '' });
    expect(made.err).toMatch(says);
    expect(fs.readdirSync(folder, { recursive: true })).toEqual(before);
  });
});

test('cite fills the blank span from new, and the record is valid', async () => {
  const folder = dataset();
  const sets = ['on=2022-03-01', 'ship=anna', 'kind=departure', 'cars=40'].flatMap((s) => ['--set', s]);
  expect(await make(folder, 'crossings', '--source', 'gazette', '--id', 'a', ...sets)).toMatchObject({ status: 0 });
  const words = ['--source', 'gazette', '--quote', 'with 40 cars', '--supports', '/cars'];
  expect(await run(folder, 'cite', ['crossings/a', ...words, ...here])).toMatchObject({ status: 0 });
  expect(await run(folder, 'validate', here)).toMatchObject({ status: 0, out: '' });
});

describe('new with a document', () => {
  const text = 'A ferry sailed.\n';

  test('copies it under the name of its record, and notes its digest and nothing else', async () => {
    const folder = dataset({ 'Der Bericht (Fähre).txt': text });
    const { file, left } = await leftOf(folder, 'papers', '--file', 'Der Bericht (Fähre).txt', '--id', 'bericht');
    expect(read(folder, file)).toEqual({
      id: 'bericht',
      document: { file: 'bericht.txt', sha256: sha256(text) },
    });
    expect(left).toEqual([]);
    expect(fs.readFileSync(path.join(folder, 'sources/bericht.txt'), 'utf8')).toBe(text);
    expect(await run(folder, 'validate', [...here, '--require-sources'])).toMatchObject({ status: 0, out: '' });
  });

  test('uses a file that is already there, and overwrites no other', async () => {
    const folder = dataset({ 'new/gazette.txt': text, 'same/gazette.txt': document, 'sources/other.txt': document });
    const other = await make(folder, 'papers', '--file', 'new/gazette.txt', '--id', 'other');
    expect(other).toMatchObject({ status: 2, out: '' });
    expect(other.err).toMatch(/holds another document: give the record another --id, or move that file away/);
    expect(fs.readFileSync(path.join(folder, 'sources/gazette.txt'), 'utf8')).toBe(document);
    expect(fs.existsSync(path.join(folder, 'raw/papers/other.json'))).toBe(false);
    const there = await leftOf(folder, 'papers', '--file', 'sources/other.txt', '--id', 'same', '--anyway');
    expect(read(folder, there.file)).toMatchObject({ document: { file: 'other.txt' } });
    fs.rmSync(path.join(folder, 'sources/other.txt'));
    const again = await leftOf(folder, 'papers', '--file', 'same/gazette.txt', '--id', 'other', '--anyway');
    expect(read(folder, again.file)).toMatchObject({ document: { file: 'other.txt', sha256: sha256(document) } });
  });

  test('puts the URL into the field for one, and the record’s own id into its first span', async () => {
    const paper = schemas['schema/papers.schema.json'] as { readonly properties: object };
    const crossings = schemas['schema/crossings.schema.json'] as { readonly properties: { readonly evidence: object } };
    const properties = {
      ...paper.properties,
      at: { type: 'string', format: 'uri' },
      evidence: crossings.properties.evidence,
    };
    const folder = dataset({ 'schema/papers.schema.json': { ...paper, properties }, 'a.txt': text });
    const url = 'https://example.org/a?b=c';
    const { file } = await leftOf(folder, 'papers', '--file', 'a.txt', '--url', url, '--id', 'a');
    expect(read(folder, file)).toMatchObject({ at: url, evidence: [{ source: 'a' }] });
  });

  test.each([
    ['bytes that are no text', Uint8Array.of(0xff, 0xfe)],
    ['white space', ' \n'],
    ['a PDF', '%PDF-1.7\n\u0000'],
    ['a document of Word', 'PK\u0003\u0004words'],
  ])('refuses %s', async (_, content) => {
    const folder = dataset();
    writeFiles(folder, { 'a.txt': content });
    expect(await make(folder, 'papers', '--file', 'a.txt')).toMatchObject({ status: 2 });
    expect(fs.existsSync(path.join(folder, 'sources/a.txt'))).toBe(false);
  });
});
